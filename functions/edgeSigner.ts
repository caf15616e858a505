import { createHash } from "node:crypto";
import type { CloudFrontRequest, CloudFrontRequestEvent, CloudFrontRequestResult } from "aws-lambda";
import { BODY_HASH_HEADER } from "../contract/aws/cloudfront";
import { errorBody, ERRORS } from "../contract/wire/errors";
import { CACHE_CONTROL, JSON_TYPE } from "../contract/wire/headers";

/** Methods whose body CloudFront does not hash by itself. */
const WITH_BODY: readonly string[] = ["POST", "PUT", "PATCH", "DELETE"];

/**
 * Entry file of the body signer: an origin-request function with the body included.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html
 *
 * @returns the request with the hash of its body, whatever the client has sent as one; 413 where the body is not all here to be hashed
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
