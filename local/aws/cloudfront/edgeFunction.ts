import type {
  CloudFrontHeaders,
  CloudFrontRequest,
  CloudFrontRequestEvent,
  CloudFrontResultResponse,
} from "aws-lambda";
import { EDGE_BODY_BYTES } from "../../../contract/aws/limits";
import { text, type Resource } from "../../program/graph";
import type { FunctionDouble } from "../lambda/function";
import type { EdgeRequest } from "./edgeRequest";

interface Association {
  readonly eventType: string;
  readonly lambdaArn: string;
  readonly includeBody?: boolean;
}

/** An answer of the function, which replaces the origin's. */
interface EdgeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string[]>>;
  readonly body: string;
}

/** The origin-request function of a distribution: it runs the real bundle. */
export class EdgeFunction {
  private constructor(
    private readonly distribution: Resource,
    private readonly fn: FunctionDouble,
    private readonly includeBody: boolean,
  ) {}

  /** @throws Error if Lambda@Edge would not run it: wrong event type, version not published, or wrong region */
  static of(
    distribution: Resource,
    associations: readonly Association[],
    functions: readonly FunctionDouble[],
  ): EdgeFunction | undefined {
    const [association, ...more] = associations;
    if (!association) return undefined;
    const { eventType, lambdaArn, includeBody = false } = association;
    const fn = functions.find(({ arn }) => lambdaArn.startsWith(`${arn}:`));
    const version = lambdaArn.slice((fn?.arn.length ?? 0) + 1);
    if (more.length > 0 || eventType !== "origin-request" || !/^[1-9]\d*$/.test(version)) {
      throw new Error(
        `${distribution.type} "${distribution.name}": the local target runs one published function of this stack at origin-request only.`,
      );
    }
    if (!fn || fn.arn.split(":")[3] !== "us-east-1") {
      throw new Error(`${distribution.type} "${distribution.name}": Lambda@Edge runs functions of us-east-1 only.`);
    }
    return new EdgeFunction(distribution, fn, includeBody);
  }

  /** @returns the request for the origin, an answer that replaces the origin's, or the fault of the function */
  async run(request: EdgeRequest): Promise<EdgeRequest | EdgeAnswer | { readonly fault: string }> {
    const outcome = await this.fn.invoke(this.event(request));
    if (outcome.kind === "error") return { fault: `${outcome.error.errorType}: ${outcome.error.errorMessage}` };
    if (outcome.kind === "stream") {
      outcome.body.resume();
      return { fault: "the edge function streams, which Lambda@Edge does not know" };
    }
    const result = JSON.parse(outcome.body.toString()) as CloudFrontRequest | CloudFrontResultResponse | null;
    if (result === null) return { fault: "the edge function returned nothing" };
    if ("status" in result) {
      return { status: Number(result.status), headers: plain(result.headers ?? {}), body: result.body ?? "" };
    }
    if (!("uri" in result)) return { fault: "the edge function returned neither a request nor a response" };
    if (result.body?.action === "replace")
      return { fault: "the edge function replaces the body, which is not emulated" };
    return { ...request, headers: new Map(Object.entries(plain(result.headers))) };
  }

  private event({ id, clientIp, method, url, headers, body }: EdgeRequest): CloudFrontRequestEvent {
    const [uri = "/", querystring = ""] = url.split(/\?([^]*)/);
    return {
      Records: [
        {
          cf: {
            config: {
              distributionDomainName: text(this.distribution, "domainName"),
              distributionId: this.distribution.id,
              eventType: "origin-request",
              requestId: id,
            },
            request: {
              clientIp,
              method,
              uri,
              querystring,
              headers: Object.fromEntries(
                [...headers].map(([name, values]) => [name, values.map((value) => ({ key: name, value }))]),
              ),
              ...(this.includeBody && {
                body: {
                  action: "read-only" as const,
                  encoding: "base64" as const,
                  inputTruncated: body.byteLength > EDGE_BODY_BYTES,
                  data: body.subarray(0, EDGE_BODY_BYTES).toString("base64"),
                },
              }),
            },
          },
        },
      ],
    };
  }
}

function plain(headers: CloudFrontHeaders): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, entries]) => [name.toLowerCase(), entries.map(({ value }) => value)]),
  );
}
