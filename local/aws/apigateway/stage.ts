import type { IncomingMessage, ServerResponse } from "node:http";
import { API_GATEWAY_PAYLOAD_BYTES } from "../../../contract/aws/limits";
import type { Issuers } from "../cognito/issuers";
import { text, TYPES, type Graph, type Resource } from "../../program/graph";
import { decodePath, readBody } from "../http";
import type { Iam } from "../iam/iam";
import type { FunctionDouble } from "../lambda/function";
import { Invocable } from "../lambda/invocable";
import type { Served } from "../requestLog";
import { verify } from "../iam/sigv4";
import { Authorizers } from "./authorizer";
import { proxyEvent, type Principal } from "./event";
import { integrate } from "./integration";
import { answerMock } from "./mock";
import { ResourcePolicyDouble } from "./resourcePolicy";
import { GatewayResponses, type GatewayResponseType } from "./responses";
import { Routes, type Match } from "./routes";
import { bodyIsValid } from "./validator";
import { inspected, WafDouble } from "../waf/waf";

interface Refusal {
  readonly type: GatewayResponseType;
  readonly note?: string;
}

/** A declared stage of a REST API: web ACL, routes, authorization, keys, validation and integration, in AWS's order. */
export class StageDouble {
  readonly waf: WafDouble | undefined;
  /** The prefix of every path: the stage, or the base path of the custom domain. */
  readonly basePath: string;
  private readonly restApi: Resource;
  private readonly routes: Routes;
  private readonly responses: GatewayResponses;
  private readonly stageName: string;
  private readonly authorizers: Authorizers;
  private readonly policy: ResourcePolicyDouble | undefined;

