import type { WafScope } from "../aws/waf";
import { errorBody, type ErrorCode } from "./errors";

/** What a web ACL answers with by itself. */
export const WAF_ANSWERS = [
  "REQUEST_BLOCKED",
  "BODY_TOO_LARGE",
  "RATE_LIMITED",
] as const satisfies readonly ErrorCode[];
export type WafAnswer = (typeof WAF_ANSWERS)[number];

/** The body of an answer of a web ACL. It is a fixed text, so the id is only a pointer to the header that has it. */
export function wafBody(code: WafAnswer, scope: WafScope): string {
  const header = scope === "CLOUDFRONT" ? "x-amz-cf-id" : "x-amzn-requestid";
  return JSON.stringify(errorBody({ code }, `see the ${header} header`));
}
