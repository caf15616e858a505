import assert from "node:assert/strict";
import type { Credentials, DoorName } from "../../../contract/wire/doors";
import { stackFile } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";

const DOORS = ["streamingUrl", "streamingApi"] as const;
const HEADERS = { "content-type": "application/json", accept: "application/json" };

const PERSON = "AWSReservedSSO_Admin_0123456789abcdef";
const CALLERS = [
  "arn:aws:iam::123456789012:role/agent-client",
  "arn:aws:iam::123456789012:role/other-client",
  `arn:aws:iam::123456789012:role/${PERSON}`,
  "arn:aws:iam::123456789012:user/ann",
];
const session = (role: string, name: string): string => `arn:aws:sts::123456789012:assumed-role/${role}/${name}`;

const TASK = session("agent-client", "0a1b2c3d");
const REPLACEMENT = session("agent-client", "ffffffff");
const OTHER_ROLE = session("other-client", "0a1b2c3d");
const PEOPLE = [session(PERSON, "ann@example.com"), session(PERSON, "bob@example.com")] as const;
const USER = "arn:aws:iam::123456789012:user/ann";

for (const sessionOwner of ["role", "session"] as const) {
  describe(`two role sessions of a role, with sessionOwner ${sessionOwner}`, () => {
    let frontDoor: LocalFrontDoor;
    before(async () => {
      frontDoor = await LocalFrontDoor.start([
        "--config-file",
        stackFile({ doors: [...DOORS], apiAuth: "iam", callers: CALLERS, sessionOwner }),
      ]);
    });
    after(async () => {
      await frontDoor.stop();
    });

    const credentials = new Map<string, Credentials>();
    const as = (arn: string): Credentials => {
      const known = credentials.get(arn) ?? frontDoor.addCaller(arn);
      credentials.set(arn, known);
      return known;
    };
    const ask = async (door: DoorName, arn: string, session_id: string): Promise<void> => {
      const body = JSON.stringify({ prompt: "hello", session_id });
      const response = await frontDoor.send(door, "/invoke", { body, headers: HEADERS, credentials: as(arn) });
      assert.equal(response.status, 200, await response.text());
    };
    const stop = async (door: DoorName, arn: string, id: string): Promise<number> => {
      const response = await frontDoor.send(door, `/sessions/${id}`, { method: "DELETE", credentials: as(arn) });
      await response.text();
      return response.status;
    };

    for (const door of DOORS) {
      const shares = sessionOwner === "role";

      it(`${shares ? "stop each other's session" : "do not reach each other's session"} at ${door}`, async () => {
        const id = `tasks-${door}-${"x".repeat(30)}`;
        await ask(door, TASK, id);
        assert.equal(await stop(door, REPLACEMENT, id), shares ? 200 : 404);
        assert.equal(await stop(door, TASK, id), shares ? 404 : 200);
      });

      it(`meet neither another role nor a user at ${door}`, async () => {
        const id = `others-${door}-${"x".repeat(30)}`;
        await ask(door, TASK, id);
        for (const arn of [OTHER_ROLE, USER, ...PEOPLE]) assert.equal(await stop(door, arn, id), 404, arn);
        assert.equal(await stop(door, TASK, id), 200);
      });

      it(`are two people in IAM Identity Center at ${door}`, async () => {
        const [ann, bob] = PEOPLE;
        const id = `people-${door}-${"x".repeat(30)}`;
        await ask(door, ann, id);
        assert.equal(await stop(door, bob, id), 404);
        assert.equal(await stop(door, ann, id), 200);
      });
    }

    it("have the same sessions at both doors", async () => {
      const id = `doors-${"x".repeat(40)}`;
      await ask("streamingUrl", TASK, id);
      assert.equal(await stop("streamingApi", TASK, id), 200);
    });
  });
}
