import assert from "node:assert/strict";
import { DOOR_NAMES, isRestDoor, type Credentials, type DoorName } from "../../../contract/wire/doors";
import { readCaller } from "../../../local/cli/callers";
import { stackFile } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { OwnAgent } from "../../support/local/ownAgent";

const HEADERS = { "content-type": "application/json", accept: "application/json" };
const SESSION_HEADER = "x-amzn-bedrock-agentcore-runtime-session-id";

const PERSON = "AWSReservedSSO_Admin_0123456789abcdef";
const POOL = "pool-users";
const iam = (name: string): string => `arn:aws:iam::123456789012:${name}`;
const session = (role: string, name: string): string => `arn:aws:sts::123456789012:assumed-role/${role}/${name}`;
const poolUser = (role: string, digit: number): string =>
  `${session(role, "CognitoIdentityCredentials")}#us-east-1:${String(digit).repeat(8)}-0000-0000-0000-000000000000`;

const TASK = session("agent-client", "0a1b2c3d");
const REPLACEMENT = session("agent-client", "ffffffff");
const OTHER_ROLE = session("other-client", "0a1b2c3d");
const PEOPLE = [session(PERSON, "ann@example.com"), session(PERSON, "bob@example.com")] as const;
const USER = iam("user/ann");
const FEDERATED = "arn:aws:sts::123456789012:federated-user/ann";
const POOL_USERS = [poolUser(POOL, 1), poolUser(POOL, 2), poolUser("other-pool", 1)] as const;

/** The account: `callers` names no federated users. */
const CALLERS = ["123456789012"];

for (const sessionOwner of ["role", "session"] as const) {
  describe(`the owners of sessions, with sessionOwner ${sessionOwner}`, () => {
    let agent: OwnAgent;
    let frontDoor: LocalFrontDoor;
    before(async () => {
      agent = await OwnAgent.start((_, response) => {
        response.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: hello\n\n");
      });
      const stack = stackFile({ doors: [...DOOR_NAMES], apiAuth: "iam", callers: CALLERS, sessionOwner });
      // The pack refuses a whole account as caller.
      frontDoor = await LocalFrontDoor.start(["--config-file", stack, "--agent", agent.url], { policies: false });
    });
    after(async () => {
      await agent.stop();
      await frontDoor.stop();
    });

    const credentials = new Map<string, Credentials>();
    /** Credentials of a caller, in the form of `npm start -- --caller`. */
    const as = (caller: string): Credentials => {
      const { arn, poolUser: user } = readCaller(caller);
      const known = credentials.get(caller) ?? frontDoor.addCaller(arn, user);
      credentials.set(caller, known);
      return known;
    };
    const send = async (door: DoorName, caller: string, session_id: string): Promise<Response> => {
      const body = JSON.stringify({ prompt: "hello", session_id });
      return await frontDoor.send(door, "/invoke", { body, headers: HEADERS, credentials: as(caller) });
    };
    /** The runtime's session in which the agent runs a caller's prompt. */
    const ask = async (door: DoorName, caller: string, id: string): Promise<string> => {
      agent.received.length = 0;
      const response = await send(door, caller, id);
      assert.equal(response.status, 200, await response.text());
      return String(agent.received[0]?.headers[SESSION_HEADER]);
    };
    const stop = async (door: DoorName, caller: string, id: string): Promise<number> => {
      const response = await frontDoor.send(door, `/sessions/${id}`, { method: "DELETE", credentials: as(caller) });
      await response.text();
      return response.status;
    };

    for (const door of DOOR_NAMES) {
      const shares = sessionOwner === "role";
      const users = isRestDoor(door) ? POOL_USERS : [];

      it(`${shares ? "two role sessions continue one conversation and stop it" : "two role sessions do not meet"} at ${door}`, async () => {
        const id = `tasks-${door}-${"x".repeat(30)}`;
        const first = await ask(door, TASK, id);
        assert.equal((await ask(door, REPLACEMENT, id)) === first, shares);
        assert.equal(await ask(door, TASK, id), first);
        assert.equal(await stop(door, REPLACEMENT, id), 200, "its own or the shared one");
        assert.equal(await stop(door, TASK, id), shares ? 404 : 200);
      });

      it(`no two other callers meet at ${door}`, async () => {
        const id = `others-${door}-${"x".repeat(30)}`;
        const callers = [TASK, OTHER_ROLE, USER, FEDERATED, ...PEOPLE, ...users];
        const sessions: string[] = [];
        for (const caller of callers) sessions.push(await ask(door, caller, id));
        assert.equal(new Set(sessions).size, callers.length);
        for (const caller of callers) {
          assert.equal(await stop(door, caller, id), 200, caller);
          assert.equal(await stop(door, caller, id), 404, `${caller} stops nothing of others`);
        }
      });
    }

    it("a user of an identity pool has no name at a Function URL, and is refused", async () => {
      const [caller] = POOL_USERS;
      const response = await send("streamingUrl", caller, `pool-${"x".repeat(40)}`);
      const { error } = (await response.json()) as { error: { code: string } };
      assert.deepEqual([response.status, error.code], [403, "CALLER_UNKNOWN"]);
      assert.equal(await stop("streamingUrl", caller, `pool-${"x".repeat(40)}`), 403);
    });

    it("a caller has the same sessions at all doors that know it", async () => {
      const id = `doors-${"x".repeat(40)}`;
      for (const caller of [TASK, USER, FEDERATED, ...PEOPLE]) {
        const sessions = new Set<string>();
        for (const door of DOOR_NAMES) sessions.add(await ask(door, caller, id));
        assert.equal(sessions.size, 1, caller);
        assert.equal(await stop("streamingApi", caller, id), 200);
      }
      const [user] = POOL_USERS;
      assert.equal(await ask("bufferedApi", user, id), await ask("streamingApi", user, id));
    });
  });
}
