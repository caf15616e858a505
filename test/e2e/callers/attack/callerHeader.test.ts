import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { DOOR_NAMES, type DoorName } from "../../../../contract/wire/doors";
import { sign } from "../../../../local/aws/iam/sigv4";
import { rawStatus, sendRaw } from "../../../support/http/raw";
import { Tokens } from "../../../support/http/tokens";
import { stackFile } from "../../../support/local/frontDoor";
import { LocalFrontDoor } from "../../../support/local/localFrontDoor";
import { OwnAgent, type Received } from "../../../support/local/ownAgent";
import { FORGED, framed, TRIES, type Try } from "./headerTries";

const PREFIX = "x-amzn-bedrock-agentcore-runtime-custom-";
const USER_ID = "x-amzn-bedrock-agentcore-runtime-user-id";
/** Headers whose values are a client's: the agent is told so. */
const OF_CLIENTS = [`${PREFIX}tenant`, "tracestate", "baggage", "x-amzn-trace-id"];
const ARN = "arn:aws:sts::123456789012:assumed-role/agent-client";
const SUBJECT = "subject-7f3a";
const COMMON = { callerHeader: { name: "Caller" }, runtimeUserId: true, headerMap: { "X-Tenant": "Tenant" } };
const EDGE = {
  doors: ["streamingUrl"],
  callers: [],
  edge: true,
  edgeAuth: "jwt",
  jwt: { issuer: "https://login.example.com/", audience: ["https://agent.example.com"] },
};

/** As CGI and WSGI compare names of headers. */
const folded = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "-");

/** The session of a request's telemetry, and its request, as OpenTelemetry's SDKs read them: the first 64 members, the last of a name wins. */
function telemetry(baggage: string): ReadonlyMap<string, string> {
  const members = baggage.split(/[ \t]*,[ \t]*/).slice(0, 64);
  return new Map(
    members.flatMap((member) => {
      const [name, ...value] = member.split("=");
      const key = decodeURIComponent((name ?? "").replaceAll("+", " ")).trim();
      return value.length > 0 ? [[key, value.join("=")] as const] : [];
    }),
  );
}

for (const [kind, changes] of Object.entries({
  "at every door with IAM": { doors: [...DOOR_NAMES], apiAuth: "iam", ...COMMON },
  "at an edge with users": { ...EDGE, ...COMMON },
})) {
  describe(`a client that forges the caller for the agent ${kind}`, () => {
    let agent: OwnAgent;
    let frontDoor: LocalFrontDoor;
    let token: string | undefined;
    before(async () => {
      agent = await OwnAgent.start((_, response) => {
        response.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: hello\n\n");
      });
      frontDoor = await LocalFrontDoor.start(["--config-file", stackFile(changes), "--agent", agent.url]);
      if ("edge" in changes) token = await Tokens.of(frontDoor.announced).issued({ sub: SUBJECT });
    });
    after(async () => {
      await frontDoor.stop();
      await agent.stop();
    });
    beforeEach(() => {
      agent.received.length = 0;
    });

    const doors: readonly DoorName[] = "edge" in changes ? ["streamingUrl"] : DOOR_NAMES;
    const caller = "edge" in changes ? SUBJECT : ARN;

    const send = async (name: DoorName, attempt: Try): Promise<string> => {
      const { url, auth } = frontDoor.door(name);
      const { origin, host, pathname } = new URL(url);
      const { lines, body } = framed(attempt);
      const query = attempt.query === undefined ? "" : `?${attempt.query}`;
      const target = `${pathname === "/" ? "" : pathname}${attempt.path ?? "/invoke"}${query}`;
      const hash = createHash("sha256")
        .update(attempt.body ?? '{"prompt":"hi"}')
        .digest("hex");
      const proof =
        auth.type === "AWS_IAM"
          ? sign({ method: "POST", url: target, headers: { host } }, auth, frontDoor.announced.credentials, hash)
          : { "x-auth-token": token ?? "", "x-amz-content-sha256": hash };
      const own = Object.entries({ host, ...proof, "content-type": "application/json", accept: "application/json" });
      const head = [...own.map(([key, text]) => `${key}: ${text}`), ...(attempt.lines ?? []), ...lines];
      return await sendRaw(origin, { target, lines: head, body });
    };

    const assertCaller = ({ headers }: Received): void => {
      const { [`${PREFIX}caller`]: header, [USER_ID]: user, baggage = "", ...others } = headers;
      assert.deepEqual([header, user], [caller, caller]);
      for (const [name, value] of Object.entries(others)) {
        assert.ok(![`${PREFIX}caller`, USER_ID].map(folded).includes(folded(name)), name);
        assert.ok(!name.includes(FORGED) && (OF_CLIENTS.includes(name) || !String(value).includes(FORGED)), name);
      }
      const seen = telemetry(String(baggage));
      assert.match(
        seen.get("front_door.request_id") ?? "none",
        /^[0-9a-f-]{36}$/,
        "the request's id reaches telemetry",
      );
      assert.equal(seen.get("session.id"), undefined);
    };

    for (const door of doors) {
      describe(door, () => {
        let served = 0;
        for (const [title, attempt] of TRIES) {
          it(title, async () => {
            const answer = await send(door, attempt);
            assert.ok(agent.received.length <= 1, "one request");
            for (const received of agent.received) assertCaller(received);
            if (agent.received.length === 0) assert.ok(rawStatus(answer) >= 400, answer);
            else served++;
            assert.ok(!answer.toLowerCase().includes(PREFIX) && !answer.includes(caller), "the client does not see it");
          });
        }

        after(`reports what reached the agent`, () => {
          console.log(`      ${served} of ${TRIES.length} tries reach the agent`);
          assert.ok(served * 3 > TRIES.length);
        });
      });
    }

    it(`are at least 60`, () => {
      assert.ok(TRIES.length >= 60, String(TRIES.length));
    });
  });
}
