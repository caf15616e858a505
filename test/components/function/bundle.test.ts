import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { handlerCode, optionalCode, type HandlerEntry } from "../../../components/function/bundle";

/** A cold start reads the whole bundle, so its size is limited. */
const MOST_BYTES = 206_000;

describe("the bundles", () => {
  for (const entry of ["buffered", "streaming"] as const satisfies readonly HandlerEntry[]) {
    it(`${entry}: at most 206 KB, without what a handler never uses`, async () => {
      const code = await handlerCode(entry);
      const bytes = Buffer.byteLength(code);
      console.log(`      ${entry}: ${bytes} bytes, ${gzipSync(code, { level: 9 }).byteLength} compressed`);
      assert.ok(bytes <= MOST_BYTES);
      assert.equal(await handlerCode(entry), code, "the same source gives the same bytes");
      // The schemas of other operations, event-stream framing, the SDK's retries, credential chains, the RE2 engine.
      assert.doesNotMatch(code, /CodeInterpreter|vnd\.amazon\.eventstream|StandardRetryStrategy|sso\.amazonaws|RE2JS/);
      assert.doesNotMatch(code, /^import .*"(node:)?(http|child_process)"/m, "http would load undici at init");
      assert.doesNotMatch(code, /@pulumi/);
    });
  }

  it("dialects: at most 20 KB, and in no bundle that a cold start reads", async () => {
    const code = await optionalCode("dialects.mjs");
    console.log(`      dialects: ${Buffer.byteLength(code)} bytes`);
    assert.ok(Buffer.byteLength(code) <= 20_000);
    assert.match(code, /TEXT_MESSAGE/);
    for (const entry of ["buffered", "streaming"] as const)
      assert.doesNotMatch(await handlerCode(entry), /TEXT_MESSAGE/);
  });

  it("jwtAuthorizer: at most 40 KB, with the library that verifies and nothing of the doors", async () => {
    const code = await handlerCode("jwtAuthorizer");
    console.log(`      jwtAuthorizer: ${Buffer.byteLength(code)} bytes`);
    assert.ok(Buffer.byteLength(code) <= 40_000);
    assert.doesNotMatch(code, /^import |@pulumi|bedrock-agentcore/m);
  });
});
