import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { errorBody } from "../../../contract/wire/errors";
import { LAMBDA_PAYLOAD_BYTES } from "../../../contract/aws/limits";
import { text, type Resource } from "../../program/graph";
import { decodePath, readBody, sendJson } from "../http";
import type { Iam } from "../iam/iam";
import { UrlCors } from "./functionUrlCors";
import { TooManyRequests } from "./function";
import type { Invocable } from "./invocable";
import { MalformedAnswer, respondWithStream } from "./respond";
import type { Served } from "../requestLog";
import { verify, type Identity } from "../iam/sigv4";

const FORBIDDEN = {
  Message:
    "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
};

const MISMATCH = {
  message:
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
};

/** A declared Lambda Function URL: signature, both permissions, event 2.0, streamed answer. */
export class FunctionUrlDouble {
  private readonly accountId: string;
  private readonly permissions: readonly Resource[];
  private readonly cors: UrlCors;

  /** @throws Error if the URL's declaration is not supported here */
  constructor(
    private readonly resource: Resource,
    private readonly target: Invocable,
    private readonly iam: Iam,
    private readonly region: string,
  ) {
    const { authorizationType, invokeMode } = resource.inputs;
    if (authorizationType !== "AWS_IAM" || invokeMode !== "RESPONSE_STREAM") {
      throw new Error(
        `${resource.type} "${resource.name}": the local target serves AWS_IAM with RESPONSE_STREAM only.`,
      );
    }
    this.cors = new UrlCors(resource);
    this.accountId = target.arn.split(":")[4] ?? "";
    this.permissions = target.permissions;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<Served> {
    const { method = "", url = "", headers } = request;
    this.cors.apply(request, response);
    if (this.cors.isPreflight(request)) return this.cors.answer(response);
    const { body } = await readBody(request, LAMBDA_PAYLOAD_BYTES);
    if (!body) {
      sendJson(response, 413, errorBody({ code: "BODY_TOO_LARGE" }, randomUUID()));
      return { status: 413 };
    }
    const verdict = verify({ method, url, headers, body }, { service: "lambda", region: this.region }, this.iam.lookup);
    if (!verdict.ok)
      return verdict.reason === "mismatch" ? mismatch(response, verdict.detail) : forbid(response, verdict.detail);
    const missing = this.missingPermission(verdict.accessKeyId, verdict.identity);
    if (missing) return forbid(response, `No permission for ${missing} names ${verdict.identity.arn}.`);

    try {
      const outcome = await this.target.invoke(this.event(request, body, verdict.accessKeyId, verdict.identity));
      if (outcome.kind === "stream") {
        const bytes = await respondWithStream(outcome, response, { requirePrelude: false });
        return { status: response.statusCode, bytes };
      }
      const note =
        outcome.kind === "error" ? `${outcome.error.errorType}: ${outcome.error.errorMessage}` : "not streamed";
      sendJson(response, 502, "Internal Server Error");
      return { status: 502, note };
    } catch (error) {
      if (error instanceof TooManyRequests) {
        sendJson(response, 429, {
          Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
          Type: "User",
          message: "Rate Exceeded.",
        });
        return { status: 429 };
      }
      if (!(error instanceof MalformedAnswer)) throw error;
      sendJson(response, 502, "Internal Server Error");
      return { status: 502, note: error.message };
    }
  }

  // Both permissions are required. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
  private missingPermission(accessKeyId: string, caller: Identity): string | undefined {
    const sameAccount = caller.arn.split(":")[4] === this.accountId;
    const wanted = [
      ["lambda:InvokeFunctionUrl", "functionUrlAuthType", "AWS_IAM"],
      ["lambda:InvokeFunction", "invokedViaFunctionUrl", true],
    ] as const;
    for (const [action, condition, value] of wanted) {
      const granted = this.permissions.some(
        ({ inputs }) =>
          inputs["action"] === action &&
          (inputs[condition] === undefined || inputs[condition] === value) &&
          isForCaller(inputs, caller),
      );
      // Within the account, the caller's own policy is enough.
      if (!granted && !(sameAccount && this.iam.allows(accessKeyId, action, [this.target.arn]))) return action;
    }
    return undefined;
  }

  private event(request: IncomingMessage, body: Buffer, accessKey: string, caller: Identity): object {
    const { method = "", url = "" } = request;
    const { pathname, search, searchParams } = new URL(url, "http://localhost");
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, [value ?? ""].flat().join(",")]),
    );
    const domainName = new URL(text(this.resource, "functionUrl")).host;
    const binary = !isText(headers["content-type"]);
    return {
      version: "2.0",
      routeKey: "$default",
      rawPath: decodePath(pathname),
      rawQueryString: search.slice(1),
      headers,
      ...(search !== "" && { queryStringParameters: Object.fromEntries(searchParams) }),
      requestContext: {
        accountId: this.accountId,
        apiId: domainName.split(".")[0],
        authentication: null,
        authorizer: {
          iam: {
            accessKey,
            accountId: caller.arn.split(":")[4],
            callerId: accessKey,
            // Also of a user of an identity pool. https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
            cognitoIdentity: null,
            principalOrgId: null,
            userArn: caller.arn,
            userId: accessKey,
          },
        },
        domainName,
        domainPrefix: domainName.split(".")[0],
        http: {
          method,
          path: decodePath(pathname),
          protocol: "HTTP/1.1",
          sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
          userAgent: headers["user-agent"] ?? "",
        },
        requestId: randomUUID(),
        routeKey: "$default",
        stage: "$default",
        time: new Date().toUTCString(),
        timeEpoch: Date.now(),
      },
      ...(body.byteLength > 0 && { body: body.toString(binary ? "base64" : "utf8") }),
      isBase64Encoded: binary && body.byteLength > 0,
    };
  }
}

function forbid(response: ServerResponse, note: string): Served {
  sendJson(response, 403, FORBIDDEN, { "x-amzn-ErrorType": "AccessDeniedException" });
  return { status: 403, note };
}

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
function mismatch(response: ServerResponse, note: string): Served {
  sendJson(response, 403, MISMATCH, { "x-amzn-ErrorType": "InvalidSignatureException" });
  return { status: 403, note };
}

/** Whether a permission is for the caller. A permission for a service must name the resource on whose behalf the service calls. */
function isForCaller({ principal, sourceArn }: Readonly<Record<string, unknown>>, { arn, service }: Identity): boolean {
  return service ? principal === service.principal && sourceArn === service.sourceArn : isPrincipal(principal, arn);
}

/** True if a permission's principal (an ARN or an account id) matches a caller. */
export function isPrincipal(principal: unknown, callerArn: string): boolean {
  if (typeof principal !== "string") return false;
  const account = callerArn.split(":")[4] ?? "";
  if (principal === callerArn || principal === account || principal.endsWith(`::${account}:root`)) return true;
  // A permission for a role includes the role's sessions.
  const role = /^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(principal);
  return (
    role !== null && callerArn.startsWith(`arn:${role[1] ?? ""}:sts::${role[2] ?? ""}:assumed-role/${role[3] ?? ""}/`)
  );
}

// Lambda passes text on unchanged, and any other body in base64.
function isText(contentType: string | undefined): boolean {
  return (
    contentType === undefined ||
    /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded)|.*\+(json|xml))/i.test(contentType)
  );
}
