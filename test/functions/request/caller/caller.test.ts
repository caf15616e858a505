import assert from "node:assert/strict";
import { readRequest } from "../../../../functions/request/request";
import { runtimeSessionId } from "../../../../functions/request/caller/session";
import { EVENTS } from "../../../support/handlers/handlers";

const rest = (requestContext: object): object => ({ ...EVENTS["REST event 1.0"]({}), requestContext });
const identity = { userArn: null, apiKeyId: null };
const HANDLE = "h".repeat(40);

/** The part of the event that each kind of authorization sets. */
const CALLERS: Readonly<Record<string, readonly [event: object, kind: string]>> = {
  "an IAM principal at a Function URL": [EVENTS["Function URL event 2.0"]({ caller: "arn:aws:iam::1:user/a" }), "iam"],
  "an IAM principal at a REST API": [rest({ identity: { ...identity, userArn: "arn:aws:iam::1:user/a" } }), "iam"],
  "an API key": [rest({ identity: { ...identity, apiKeyId: "key-a" } }), "apiKey"],
  "a user pool": [rest({ identity, authorizer: { claims: { iss: "https://pool", sub: "a" } } }), "jwt"],
  "a Lambda authorizer": [rest({ identity, authorizer: { principalId: "a", integrationLatency: 3 } }), "authorizer"],
  "the bundled authorizer, by a token's subject": [
    rest({
      identity,
      authorizer: { principalId: "a", sub: "a", iss: "https://pool", scope: "", integrationLatency: 3 },
    }),
    "jwt",
  ],
  "an authorizer beside a key": [
    rest({ identity: { ...identity, apiKeyId: "key-a" }, authorizer: { principalId: "a" } }),
    "authorizer",
  ],
  "an IAM principal with a key": [rest({ identity: { userArn: "arn:aws:iam::1:user/a", apiKeyId: "key-a" } }), "iam"],
};

describe("the caller", () => {
  for (const [title, [event, kind]] of Object.entries(CALLERS)) {
    it(`is ${title}`, () => {
      assert.equal(readRequest(event)?.caller?.kind, kind);
    });
  }

  it("has a session of its own for each kind and each id, and the same again", () => {
    const ids = Object.values(CALLERS).map(([event]) =>
      runtimeSessionId(readRequest(event)?.caller, undefined, HANDLE),
    );
    // The same IAM principal has the same id at both services. A key does not change the id of an IAM principal or of an authorizer's
    // principal. A token's subject has the same id for every authorizer.
    assert.equal(new Set(ids).size, 4);
    const [[event] = [{}]] = Object.values(CALLERS);
    assert.equal(runtimeSessionId(readRequest(event)?.caller, undefined, HANDLE), ids[0]);
  });

  for (const [title, other] of Object.entries<object>({
    "another issuer": { claims: { iss: "https://other", sub: "a" } },
    "another subject": { claims: { iss: "https://pool", sub: "b" } },
    "a principal of the same name": { principalId: "a" },
    "a token of another issuer": { principalId: "a", sub: "a", iss: "https://other" },
    "a context with another's subject": { principalId: "b", sub: "a", iss: "https://pool" },
    "a context without an issuer": { principalId: "a", sub: "a" },
    "claims without a subject": { claims: { iss: "https://pool" } },
    "claims that are no object": { claims: "a" },
    "a subject that is no text": { claims: { iss: "https://pool", sub: { a: 1 } } },
  })) {
    it(`of a user pool shares no session with ${title}`, () => {
      const ids = [{ claims: { iss: "https://pool", sub: "a" } }, other].map((authorizer) =>
        runtimeSessionId(readRequest(rest({ identity, authorizer }))?.caller, undefined, HANDLE),
      );
      assert.notEqual(ids[0], ids[1]);
    });
  }

  for (const authorizer of [
    ...["a", 1, null, [], {}, { claims: null }, { claims: {} }, { claims: [] }],
    ...["", " ", "\t\n", 7, 0, true, {}, { sub: "a" }, ["a"], null].flatMap((value) => [
      { principalId: value },
      { principalId: value, sub: value, iss: "https://pool" },
      { claims: { iss: "https://pool", sub: value } },
    ]),
  ]) {
    it(`is nobody where the authorizer left ${JSON.stringify(authorizer)}`, () => {
      assert.equal(readRequest(rest({ identity, authorizer }))?.caller, undefined);
    });
  }
});
