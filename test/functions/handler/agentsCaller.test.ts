import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { doorPolicy, type PolicyConfig } from "../../../contract/config/keys/policy";
import { bufferedHandler } from "../../../functions/handler/bufferedHandler";
import { contextWith, EVENTS, handlerSettings, type Call } from "../../support/handlers/handlers";
import { withSessionKey } from "../../support/handlers/sessionKey";
import { withDataPlane } from "../../support/handlers/withDataPlane";

const CALLER = "x-amzn-bedrock-agentcore-runtime-custom-caller";
const USER_ID = "x-amzn-bedrock-agentcore-runtime-user-id";
const ARN = "arn:aws:iam::123456789012:user/ann";
const EVIL = "mallory";
const POLICY: PolicyConfig = {
  callerHeader: { name: "Caller" },
  runtimeUserId: true,
  headerMap: { "X-Tenant-Id": "Tenant-Id", "X-Caller": "Claimed" },
};

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Ways to write a header's name that some server reads as the same name. */
const SPELLINGS: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toLowerCase(),
  (name) => name.toUpperCase(),
  (name) => name.replaceAll("-", "_"),
  (name) => name.toUpperCase().replaceAll("-", "_"),
  (name) => name.replace(/-([^-]*)$/, "_$1"),
  (name) => `HTTP_${name.toUpperCase().replaceAll("-", "_")}`,
  (name) => `${name} `,
  (name) => ` ${name}`,
  (name) => `${name}\t`,
  (name) => `${name}:`,
  (name) => `${name}\0`,
  (name) => `${name}\r\n`,
  (name) => name.replaceAll("-", "%2D"),
  (name) => name.replaceAll("-", "\u2010"),
  (name) => name.replaceAll("-", "."),
  (name) => name.replaceAll("a", "\u0430"),
];
const NAMES = [
  "X-Amzn-Bedrock-AgentCore-Runtime-Custom-Caller",
  "X-Amzn-Bedrock-AgentCore-Runtime-User-Id",
  "Caller",
  "runtimeUserId",
];
const BODIES: readonly object[] = [
  { user_id: EVIL },
  { userId: EVIL },
  { runtimeUserId: EVIL },
  { caller: { subject: EVIL } },
  { headers: { [CALLER]: EVIL } },
  { callerHeader: { name: "Caller", value: EVIL } },
];

interface Try {
  readonly title: string;
  readonly change: (event: Record<string, unknown>) => Record<string, unknown>;
}

const TRIES: readonly Try[] = [
  ...NAMES.flatMap((name) =>
    SPELLINGS.flatMap((spell): Try[] => {
      const spelled = spell(name);
      return [
        { title: JSON.stringify(spelled), change: (event) => withHeaders(event, { [spelled]: EVIL }) },
        {
          title: `${JSON.stringify(spelled)} twice, as multiValueHeaders`,
          change: (event) => ({ ...event, multiValueHeaders: { [spelled]: [EVIL, EVIL] } }),
        },
      ];
    }),
  ),
  ...BODIES.map((body): Try => {
    const text = JSON.stringify({ prompt: "hello", ...body });
    return { title: text, change: (event) => ({ ...event, body: text }) };
  }),
  {
    title: "a query",
    change: (event) => ({
      ...event,
      rawQueryString: `runtimeUserId=${EVIL}`,
      queryStringParameters: { runtimeUserId: EVIL },
    }),
  },
];

function withHeaders(event: Record<string, unknown>, headers: Headers): Record<string, unknown> {
  return { ...event, headers: { ...(event["headers"] as object), ...headers } };
}

/** The headers that a CGI server could read as the caller or as the user id. */
function identityHeaders(headers: Headers): Headers {
  const fold = (name: string) => name.toLowerCase().replaceAll("_", "-").trim();
  return Object.fromEntries(Object.entries(headers).filter(([name]) => [CALLER, USER_ID].includes(fold(name))));
}

const hash = (kind: string, id: string) =>
  createHash("sha256")
    .update(JSON.stringify([kind, id]))
    .digest("hex");

