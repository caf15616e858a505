import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { CloudFrontRequest, CloudFrontRequestEvent } from "aws-lambda";
import { handler } from "../../functions/edgeSigner";

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const HEADER = "x-amz-content-sha256";

function event(request: Partial<CloudFrontRequest>): CloudFrontRequestEvent {
  const config = { distributionDomainName: "d1.cloudfront.net", distributionId: "E1", requestId: "request-1" };
  return {
    Records: [
      {
        cf: {
          config: { ...config, eventType: "origin-request" },
          request: { clientIp: "192.0.2.1", method: "POST", uri: "/invoke", querystring: "", headers: {}, ...request },
        },
      },
    ],
  };
}

const base64 = (data: Buffer, inputTruncated = false) => ({
  action: "read-only" as const,
  encoding: "base64" as const,
  data: data.toString("base64"),
  inputTruncated,
});

const hashIn = (result: unknown) => (result as CloudFrontRequest).headers[HEADER];

describe("the body signer of an edge", () => {
  for (const [title, bytes] of Object.entries({
    "a text": Buffer.from('{"prompt":"Grüße"}'),
    "bytes that are no text": Buffer.from([0, 255, 192, 128]),
    nothing: Buffer.alloc(0),
  })) {
    it(`hashes ${title}`, async () => {
      const result = await handler(event({ body: base64(bytes) }));
      assert.deepEqual(hashIn(result), [{ key: HEADER, value: sha256(bytes) }]);
    });
  }

  it("hashes a body that comes as text", async () => {
    const body = { action: "read-only" as const, encoding: "text" as const, data: "Grüße", inputTruncated: false };
    assert.equal(hashIn(await handler(event({ body })))?.[0]?.value, sha256("Grüße"));
  });

  it("puts its hash in the place of the client's", async () => {
    const headers = {
      [HEADER]: [{ key: "X-Amz-Content-Sha256", value: "UNSIGNED-PAYLOAD" }],
      accept: [{ value: "*/*" }],
    };
    const result = (await handler(event({ headers, body: base64(Buffer.from("x")) }))) as CloudFrontRequest;
    assert.deepEqual(result.headers, { accept: [{ value: "*/*" }], [HEADER]: [{ key: HEADER, value: sha256("x") }] });
  });

  it("leaves a request without a body to CloudFront, without the client's hash", async () => {
    const headers = { [HEADER]: [{ key: HEADER, value: "wrong" }] };
    assert.equal(hashIn(await handler(event({ method: "GET", uri: "/health", headers }))), undefined);
  });

  it("leaves the rest of the request as it is", async () => {
    const request = { querystring: "a=b", body: base64(Buffer.from("x")) };
    const result = (await handler(event(request))) as CloudFrontRequest;
    assert.deepEqual([result.uri, result.querystring, result.body], ["/invoke", "a=b", request.body]);
  });

  it("answers 413 in the contract's shape where it does not see the whole body", async () => {
    const result = await handler(event({ body: base64(Buffer.from("x"), true) }));
    assert.ok(result && "status" in result);
    assert.deepEqual([result.status, result.headers?.["content-type"]?.[0]?.value], ["413", "application/json"]);
    const { error } = JSON.parse(result.body ?? "") as { error: { code: string; request_id: string } };
    assert.deepEqual([error.code, error.request_id], ["BODY_TOO_LARGE", "request-1"]);
  });
});
