import { TOKEN_HEADER } from "../../../contract/wire/headers";
import type { DoorRequest } from "../request";

/** Syntax of a bearer token. It contains no character that could end a header line. https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
const TOKEN = "([A-Za-z0-9._~+/-]+=*)";
const OWN = new RegExp(`^(?:Bearer +)?${TOKEN}$`, "i");
const AUTHORIZATION = new RegExp(`^Bearer +${TOKEN}$`, "i");

/** The caller's bearer token: from its own header, or from `Authorization` if that does not contain a signature. */
export function bearerToken({ header }: DoorRequest): string | undefined {
  const own = header(TOKEN_HEADER.toLowerCase());
  return own !== undefined ? OWN.exec(own)?.[1] : AUTHORIZATION.exec(header("authorization") ?? "")?.[1];
}

/**
 * The subject of a token, without verification. It only keeps sessions apart. AgentCore verifies the same token before the agent runs, so a
 * forged subject gives no access.
 *
 * @returns issuer and subject; the token itself if it has no subject
 */
export function tokenSubject(token: string): string {
  try {
    const [, payload = ""] = token.split(".");
    const { iss, sub } = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Record<string, unknown>;
    if (typeof sub === "string" && sub !== "") return JSON.stringify([iss, sub]);
  } catch {
    // Not a JWT.
  }
  return token;
}
