import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { defaultProvider } from "./credentials";

type Data = string | ArrayBuffer | ArrayBufferView;

function bytes(data: Data): string | Uint8Array {
  if (typeof data === "string") return data;
  return data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** SHA-256 and its HMAC, as the signer asks for them. */
class Sha256 {
  private readonly hash;

  constructor(secret?: Data) {
    this.hash = secret === undefined ? createHash("sha256") : createHmac("sha256", bytes(secret));
  }

  update(data: Data): void {
    this.hash.update(bytes(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }
}

export interface SignedPost {
  /** Origin and path, such as `https://kms.eu-central-1.amazonaws.com/`. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/**
 * Creates calls of an AWS service with the function's role: one signed request each, without the client of the SDK, which is larger than the whole
 * function. Nothing is sent twice.
 */
export function signedPost(service: string, region: string): (post: SignedPost) => Promise<Response> {
  const signer = new SignatureV4({ service, region, credentials: defaultProvider(), sha256: Sha256 });
  return async ({ url, headers, body, signal }) => {
    const signed = await signer.sign({
      method: "POST",
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port !== "" && { port: Number(url.port) }),
      path: url.pathname,
      headers: { host: url.host, ...headers },
      body,
    });
    return await fetch(url.href, { method: "POST", headers: signed.headers, body, signal, redirect: "error" });
  };
}
