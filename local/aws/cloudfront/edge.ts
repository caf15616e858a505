import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Credentials } from "../../../contract/wire/doors";
import { CLOUDFRONT_POLICIES } from "../../../contract/aws/cloudfront";
import { LAMBDA_PAYLOAD_BYTES, ORIGIN_READ_SECONDS } from "../../../contract/aws/limits";
import { inspected, WafDouble } from "../waf/waf";
import { text, TYPES, type Graph, type Resource } from "../../program/graph";
import { headerPairs, readBody } from "../http";
import type { FunctionDouble } from "../lambda/function";
import type { Served } from "../requestLog";
import { EdgeFunction } from "./edgeFunction";
import type { EdgeRequest } from "./edgeRequest";
import { forward, type Origin } from "./origin";
import { securityHeaders } from "./securityHeaders";

interface Behavior {
  readonly allowedMethods: readonly string[];
  readonly cachePolicyId?: string;
  readonly originRequestPolicyId?: string;
  readonly responseHeadersPolicyId?: string;
  readonly lambdaFunctionAssociations?: readonly {
    readonly eventType: string;
    readonly lambdaArn: string;
    readonly includeBody?: boolean;
  }[];
}

interface DeclaredOrigin {
  readonly domainName: string;
  readonly originAccessControlId?: string;
  readonly customOriginConfig?: { readonly originProtocolPolicy: string; readonly originReadTimeout?: number };
}

/** The distribution whose origin is this Function URL, or undefined. */
export function distributionOf(graph: Graph, functionUrl: Resource): Resource | undefined {
  const { host } = new URL(text(functionUrl, "functionUrl"));
  return graph.all(TYPES.distribution).find(({ inputs }) => originOf(inputs)?.domainName === host);
}

function originOf({ origins }: Resource["inputs"]): DeclaredOrigin | undefined {
  const [origin, ...more] = (origins ?? []) as DeclaredOrigin[];
  return more.length === 0 ? origin : undefined;
}

/** A declared distribution in front of a Function URL: web ACL, methods, edge function, signature, timeout, headers. */
export class EdgeDouble {
  readonly waf: WafDouble | undefined;
  private readonly methods: readonly string[];
  private readonly function: EdgeFunction | undefined;
  private readonly headers: Readonly<Record<string, string>>;
  private readonly origin: Origin;

  /**
   * @param origin address of the Function URL's double
   * @param credentials with which this distribution signs
   * @throws Error if the distribution's declaration is not supported here
   */
  constructor(
    graph: Graph,
    distribution: Resource,
    functions: readonly FunctionDouble[],
    { origin, credentials, region }: { origin: string; credentials: Credentials; region: string },
  ) {
    const behavior = distribution.inputs["defaultCacheBehavior"] as Behavior;
    const declared = originOf(distribution.inputs);
    const access = graph.byId(TYPES.originAccessControl, declared?.originAccessControlId)?.inputs ?? {};
    const wanted = [
      [behavior.cachePolicyId, CLOUDFRONT_POLICIES.cachingDisabled, "the cache policy CachingDisabled"],
      [
        behavior.originRequestPolicyId,
        CLOUDFRONT_POLICIES.allViewerExceptHostHeader,
        "the origin request policy AllViewerExceptHostHeader",
      ],
      [access["originAccessControlOriginType"], "lambda", "an origin access control of type lambda"],
      [access["signingBehavior"], "always", "an origin access control that signs always"],
      [access["signingProtocol"], "sigv4", "an origin access control that signs by sigv4"],
      [declared?.customOriginConfig?.originProtocolPolicy, "https-only", "an origin that is asked by https only"],
    ] as const;
    for (const [found, right, words] of wanted) {
      if (found !== right) {
        throw new Error(`${distribution.type} "${distribution.name}": the local target serves ${words} only.`);
      }
    }
    this.methods = behavior.allowedMethods;
    this.waf = webAclOf(graph, distribution);
    this.headers = securityHeaders(graph, behavior.responseHeadersPolicyId);
    this.function = EdgeFunction.of(distribution, behavior.lambdaFunctionAssociations ?? [], functions);
    const seconds = declared?.customOriginConfig?.originReadTimeout ?? ORIGIN_READ_SECONDS.default;
    this.origin = { url: origin, credentials, region, readTimeoutMs: seconds * 1000 };
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<Served> {
    const { method = "", url = "/" } = request;
    const id = randomUUID();
    const { size, body } = await readBody(request, LAMBDA_PAYLOAD_BYTES);
    const rule = this.waf?.blocking(inspected(request, size));
    if (rule) return this.waf?.refuse(response, rule) ?? refuse(response, 403, id, `WAF rule ${rule.name}`);
    if (!this.methods.includes(method)) return refuse(response, 403, id, "the distribution does not allow the method");
    if (size > 0 && (method === "GET" || method === "HEAD")) return refuse(response, 403, id, `${method} with a body`);
    if (!body) return refuse(response, 413, id, "more than Lambda accepts");

    const clientIp = request.socket.remoteAddress ?? "127.0.0.1";
    const viewer: EdgeRequest = { id, clientIp, method, url, headers: grouped(request), body };
    for (const [name, value] of Object.entries(this.headers)) response.setHeader(name, value);
    response.setHeader("X-Amz-Cf-Id", id);
    const decided = this.function ? await this.function.run(viewer) : viewer;
    if ("fault" in decided) return refuse(response, 502, id, decided.fault);
    if ("status" in decided) {
      response.writeHead(decided.status, decided.headers).end(decided.body);
      return { status: decided.status, bytes: Buffer.byteLength(decided.body), note: "answered by the edge function" };
    }
    const served = await forward(this.origin, decided, response);
    return "failed" in served ? refuse(response, served.failed, id, served.note) : served;
  }
}

function webAclOf(graph: Graph, distribution: Resource): WafDouble | undefined {
  const { webAclId } = distribution.inputs as { webAclId?: string };
  if (webAclId === undefined) return undefined;
  const acl = graph.all(TYPES.webAcl).find(({ outputs }) => outputs["arn"] === webAclId);
  if (acl?.inputs["scope"] !== "CLOUDFRONT" || !webAclId.startsWith("arn:aws:wafv2:us-east-1:")) {
    throw new Error(
      `${distribution.type} "${distribution.name}": its web ACL is not one of scope CLOUDFRONT in us-east-1.`,
    );
  }
  return new WafDouble(graph, acl, "cloudfront");
}

function grouped(request: IncomingMessage): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const [name, value] of headerPairs(request)) {
    const key = name.toLowerCase();
    headers.set(key, [...(headers.get(key) ?? []), value]);
  }
  return headers;
}

/** CloudFront's own error page, as HTML. */
function refuse(response: ServerResponse, status: number, id: string, note: string): Served {
  if (response.headersSent) {
    response.destroy();
    return { status: response.statusCode, note };
  }
  const page = `<HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY><H1>${String(status)} ERROR</H1><PRE>Generated by cloudfront (CloudFront)\nRequest ID: ${id}</PRE></BODY></HTML>`;
  response.writeHead(status, {
    "Content-Type": "text/html",
    "Content-Length": Buffer.byteLength(page),
    "X-Cache": "Error from cloudfront",
    "X-Amz-Cf-Id": id,
  });
  response.end(page);
  return { status, note };
}