describe("the caller for the agent", () => {
  withSessionKey();
  const { plane } = withDataPlane();

  const call: Call = { headers: { "content-type": "application/json" }, body: '{"prompt":"hello"}', caller: ARN };
  const byPrincipal = (principalId: unknown) => ({
    ...EVENTS["REST event 1.0"](call),
    requestContext: { identity: {}, authorizer: { principalId } },
  });
  const send = async (event: unknown, policy: PolicyConfig = POLICY, publicEdge = false) => {
    const handler = bufferedHandler({ ...handlerSettings(policy), policy: doorPolicy(policy, publicEdge) });
    return await handler(event, contextWith());
  };
  const seen = (): Headers => plane.requests.at(-1)?.headers ?? {};

  it("is tried in at least sixty ways, in events of both versions", () => {
    assert.ok(TRIES.length >= 60, String(TRIES.length));
    console.log(`      ${TRIES.length} tries`);
  });

  for (const [version, eventOf] of Object.entries(EVENTS)) {
    it(`is never changed, added to or claimed by a client: ${version}`, async () => {
      for (const { title, change } of TRIES) {
        plane.requests.length = 0;
        const { statusCode } = await send(change(eventOf(call)));
        assert.equal(statusCode, 200, title);
        assert.deepEqual(identityHeaders(seen()), { [CALLER]: ARN, [USER_ID]: ARN }, title);
        assert.ok(!JSON.stringify(seen()).includes(EVIL), title);
      }
    });

    it(`is absent if the stack does not ask for it, whatever a client sends: ${version}`, async () => {
      for (const { title, change } of TRIES) {
        await send(change(eventOf(call)), {});
        assert.deepEqual(identityHeaders(seen()), {}, title);
      }
    });

    it(`cannot be added by a line in a mapped header: ${version}`, async () => {
      const event = withHeaders(eventOf(call), { "x-tenant-id": `t\r\n${CALLER}: ${EVIL}` });
      assert.equal((await send(event)).statusCode, 400);
      assert.equal(plane.requests.length, 0);
    });
  }

  it("is absent for an anonymous caller of a public edge, whatever a client sends", async () => {
    for (const { title, change } of TRIES) {
      const { statusCode } = await send(change(EVENTS["Function URL event 2.0"](call)), POLICY, true);
      assert.equal(statusCode, 200, title);
      assert.deepEqual(identityHeaders(seen()), {}, title);
    }
  });

  it("is the first 32 digits of the hash of kind and id, if the stack says so", async () => {
    await send(EVENTS["REST event 1.0"](call), { callerHeader: { name: "Caller", value: "hash" } });
    assert.deepEqual(identityHeaders(seen()), { [CALLER]: hash("iam", ARN).slice(0, 32) });
    await send(byPrincipal(ARN), { callerHeader: { name: "Caller", value: "hash" }, runtimeUserId: true });
    assert.deepEqual(identityHeaders(seen()), { [CALLER]: hash("authorizer", ARN).slice(0, 32), [USER_ID]: ARN });
  });

  it("is a legal value from which the agent decodes any subject", async () => {
    const subject = fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 }).filter((text) => text.trim() !== "");
    const headers = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(subject, headers, async (principal, sent) => {
        const { statusCode } = await send(withHeaders(byPrincipal(principal), { ...sent, "content-type": undefined }));
        assert.equal(statusCode, 200);
        const { [CALLER]: value, [USER_ID]: userId } = identityHeaders(seen());
        assert.match(String(value), /^[\w.~:/@=|!*'()%-]+$/);
        assert.equal(decodeURIComponent(String(value)), principal);
        assert.equal(userId, value);
      }),
      { numRuns: 200 },
    );
  });

  for (const [title, subject, value] of [
    ["an ARN", ARN, ARN],
    ["Auth0's", "auth0|5f7c8ec7c33c6c004bbafe82", "auth0|5f7c8ec7c33c6c004bbafe82"],
    ["spaces around", " ann ", "%20ann%20"],
    ["a percent sign", "100%2F", "100%252F"],
    ["a list", "ann, bob;c+d", "ann%2C%20bob%3Bc%2Bd"],
    ["a new line", "ann\r\nX-Evil: 1", "ann%0D%0AX-Evil:%201"],
    ["letters beyond ASCII", "Zoë 🦊", "Zo%C3%AB%20%F0%9F%A6%8A"],
  ] as const) {
    it(`encodes ${title}`, async () => {
      await send(byPrincipal(subject));
      assert.deepEqual(identityHeaders(seen()), { [CALLER]: value, [USER_ID]: value });
    });
  }

  for (const [title, policy, longest] of [
    ["a header", { callerHeader: { name: "Caller" } }, 4096],
    ["a user id", { runtimeUserId: true }, 1024],
    ["both", POLICY, 1024],
  ] as const) {
    it(`refuses a name that is too long for ${title}, and nothing reaches the agent`, async () => {
      assert.equal((await send(byPrincipal("a".repeat(longest)), policy)).statusCode, 200);
      plane.requests.length = 0;
      for (const name of ["a".repeat(longest + 1), "é".repeat(longest / 4), "half \ud83e of a fox"]) {
        const { statusCode, body } = await send(byPrincipal(name), policy);
        assert.equal(statusCode, 403);
        assert.equal((JSON.parse(body) as { error: { code: string } }).error.code, "CALLER_NAME_INVALID");
      }
      assert.equal(plane.requests.length, 0);
    });
  }

  it("has no limit on the name as a hash", async () => {
    const { statusCode } = await send(byPrincipal("a".repeat(5000)), { callerHeader: { name: "C", value: "hash" } });
    assert.equal(statusCode, 200);
  });
});
