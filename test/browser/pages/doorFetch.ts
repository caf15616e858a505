import { BODY_HASH_HEADER } from "../../../contract/aws/cloudfront";
import { REQUEST_ID_HEADER } from "../../../contract/wire/headers";

/** SHA-256 in hex. */
export async function sha256(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** `fetch` for the client of a framework: it sends the hash of the body, as the public edge requires, and keeps the id of the last request. */
export class DoorFetch {
  requestId: string | null = null;

  readonly fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (typeof init.body === "string") headers.set(BODY_HASH_HEADER, await sha256(init.body));
    const response = await fetch(url, { ...init, headers });
    this.requestId = response.headers.get(REQUEST_ID_HEADER);
    return response;
  };
}
