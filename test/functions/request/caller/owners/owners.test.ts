import assert from "node:assert/strict";
import fc from "fast-check";
import { endpointOf } from "../../../../../functions/request/route";
import type { Ownership } from "../../../../../contract/runtime/sessionOwner";
import { readRequest } from "../../../../../functions/request/request";
import { runtimeSessionId } from "../../../../../functions/request/caller/session";
import { PER_SESSION_ROLES, rest, SHAPES, url, type Shape } from "./shapes";

const HANDLE = "h".repeat(40);

const OWNERSHIPS: Readonly<Record<Ownership["sessionOwner"], Ownership>> = {
  role: { sessionOwner: "role", perSessionRoles: PER_SESSION_ROLES },
  session: { sessionOwner: "session", perSessionRoles: [] },
};

/** The runtime session of the same handle; undefined if the caller is unknown. */
function sessionOf(event: object, ownership: Ownership): string | undefined {
  const request = readRequest(event, false, ownership);
  assert.ok(request);
  return request.caller && runtimeSessionId(request.caller, undefined, HANDLE);
}

function expectedOwner({ owner, ownerBySession = owner }: Shape, by: Ownership["sessionOwner"]): string | undefined {
  return by === "session" ? ownerBySession : owner;
}

for (const by of ["role", "session"] as const) {
  describe(`the owner of a session, with sessionOwner ${by}`, () => {
    /** Sessions by the owner in the table. */
    const found = new Map<string, string | undefined>();

    for (const [title, shape] of Object.entries(SHAPES)) {
      const owner = expectedOwner(shape, by);
      it(`of ${title} is ${owner ?? "unknown: refused"}`, () => {
        const session = sessionOf(shape.event, OWNERSHIPS[by]);
        if (owner === undefined) {
          assert.equal(session, undefined);
          return;
        }
        assert.ok(session);
        assert.equal(found.get(owner) ?? session, session);
        found.set(owner, session);
      });
    }

    it("is never two owners' of the table", () => {
      const shapes = Object.values(SHAPES).filter((shape) => shape.owner !== undefined);
      assert.ok(shapes.length >= 40);
      for (const one of shapes) {
        for (const other of shapes) {
          const meet = sessionOf(one.event, OWNERSHIPS[by]) === sessionOf(other.event, OWNERSHIPS[by]);
          assert.equal(meet, expectedOwner(one, by) === expectedOwner(other, by), JSON.stringify([one, other]));
        }
      }
    });
  });
}

const NAME = fc.stringMatching(/^[\w+=,.@-]{1,12}$/);
const ROLE = fc.oneof(NAME, fc.constantFrom("AWSReservedSSO_x", "github-deploy", "GitHub-Deploy", "a", "A"));
const PARTS = fc.tuple(
  fc.constantFrom("aws", "aws-cn", "aws-us-gov"),
  fc.constantFrom("123456789012", "210987654321", "12345678901"),
  ROLE,
  fc
    .oneof(NAME, fc.constantFrom("a", "AWSReservedSSO_x", "assumed-role"))
    .filter((x) => x !== "CognitoIdentityCredentials"),
);
const arnOf = ([partition, account, role, session]: readonly string[]): string =>
  `arn:${String(partition)}:sts::${String(account)}:assumed-role/${String(role)}/${String(session)}`;

