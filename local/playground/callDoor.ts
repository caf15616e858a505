import { createHash } from "node:crypto";
import { BODY_HASH_HEADER } from "../../contract/aws/cloudfront";
import type { Credentials, Door } from "../../contract/wire/doors";
import { TOKEN_HEADER } from "../../contract/wire/headers";
import { sign } from "../aws/iam/sigv4";

/** Who calls: as the stack says, without credentials, or with the user's own key or token. */
export type Caller = { readonly kind: "stack" | "none" } | { readonly kind: "token" | "key"; readonly value: string };

/** A request that a door gets. */
export interface DoorRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request with the headers that the door asks for. */
export function doorRequest(
  door: Door,
  { method, path, headers, body }: { method: string; path: string; headers: Record<string, string>; body: string },
  caller: Caller,
  credentials: Credentials,
): DoorRequest {
  const url = new URL(door.url + path);
  const hash = createHash("sha256").update(body).digest("hex");
  const own = { ...headers, ...authHeaders(door, caller) };
  const { auth } = door;
  const all = auth.type === "EDGE" && body !== "" ? { ...own, [BODY_HASH_HEADER]: hash } : own;
  if (auth.type !== "AWS_IAM" || caller.kind === "none") return { method, url: url.href, headers: all, body };
  const signed = { method, url: url.pathname + url.search, headers: { ...all, host: url.host } };
  return {
    method,
    url: url.href,
    headers: { ...all, ...sign(signed, { service: auth.service, region: auth.region }, credentials, hash) },
    body,
  };
}

function authHeaders({ auth, apiKey }: Door, caller: Caller): Record<string, string> {
  if (caller.kind === "none") return {};
  const key = caller.kind === "key" ? caller.value : apiKey?.value;
  const keyHeader: Record<string, string> = key === undefined ? {} : { [apiKey?.header ?? "x-api-key"]: key };
  const token = caller.kind === "token" ? caller.value : undefined;
  if (auth.type === "BEARER")
    return { ...keyHeader, [auth.header.toLowerCase()]: token === undefined ? auth.value : `Bearer ${token}` };
  if (auth.type === "API_KEY") return { [auth.header]: key ?? auth.value, ...tokenHeader(token) };
  const edgeToken = auth.type === "EDGE" ? auth.token : undefined;
  return { ...keyHeader, ...tokenHeader(token ?? edgeToken) };
}

function tokenHeader(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { [TOKEN_HEADER.toLowerCase()]: token };
}

/** Headers for the page: what opens a door is shown by its ends only. */
export function shownHeaders(headers: Readonly<Record<string, string>>): [name: string, value: string][] {
  const secret = new Set(["authorization", "x-api-key", TOKEN_HEADER.toLowerCase(), "x-amz-security-token"]);
  return Object.entries(headers).map(([name, value]) => [
    name,
    secret.has(name.toLowerCase()) && value.length > 24 ? `${value.slice(0, 16)}…${value.slice(-4)}` : value,
  ]);
}