  /** @throws Error if the stage's API or deployment is not in the graph */
  constructor(
    private readonly graph: Graph,
    stage: Resource,
    private readonly functions: readonly FunctionDouble[],
    private readonly iam: Iam,
    private readonly region: string,
    issuers: Issuers,
  ) {
    const restApi = graph.byId(TYPES.restApi, stage.inputs["restApi"]);
    const deployment = graph.byId(TYPES.deployment, stage.inputs["deployment"]);
    if (!restApi || !deployment)
      throw new Error(`${stage.type} "${stage.name}" has no API or deployment in the stack.`);
    this.restApi = restApi;
    this.stageName = text(stage, "stageName");
    this.routes = new Routes(graph, restApi, deployment);
    this.responses = new GatewayResponses(graph, restApi);
    this.waf = WafDouble.of(graph, stage);
    this.authorizers = new Authorizers(graph, restApi, functions, issuers);
    this.policy = ResourcePolicyDouble.of(graph, restApi, deployment);
    this.basePath = basePathOf(graph, restApi, this.stageName);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<Served> {
    const { size, body } = await readBody(request, API_GATEWAY_PAYLOAD_BYTES);
    const rule = this.waf?.blocking(inspected(request, size));
    if (rule) return this.waf?.refuse(response, rule) ?? this.responses.send(response, "WAF_FILTERED");
    if (!body) return this.responses.send(response, "REQUEST_TOO_LARGE");

    const path = this.pathOf(request);
    const route = path === undefined ? undefined : this.routes.match(request.method ?? "", path);
    if (path === undefined || !route)
      return this.responses.send(response, "MISSING_AUTHENTICATION_TOKEN", "no such route");
    const principal = await this.authorize(request, body, route, path);
    if ("type" in principal) return this.responses.send(response, principal.type, principal.note);
    const method = `${text(this.restApi, "executionArn")}/${this.stageName}/${request.method ?? ""}`;
    const resource = method + path;
    if (this.policy?.allows(resource, principal.userArn) === false) {
      return this.responses.send(response, "ACCESS_DENIED", "resource policy");
    }
    if (!bodyIsValid(this.graph, route.method, request.headers["content-type"], body)) {
      return this.responses.send(response, "BAD_REQUEST_BODY");
    }

    if (route.integration.inputs["type"] === "MOCK") {
      return answerMock(this.graph, route, request, response, this.responses);
    }
    const arn = /\/functions\/([^/]+)\//.exec(text(route.integration, "uri"))?.[1] ?? "";
    const target = Invocable.find(this.graph, this.functions, arn);
    if (!target?.allowsApiGateway(resource, method + route.resourcePath)) {
      return this.responses.send(
        response,
        "API_CONFIGURATION_ERROR",
        "no permission lets API Gateway invoke the function",
      );
    }
    const { restApi, stageName, basePath } = this;
    const accountId = target.arn.split(":")[4] ?? "";
    const event = proxyEvent(request, body, route, { restApi, stageName, basePath, accountId, path, principal });
    return await integrate(route.integration, target, event, response, this.responses);
  }

  private pathOf({ url = "" }: IncomingMessage): string | undefined {
    const [path = ""] = url.split("?", 1);
    const rest = path.startsWith(this.basePath) ? path.slice(this.basePath.length) : undefined;
    if (rest === "") return "/";
    return rest?.startsWith("/") ? decodePath(rest) : undefined;
  }

  private async authorize(
    request: IncomingMessage,
    body: Buffer,
    { method: route }: Match,
    path: string,
  ): Promise<Principal | Refusal> {
    const { authorization, apiKeyRequired, authorizerId } = route.inputs;
    let principal: Principal = {};
    if (authorization === "AWS_IAM") {
      const { method = "", url = "", headers } = request;
      const scope = { service: "execute-api", region: this.region };
      const verdict = verify({ method, url, headers, body }, scope, this.iam.lookup);
      if (!verdict.ok) {
        const type = { missing: "MISSING_AUTHENTICATION_TOKEN", incomplete: "MISSING_AUTHENTICATION_TOKEN" } as const;
        const known = verdict.reason in type ? type[verdict.reason as keyof typeof type] : "INVALID_SIGNATURE";
        return { type: verdict.reason === "expired" ? "EXPIRED_TOKEN" : known, note: verdict.detail };
      }
      const { arn: userArn, poolUser } = verdict.identity;
      principal = { userArn, accessKey: verdict.accessKeyId, poolUser };
    } else if (authorization === "CUSTOM" || authorization === "COGNITO_USER_POOLS") {
      const methodArn = `${text(this.restApi, "executionArn")}/${this.stageName}/${request.method ?? ""}${path}`;
      const scopes = (route.inputs["authorizationScopes"] ?? []) as string[];
      const decision = await this.authorizers.decide(authorizerId, { request, scopes, methodArn });
      if ("type" in decision) return decision;
      principal = decision;
    } else if (authorization !== "NONE") {
      return { type: "API_CONFIGURATION_ERROR", note: `authorization ${String(authorization)} is not emulated` };
    }
    if (apiKeyRequired !== true) return principal;
    const key = this.keyOf(request.headers["x-api-key"]);
    if (!key) return { type: "INVALID_API_KEY" };
    return { ...principal, apiKey: text(key, "value"), apiKeyId: key.id };
  }

  /** The API key with this value, if a usage plan connects it to this stage. */
  private keyOf(value: string | string[] | undefined): Resource | undefined {
    const key = this.graph
      .all(TYPES.apiKey)
      .find(({ outputs, inputs }) => outputs["value"] === value && inputs["enabled"] !== false);
    const plans = key
      ? this.graph.where(TYPES.usagePlanKey, "keyId", key.id).map(({ inputs }) => inputs["usagePlanId"])
      : [];
    const entered = plans.some((id) => {
      const plan = this.graph.byId(TYPES.usagePlan, id);
      const stages = (plan?.inputs["apiStages"] ?? []) as { apiId: string; stage: string }[];
      return stages.some(({ apiId, stage }) => apiId === this.restApi.id && stage === this.stageName);
    });
    return entered ? key : undefined;
  }
}

/** @throws Error if the API has no address: its default endpoint is disabled, and no domain is mapped to it */
function basePathOf(graph: Graph, restApi: Resource, stageName: string): string {
  const [mapping] = graph
    .where(TYPES.basePathMapping, "restApi", restApi.id)
    .filter(({ inputs }) => inputs["stageName"] === stageName);
  if (!mapping) {
    if (restApi.inputs["disableExecuteApiEndpoint"] === true)
      throw new Error(`${restApi.type} "${restApi.name}" has its own endpoint off and no domain: nothing reaches it.`);
    return `/${stageName}`;
  }
  const basePath = mapping.inputs["basePath"];
  return typeof basePath === "string" ? `/${basePath}` : "";
}
