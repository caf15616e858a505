import { createHmac, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { kmsHost } from "../../../contract/aws/kms";
import { text, TYPES, type Graph, type Resource } from "../../program/graph";
import { close, listen, readBody, sendJson, type Listening } from "../http";
import type { OnLog } from "../log";
import type { Iam } from "../iam/iam";
import { verify } from "../iam/sigv4";

/** KMS refuses a longer message. https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html */
const MAX_MESSAGE_BYTES = 4096;
const MAX_BODY_BYTES = 16_384;
const ACTION = "kms:GenerateMac";

interface Key {
  readonly resource: Resource;
  /** As in KMS, nothing outside has it: it is new in each run, and in no graph. */
  readonly material: Buffer;
}

/**
 * GenerateMac of KMS, for the HMAC keys of the stack. It checks the signature, the caller's IAM policy, and that the key can do it.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html
 */
export class Kms {
  private readonly keys: ReadonlyMap<string, Key>;
  private listening: Listening | undefined;

  private constructor(
    graph: Graph,
    private readonly iam: Iam,
    private readonly onLog: OnLog,
  ) {
    this.keys = new Map(
      graph.all(TYPES.kmsKey).map((resource) => [text(resource, "arn"), { resource, material: randomBytes(32) }]),
    );
  }

  /** @param onLog receives one line per request: the key, and the exception of a refusal */
  static async start(graph: Graph, iam: Iam, onLog: OnLog): Promise<Kms> {
    const kms = new Kms(graph, iam, onLog);
    if (kms.keys.size > 0)
      kms.listening = await listen((request, response) => kms.serve(request, response), 0, "processes");
    return kms;
  }

  /** Maps the endpoints of KMS in the keys' regions to this one. */
  get redirects(): Record<string, string> {
    const { origin } = this.listening ?? {};
    if (origin === undefined) return {};
    return Object.fromEntries([...this.keys.keys()].map((arn) => [`https://${kmsHost(arn)}/`, `${origin}/`]));
  }

  async stop(): Promise<void> {
    if (this.listening) await close(this.listening);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { body } = await readBody(request, MAX_BODY_BYTES);
    const answer = this.generateMac(request, body ?? Buffer.alloc(0));
    if ("type" in answer) {
      this.onLog(`refused: ${answer.type}`, "news");
      sendJson(response, 400, { __type: answer.type, message: answer.message });
    } else {
      this.onLog(`GenerateMac ${answer.KeyId}`, "detail");
      sendJson(response, 200, answer);
    }
  }

  private generateMac({ method = "", url = "", headers }: IncomingMessage, body: Buffer) {
    const refused = (type: string, message: string) => ({ type, message });
    if (method !== "POST" || headers["x-amz-target"] !== "TrentService.GenerateMac")
      return refused("UnknownOperationException", "The local target knows GenerateMac only.");
    const { KeyId = "", Message = "", MacAlgorithm = "" } = parsed(body);
    const key = this.keys.get(KeyId);
    if (!key) return refused("NotFoundException", "There is no such key.");
    const region = KeyId.split(":")[3] ?? "";
    // The client signs for the endpoint that it calls, which is redirected here.
    const asSigned = { method, url, headers: { ...headers, host: kmsHost(KeyId) }, body };
    const verdict = verify(asSigned, { service: "kms", region }, this.iam.lookup);
    if (!verdict.ok) return refused("IncompleteSignatureException", verdict.detail);
    if (!this.iam.allows(verdict.accessKeyId, ACTION, [KeyId]))
      return refused(
        "AccessDeniedException",
        `User: ${verdict.identity.arn} is not authorized to perform: ${ACTION} on resource: ${KeyId}`,
      );
    const { keyUsage, customerMasterKeySpec: spec, isEnabled = true } = key.resource.inputs;
    if (isEnabled !== true) return refused("DisabledException", "The key is disabled.");
    if (keyUsage !== "GENERATE_VERIFY_MAC" || spec !== "HMAC_256" || MacAlgorithm !== "HMAC_SHA_256")
      return refused("InvalidKeyUsageException", "The key cannot be used for this MAC.");
    const message = Buffer.from(Message, "base64");
    if (message.byteLength === 0 || message.byteLength > MAX_MESSAGE_BYTES)
      return refused("ValidationException", "The message must have 1 to 4096 bytes.");
    const mac = createHmac("sha256", key.material).update(message).digest("base64");
    return { KeyId, Mac: mac, MacAlgorithm };
  }
}

function parsed(body: Buffer): { readonly KeyId?: string; readonly Message?: string; readonly MacAlgorithm?: string } {
  try {
    return JSON.parse(body.toString()) as object;
  } catch {
    return {};
  }
}
