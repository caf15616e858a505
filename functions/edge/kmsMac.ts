import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { KMS_KEY_ARN, kmsHost } from "../../contract/aws/kms";
import { defaultProvider } from "../sdk/credentials";

/**
 * The MAC of a text, 32 bytes.
 *
 * @param remainingMs time that is left for the request, milliseconds
 * @throws Error whose message contains nothing secret
 */
export type Mac = (text: string, remainingMs: number) => Promise<Uint8Array>;

/** KMS answers in some 10 ms. A call that takes longer than this is given up, milliseconds. */
const MAX_MS = 3000;

/** The length of an HMAC_SHA_256. */
const MAC_BYTES = 32;

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

/**
 * Creates the call of GenerateMac with a KMS key: one signed request, without the client of the SDK, which is larger than the whole function.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html
 *
 * @throws Error if the ARN is not one of a key
 */
export function kmsMac(keyArn: string): Mac {
  const region = KMS_KEY_ARN.exec(keyArn)?.[2];
  if (region === undefined) throw new Error("The ARN of the KMS key for session ids is missing or malformed.");
  const host = kmsHost(keyArn);
  const signer = new SignatureV4({ service: "kms", region, credentials: defaultProvider(), sha256: Sha256 });
  return async (text, remainingMs) => {
    const body = JSON.stringify({
      KeyId: keyArn,
      MacAlgorithm: "HMAC_SHA_256",
      Message: Buffer.from(text).toString("base64"),
    });
    const { headers } = await signer.sign({
      method: "POST",
      protocol: "https:",
      hostname: host,
      path: "/",
      headers: { host, "content-type": "application/x-amz-json-1.1", "x-amz-target": "TrentService.GenerateMac" },
      body,
    });
    const signal = AbortSignal.timeout(Math.max(0, Math.min(MAX_MS, Math.floor(remainingMs))));
    const response = await fetch(`https://${host}/`, {
      method: "POST",
      headers,
      body,
      signal,
      redirect: "error",
    }).catch((error: unknown) => {
      throw new Error(signal.aborted ? "timeout" : "no connection", { cause: error });
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return macOf(await response.json().catch(() => undefined));
  };
}

function macOf(answer: unknown): Uint8Array {
  const { Mac } = (answer ?? {}) as { Mac?: unknown };
  const mac = typeof Mac === "string" ? Buffer.from(Mac, "base64") : undefined;
  if (mac?.byteLength !== MAC_BYTES) throw new Error("no MAC in the answer");
  return mac;
}
