import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { StreamingUrl } from "../../../../components/index";
import type { Credentials } from "../../../../contract/wire/doors";
import { Iam } from "../../../../local/aws/iam/iam";
import { sign } from "../../../../local/aws/iam/sigv4";
import { Kms } from "../../../../local/aws/kms/keys";
import { Graph, text, TYPES } from "../../../../local/program/graph";
import { only, record, RUNTIME_ARN } from "../../../support/program/components";

const HOST = "kms.us-east-1.amazonaws.com";

describe("the double of KMS", () => {
  let graph: Graph;
  let kms: Kms;
  let arn: string;
  let role: Credentials;
  let other: Credentials;

  const start = async (of: Graph): Promise<void> => {
    const iam = new Iam(of);
    role = iam.assumeRole(text(only(of, TYPES.role), "arn"), "fn");
    other = iam.addCaller("arn:aws:iam::123456789012:user/other", []);
    kms = await Kms.start(of, iam, () => undefined);
  };
  const changed = (inputs: object): Graph =>
    new Graph(
      graph.resources.map((each) =>
        each.type === TYPES.kmsKey ? { ...each, inputs: { ...each.inputs, ...inputs } } : each,
      ),
    );
  const ask = async (by: Credentials | undefined, change: object = {}, target = "TrentService.GenerateMac") => {
    const body = JSON.stringify({
      KeyId: arn,
      Message: Buffer.from("text").toString("base64"),
      MacAlgorithm: "HMAC_SHA_256",
      ...change,
    });
    const headers = { host: HOST, "x-amz-target": target };
    const hash = createHash("sha256").update(body).digest("hex");
    const scope = { service: "kms", region: "us-east-1" };
    const signed = by ? sign({ method: "POST", url: "/", headers }, scope, by, hash) : {};
    const url = kms.redirects[`https://${HOST}/`] ?? "";
    const response = await fetch(url, { method: "POST", body, headers: { "x-amz-target": target, ...signed } });
    const { __type, Mac } = (await response.json()) as { __type?: string; Mac?: string };
    return __type ?? Buffer.from(Mac ?? "", "base64").byteLength;
  };

  before(async () => {
    graph = await record(false, () => {
      new StreamingUrl("door", { agentRuntimeArn: RUNTIME_ARN, maxDurationSeconds: 60, publicEdge: true });
    });
    arn = text(only(graph, TYPES.kmsKey), "arn");
  });
  afterEach(async () => {
    await kms.stop();
  });

  it("computes a MAC for the function's role, and refuses everybody else", async () => {
    await start(graph);
    assert.equal(await ask(role), 32);
    assert.equal(await ask(other), "AccessDeniedException");
    assert.equal(await ask(undefined), "IncompleteSignatureException");
    assert.equal(await ask({ ...role, secretAccessKey: "x" }), "IncompleteSignatureException");
  });

  it("refuses other keys, algorithms, messages and operations", async () => {
    await start(graph);
    assert.equal(await ask(role, { KeyId: `${arn}0` }), "NotFoundException");
    assert.equal(await ask(role, { MacAlgorithm: "HMAC_SHA_512" }), "InvalidKeyUsageException");
    assert.equal(await ask(role, { Message: "" }), "ValidationException");
    assert.equal(await ask(role, { Message: Buffer.alloc(4097).toString("base64") }), "ValidationException");
    assert.equal(await ask(role, {}, "TrentService.Decrypt"), "UnknownOperationException");
  });

  for (const [inputs, type] of [
    [{ isEnabled: false }, "DisabledException"],
    [{ keyUsage: "ENCRYPT_DECRYPT" }, "InvalidKeyUsageException"],
    [{ customerMasterKeySpec: "HMAC_512" }, "InvalidKeyUsageException"],
  ] as const)
    it(`answers ${type} for a key with ${JSON.stringify(inputs)}`, async () => {
      await start(changed(inputs));
      assert.equal(await ask(role), type);
    });
});
