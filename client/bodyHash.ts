import { BODY_HASH_HEADER } from "../contract/aws/cloudfront";
import type { Signer } from "./signer";

export type { Signer } from "./signer";

/**
 * The hash of the body, which the edge wants of every request that has one: CloudFront signs it, and does not compute it.
 * `crypto.subtle` exists on pages from https and from localhost only.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export function bodyHash(): Signer {
  return { sign: async ({ body }) => (body === undefined ? {} : { [BODY_HASH_HEADER]: await sha256(body) }) };
}

/** SHA-256 in hex. */
async function sha256(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
