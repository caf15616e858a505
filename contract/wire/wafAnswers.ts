import type { WafScope } from "../aws/waf";
import { errorBody, type ErrorCode } from "./errors";
import { bodyTooLarge } from "./request";

/** The errors that a web ACL itself answers with. */
export const WAF_ANSWERS = [
  "REQUEST_BLOCKED",
  "BODY_TOO_LARGE",
  "RATE_LIMITED",
] as const satisfies readonly ErrorCode[];
export type WafAnswer = (typeof WAF_ANSWERS)[number];

/** The body of a web ACL's answer. It is a fixed text, so its `request_id` only names the header that contains the id. */
export function wafBody(code: WafAnswer, scope: WafScope, maxBodyBytes: number): string {
  const header = scope === "CLOUDFRONT" ? "x-amz-cf-id" : "x-amzn-requestid";
  const refusal = code === "BODY_TOO_LARGE" ? bodyTooLarge(maxBodyBytes) : { code };
  return JSON.stringify(errorBody(refusal, `see the ${header} header`));
}
