import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Credentials } from "../../../contract/wire/doors";

/** The holder of a key. */
export interface Identity {
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** ARN of the principal. */
  readonly arn: string;
  /** Set if an AWS service calls: its principal, and the resource on whose behalf it calls. Permissions name these two. */
  readonly service?: { readonly principal: string; readonly sourceArn: string };
  /** Set if a user of a Cognito identity pool calls. */
  readonly poolUser?: PoolUser;
}

/** A signed-in user of a Cognito identity pool. All users of a pool have the ARN of one role session. */
export interface PoolUser {
  /** Such as `us-east-1:6d0ab2f4-...`. */
  readonly identityId: string;
  readonly poolId: string;
}

export interface SignedRequest {
  readonly method: string;
  /** Path and query, unchanged. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

export interface Scope {
  readonly service: string;
  readonly region: string;
}

export type Verdict =
  | { readonly ok: true; readonly accessKeyId: string; readonly identity: Identity }
  | { readonly ok: false; readonly reason: RefusalReason; readonly detail: string };

export type RefusalReason = "missing" | "incomplete" | "scope" | "expired" | "unknown-key" | "mismatch";

/** A signature is valid for five minutes. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
const SKEW_MS = 5 * 60 * 1000;
const MAX_PRESIGNED_SECONDS = 604_800;

const refuse = (reason: RefusalReason, detail: string): Verdict => ({ ok: false, reason, detail });

/**
 * Verifies Signature Version 4, in the Authorization header or presigned in the query.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @param lookup the identity of an access key id
 * @param now milliseconds since the epoch
 */
export function verify(
  request: SignedRequest,
  { service, region }: Scope,
  lookup: (accessKeyId: string) => Identity | undefined,
  now = Date.now(),
): Verdict {
  const [, query = ""] = split(request.url, "?");
  const claim = fromHeader(request.headers) ?? fromQuery(query);
  if (!claim) return refuse("missing", "The request carries no signature.");
  if (claim === "malformed") return refuse("incomplete", "The signature's fields are incomplete or malformed.");

  const { credential, signedHeaders, signature, date, presignedSeconds } = claim;
  const [accessKeyId = "", day = "", inRegion, inService, end] = credential.split("/");
  if (end !== "aws4_request" || inRegion !== region || inService !== service || !date.startsWith(day) || day === "") {
    return refuse("scope", `The credential scope must be <date>/${region}/${service}/aws4_request.`);
  }
  const time = Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  const life = presignedSeconds === undefined ? SKEW_MS : presignedSeconds * 1000;
  if (!(now - time <= life && time - now <= SKEW_MS)) {
    return refuse("expired", "The signature is older than five minutes, or from the future. Check the clock.");
  }
  const identity = lookup(accessKeyId);
  if (!identity) return refuse("unknown-key", "The access key id is not known here.");

  const names = signedHeaders.split(";");
  if (!names.includes("host")) return refuse("incomplete", "The `host` header must be signed.");
  const token =
    presignedSeconds === undefined
      ? one(request.headers, "x-amz-security-token")
      : parameter(query, "X-Amz-Security-Token");
  if (token !== identity.sessionToken) return refuse("unknown-key", "The session token does not belong to the key.");

  const bodyHash = sha256(request.body);
  const declared = one(request.headers, "x-amz-content-sha256");
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
  if (declared === "UNSIGNED-PAYLOAD" && service === "lambda") {
    return refuse("mismatch", "Lambda accepts no unsigned payload.");
  }
  if (declared !== undefined && declared !== "UNSIGNED-PAYLOAD" && declared !== bodyHash) {
    return refuse("mismatch", "`x-amz-content-sha256` is not the SHA-256 of the body.");
  }
  const wanted = signatureOf(request, names, declared ?? bodyHash, date, { service, region }, identity.secretAccessKey);
  return timingSafeEqual(wanted, Buffer.from(signature, "hex"))
    ? { ok: true, accessKeyId, identity }
    : refuse("mismatch", "The signature does not match the request.");
}

/**
 * Signs a request in its headers.
 *
 * @param payloadHash hex SHA-256 of the body
 * @returns headers to send in addition to the request's, which are all signed
 */
export function sign(
  request: Omit<SignedRequest, "body">,
  scope: Scope,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  payloadHash: string,
  now = Date.now(),
): Record<string, string> {
  const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const own = {
    "x-amz-date": date,
    "x-amz-content-sha256": payloadHash,
    ...(sessionToken !== undefined && { "x-amz-security-token": sessionToken }),
  };
  const headers = { ...request.headers, ...own };
  const names = Object.keys(headers).sort();
  const signature = signatureOf({ ...request, headers }, names, payloadHash, date, scope, secretAccessKey);
  const credential = `${accessKeyId}/${date.slice(0, 8)}/${scope.region}/${scope.service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(";")}, Signature=${signature.toString("hex")}`;
  return { ...own, authorization };
}

function signatureOf(
  { method, url, headers }: Omit<SignedRequest, "body">,
  names: readonly string[],
  payloadHash: string,
  date: string,
  { service, region }: Scope,
  secretAccessKey: string,
): Buffer {
  const [path = "/", query = ""] = split(url, "?");
  const canonical = [
    method,
    canonicalPath(path),
    canonicalQuery(query),
    ...names.map((name) => `${name}:${headerValue(headers, name)}`),
    "",
    names.join(";"),
    payloadHash,
  ].join("\n");
  const day = date.slice(0, 8);
  const toSign = ["AWS4-HMAC-SHA256", date, `${day}/${region}/${service}/aws4_request`, sha256(canonical)].join("\n");
  const key = [day, region, service, "aws4_request"].reduce<Buffer | string>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, toSign);
}

