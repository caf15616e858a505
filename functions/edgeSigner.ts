import { createHash } from "node:crypto";
import type { CloudFrontRequest, CloudFrontRequestEvent, CloudFrontRequestResult } from "aws-lambda";
import { BODY_HASH_HEADER } from "../contract/aws/cloudfront";
import { errorBody, ERRORS } from "../contract/wire/errors";
import { CACHE_CONTROL, JSON_TYPE } from "../contract/wire/headers";

/** CloudFront does not hash the body of requests with these methods. */
const WITH_BODY: readonly string[] = ["POST", "PUT", "PATCH", "DELETE"];

/**
 * Entry file of the body signer: an origin-request function that gets the body.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html
 *
 * @returns the request with the hash of its body, which replaces any hash that the client sent; 413 if CloudFront truncated the body
 */
export function handler(event: CloudFrontRequestEvent): Promise<CloudFrontRequestResult> {
  const [record] = event.Records;
  if (!record) return Promise.reject(new Error("The event has no record."));
  const { request, config } = record.cf;
  return Promise.resolve(request.body?.inputTruncated ? tooLarge(config.requestId) : signed(request));
}

function signed(request: CloudFrontRequest): CloudFrontRequest {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== BODY_HASH_HEADER));
  if (!WITH_BODY.includes(request.method)) return { ...request, headers };
  const { data = "", encoding = "base64" } = request.body ?? {};
  const bytes = Buffer.from(data, encoding === "base64" ? "base64" : "utf8");
  const value = createHash("sha256").update(bytes).digest("hex");
  return { ...request, headers: { ...headers, [BODY_HASH_HEADER]: [{ key: BODY_HASH_HEADER, value }] } };
}

function tooLarge(requestId: string): CloudFrontRequestResult {
  const header = (key: string, value: string) => ({ [key.toLowerCase()]: [{ key, value }] });
  return {
    status: String(ERRORS.BODY_TOO_LARGE.status),
    statusDescription: "Content Too Large",
    headers: { ...header("Content-Type", JSON_TYPE), ...header("Cache-Control", CACHE_CONTROL) },
    body: JSON.stringify(errorBody({ code: "BODY_TOO_LARGE" }, requestId)),
  };
}
