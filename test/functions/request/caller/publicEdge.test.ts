import assert from "node:assert/strict";
import { readRequest } from "../../../../functions/request/request";
import { runtimeSessionId } from "../../../../functions/request/caller/session";

const IAM = {
  userArn:
    "arn:aws:sts::123456789012:assumed-role/OriginAccessControlRole/EdgeCredentialsProxy+EdgeHostAuthenticationClient",
};

const event = (authorizer: unknown) => ({
  version: "2.0",
  rawPath: "/invoke",
  headers: {},
  requestContext: { http: { method: "POST" }, authorizer },
  body: "{}",
  isBase64Encoded: false,
});

describe("a function behind a public edge", () => {
  for (const [title, authorizer] of Object.entries({
    "CloudFront's signature": { iam: IAM },
    "no authorizer": null,
    "an empty one": {},
  })) {
    it(`knows no caller of an event with ${title}`, () => {
      const request = readRequest(event(authorizer), true);
      assert.ok(request);
      assert.equal(request.caller, undefined);
    });
  }

  it("is the only one that takes an event without a verified caller", () => {
    assert.equal(readRequest(event(null)), undefined);
    assert.equal(readRequest(event({}), false), undefined);
    assert.equal(readRequest(event({ iam: IAM }))?.caller?.subject, IAM.userArn.replace(/\/[^/]+$/, ""));
  });

  it("binds sessions to the handle, and to the token's subject where there is one", () => {
    const ids = [undefined, "alice", "bob"].map((subject) => runtimeSessionId(undefined, subject, "h".repeat(40)));
    assert.equal(new Set(ids).size, 3);
    assert.equal(runtimeSessionId(undefined, "alice", "h".repeat(40)), ids[1]);
  });
});
