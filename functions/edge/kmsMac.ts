import { KMS_KEY_ARN, kmsHost } from "../../contract/aws/kms";
import { signedPost } from "../sdk/signedPost";

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

/**
 * Creates the call of GenerateMac with a KMS key.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html
 *
 * @throws Error if the ARN is not one of a key
 */
export function kmsMac(keyArn: string): Mac {
  const region = KMS_KEY_ARN.exec(keyArn)?.[2];
  if (region === undefined) throw new Error("The ARN of the KMS key for session ids is missing or malformed.");
  const url = new URL(`https://${kmsHost(keyArn)}/`);
  const post = signedPost("kms", region);
  return async (text, remainingMs) => {
    const body = JSON.stringify({
      KeyId: keyArn,
      MacAlgorithm: "HMAC_SHA_256",
      Message: Buffer.from(text).toString("base64"),
    });
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "TrentService.GenerateMac" };
    const signal = AbortSignal.timeout(Math.max(0, Math.min(MAX_MS, Math.floor(remainingMs))));
    const response = await post({ url, headers, body, signal }).catch((error: unknown) => {
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
