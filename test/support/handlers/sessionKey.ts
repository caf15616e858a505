/** A KMS that answers with one key. Without it, the handler of an anonymous edge has no key for its session ids. */
export function withSessionKey(): void {
  const { fetch } = globalThis;
  before("KMS, which has the key of an edge's session ids", () => {
    process.env["SESSION_KMS_KEY_ARN"] = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";
    globalThis.fetch = () => Promise.resolve(Response.json({ Mac: Buffer.alloc(32, 7).toString("base64") }));
  });
  after(() => {
    delete process.env["SESSION_KMS_KEY_ARN"];
    globalThis.fetch = fetch;
  });
}
