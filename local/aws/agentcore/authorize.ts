import type { IncomingMessage } from "node:http";
import type { RuntimeAuth } from "../../../contract/runtime/doorPolicy";
import type { Iam } from "../iam/iam";
import type { ResourcePolicies } from "./resourcePolicies";
import { verify } from "../iam/sigv4";

/** Status, exception and message of a refusal, in AgentCore's words. */
export type Refused = readonly [status: number, type: string, message: string, headers?: Record<string, string>];

export interface RequiredAccess {
  readonly region: string;
  readonly actions: readonly string[];
  /** ARNs of the runtime and the endpoint: IAM checks each action on both. */
  readonly resources: readonly string[];
}

/** https://github.com/aws/agentcore-cli/issues/714 */
const MISMATCH: Refused = [
  403,
  "AccessDeniedException",
  "Authorization method mismatch. The agent is configured for a different authorization method than what was used in your request. Check the agent's authorization configuration and ensure your request uses the matching method (OAuth or SigV4)",
];

/**
 * Checks a request's authorization. A runtime accepts SigV4 or bearer tokens, never both.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html
 */
export function authorize(
  request: IncomingMessage,
  body: Buffer,
  runtimeAuth: RuntimeAuth,
  iam: Iam,
  policies: ResourcePolicies,
  wanted: RequiredAccess,
): Refused | undefined {
  const { authorization = "" } = request.headers;
  const token = /^Bearer (.+)$/i.exec(authorization)?.[1];
  if (runtimeAuth === "oauth") {
    if (token === undefined) return authorization === "" ? unauthorized(request) : MISMATCH;
    return isCurrentJwt(token) ? undefined : unauthorized(request);
  }
  if (token !== undefined) return MISMATCH;
  const { method = "", url = "", headers } = request;
  const scope = { service: "bedrock-agentcore", region: wanted.region };
  const verdict = verify({ method, url, headers, body }, scope, iam.lookup);
  if (!verdict.ok) return [403, "AccessDeniedException", verdict.detail];
  const { accessKeyId, identity } = verdict;
  for (const [action, resource] of wanted.actions.flatMap((each) =>
    wanted.resources.map((one) => [each, one] as const),
  )) {
    const message = `User: ${identity.arn} is not authorized to perform: ${action} on resource: `;
    const own = policies.evaluate(resource, action, iam.principalArn(accessKeyId));
    // Within an account, one of the two policies must allow, and neither may deny.
    if (own === "deny") {
      return [403, "AccessDeniedException", `${message}${resource} with an explicit deny in a resource-based policy`];
    }
    if (own === "silent" && !iam.allows(accessKeyId, action, [resource]))
      return [403, "AccessDeniedException", message + resource];
  }
  return undefined;
}

/** https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-http-protocol-contract.html */
function unauthorized({ headers, url = "" }: IncomingMessage): Refused {
  const metadata = `http://${headers.host ?? ""}${url.replace(/\?.*/, "")}/.well-known/oauth-protected-resource`;
  return [
    401,
    "UnauthorizedException",
    "The bearer token is missing, malformed or expired.",
    { "WWW-Authenticate": `Bearer resource_metadata="${metadata}"` },
  ];
}

/** True for a JWT that has not expired. Signature and claims are not checked: the runtime's issuer is not emulated. */
function isCurrentJwt(token: string): boolean {
  const [header, payload, signature, ...rest] = token.split(".");
  if (!header || !payload || !signature || rest.length > 0) return false;
  try {
    const { exp } = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as { exp?: unknown };
    return exp === undefined || (typeof exp === "number" && exp * 1000 > Date.now());
  } catch {
    return false;
  }
}