describe("the owners of random callers", () => {
  for (const by of ["role", "session"] as const) {
    it(`are the same for two role sessions only if the role is, with sessionOwner ${by}`, () => {
      fc.assert(
        fc.property(PARTS, PARTS, fc.boolean(), fc.boolean(), (one, second, sameRole, atRest) => {
          const other = sameRole ? [...one.slice(0, 3), second[3]] : second;
          const [role = ""] = one.slice(2);
          const perSession =
            by === "session" || role.startsWith("AWSReservedSSO_") || role.toLowerCase() === "github-deploy";
          const compared = perSession ? 4 : 3;
          const meet = JSON.stringify(one.slice(0, compared)) === JSON.stringify(other.slice(0, compared));
          const [a, b] = [one, other].map((parts, index) => {
            const signer = { userArn: arnOf(parts) };
            return sessionOf((index === 0) === atRest ? rest(signer) : url(signer), OWNERSHIPS[by]);
          });
          assert.ok(a);
          assert.equal(a === b, meet);
        }),
        { numRuns: 3_000 },
      );
    });

    it(`are never another's, whatever texts the service names, with sessionOwner ${by}`, () => {
      const text = fc.oneof(
        fc.string({ unit: "binary", maxLength: 20 }),
        fc.json({ maxDepth: 1 }),
        PARTS.map(arnOf),
        PARTS.map((parts) => JSON.stringify(parts.slice(0, 3))),
      );
      const caller = fc.oneof(
        text.map((value) => ({ kind: "authorizer", value, event: rest({}, { principalId: value }) })),
        text.map((value) => ({ kind: "apiKey", value, event: rest({ apiKeyId: value }) })),
        fc.tuple(text, text).map((value) => {
          const [iss, sub] = value;
          return { kind: "jwt", value, event: rest({}, { claims: { iss, sub } }) };
        }),
        fc.tuple(text, text).map((value) => {
          const [cognitoIdentityPoolId, cognitoIdentityId] = value;
          return { kind: "cognitoIdentity", value, event: rest({ cognitoIdentityPoolId, cognitoIdentityId }) };
        }),
      );
      fc.assert(
        fc.property(caller, caller, (one, other) => {
          const [a, b] = [one, other].map(({ event }) => sessionOf(event, OWNERSHIPS[by]));
          if (a === undefined || b === undefined) return;
          assert.equal(a === b, JSON.stringify([one.kind, one.value]) === JSON.stringify([other.kind, other.value]));
        }),
        { numRuns: 3_000 },
      );
    });
  }

  it("have names without what they are unique with", () => {
    const names = (event: object, by: Ownership["sessionOwner"]) =>
      readRequest(event, false, OWNERSHIPS[by])?.caller?.subject;
    const task = url({ userArn: "arn:aws:sts::123456789012:assumed-role/agent-client/aaaa" });
    assert.equal(names(task, "role"), "arn:aws:sts::123456789012:assumed-role/agent-client");
    assert.equal(names(task, "session"), "arn:aws:sts::123456789012:assumed-role/agent-client/aaaa");
    assert.equal(names(rest({ userArn: "arn:aws:iam::1:user/a" }), "role"), "arn:aws:iam::1:user/a");
    assert.equal(names(rest({}, { claims: { iss: "https://pool", sub: "ann" } }), "role"), "ann");
    assert.equal(names(rest({ cognitoIdentityId: "us-east-1:1", cognitoIdentityPoolId: "p" }), "role"), "us-east-1:1");
    assert.equal(names(rest({ apiKeyId: "key-a" }), "role"), "key-a");
    assert.equal(names(rest({}, { principalId: "partner" }), "role"), "partner");
  });

  it("have the same share of a canary in all role sessions of a role", () => {
    const runtimeArn = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/a-0123456789";
    const route = { runtimeArn, qualifier: "DEFAULT", canary: { qualifier: "next", weight: 50 } };
    const met = new Set<string>();
    for (let handle = 0; handle < 50; handle++) {
      const qualifiers = ["aaaa", "bbbb", "cccc"].map((session) => {
        const event = url({ userArn: `arn:aws:sts::123456789012:assumed-role/agent-client/${session}` });
        const caller = readRequest(event, false, OWNERSHIPS.role)?.caller;
        return endpointOf(route, runtimeSessionId(caller, undefined, `${HANDLE}${String(handle)}`)).qualifier;
      });
      assert.equal(new Set(qualifiers).size, 1);
      met.add(qualifiers[0] ?? "");
    }
    assert.equal(met.size, 2);
  });
});
