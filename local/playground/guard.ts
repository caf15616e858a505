import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** The header with the token of this start, which every call of the page carries. */
export const TOKEN_HEADER = "x-playground-token";

/** Headers of every answer: nothing inline, nothing from another host, no frame around the page, no referrer. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  "Cache-Control": "no-store",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

/** Why a request is refused, for the page. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** True for a host of this machine with this port. A page of another host that its DNS server has moved here sends its own name. */
export function isOwnHost({ headers }: Pick<IncomingMessage, "headers">, port: number): boolean {
  return [`127.0.0.1:${String(port)}`, `localhost:${String(port)}`].includes(headers.host ?? "");
}

/**
 * Why a call is not one of the page of this start; undefined if it is. The token is what counts. Host, Origin and the browser's own headers are
 * checked as well, so that a token that has leaked does not help a page elsewhere.
 */
export function callRefusal(
  request: Pick<IncomingMessage, "headers" | "method">,
  port: number,
  token: string,
): Refusal | undefined {
  const { method, headers } = request;
  if (!isOwnHost(request, port)) return { status: 421, message: "Use the URL that npm start printed." };
  const site = headers["sec-fetch-site"];
  if (headers.origin !== `http://${headers.host ?? ""}` || (site !== undefined && site !== "same-origin"))
    return { status: 403, message: "Only the playground's own page may call. Use the URL that npm start printed." };
  if (method !== "POST") return { status: 405, message: "Use POST." };
  if (!/^application\/json(?:;|$)/.test(headers["content-type"] ?? ""))
    return { status: 415, message: "Send JSON, as application/json." };
  if (!isToken(headers[TOKEN_HEADER], token))
    return { status: 401, message: "The token is not one of this start. Open the URL that npm start printed." };
  return undefined;
}

function isToken(given: string | string[] | undefined, token: string): boolean {
  const [one, other] = [Buffer.from(String(given)), Buffer.from(token)];
  return one.byteLength === other.byteLength && timingSafeEqual(one, other);
}