interface Claim {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly date: string;
  readonly presignedSeconds?: number;
}

function fromHeader(headers: IncomingHttpHeaders): Claim | "malformed" | undefined {
  const { authorization } = headers;
  if (authorization === undefined) return undefined;
  const [, credential, signedHeaders, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  const date = one(headers, "x-amz-date") ?? "";
  if (!credential || !signedHeaders || !signature || !/^\d{8}T\d{6}Z$/.test(date)) return "malformed";
  return { credential, signedHeaders, signature, date };
}

function fromQuery(query: string): Claim | "malformed" | undefined {
  const signature = parameter(query, "X-Amz-Signature");
  if (signature === undefined) return undefined;
  const credential = parameter(query, "X-Amz-Credential");
  const signedHeaders = parameter(query, "X-Amz-SignedHeaders");
  const date = parameter(query, "X-Amz-Date") ?? "";
  const presignedSeconds = Number(parameter(query, "X-Amz-Expires"));
  const valid =
    /^[0-9a-f]{64}$/.test(signature) &&
    /^\d{8}T\d{6}Z$/.test(date) &&
    presignedSeconds > 0 &&
    presignedSeconds <= MAX_PRESIGNED_SECONDS;
  if (!credential || !signedHeaders || !valid) return "malformed";
  return { credential, signedHeaders, signature, date, presignedSeconds };
}

/** Removes `.`, `..` and empty segments, and encodes each segment once more, as every service except S3 does. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const end = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.map(encode).join("/")}${end}`;
}

function parameters(query: string): [name: string, value: string][] {
  return query
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const [name, value = ""] = split(part, "=");
      return [decode(name ?? ""), decode(value)];
    });
}

function parameter(query: string, name: string): string | undefined {
  return parameters(query).find(([key]) => key === name)?.[1];
}

function canonicalQuery(query: string): string {
  return parameters(query)
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map((pair) => pair.join("="))
    .join("&");
}

function headerValue(headers: IncomingHttpHeaders, name: string): string {
  return [headers[name] ?? ""].flat().join(",").trim().replace(/ +/g, " ");
}

function one(headers: IncomingHttpHeaders, name: string): string | undefined {
  return headers[name] === undefined ? undefined : headerValue(headers, name);
}

function split(text: string, separator: string): string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: Buffer | string, data: string): Buffer {
  return createHmac("sha256", key).update(data).digest();
}
