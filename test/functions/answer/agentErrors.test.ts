import assert from "node:assert/strict";
import { handlerSettings } from "../../support/handlers/handlers";
import { restEvent, withDoors } from "../../support/handlers/withDoors";
import { CAPTURES, FAILURES, streamOf } from "../../contract/wire/dialects/captures";

describe("agentErrors: pass", () => {
  const { plane, line, streamed, collected } = withDoors(handlerSettings({ agentErrors: "pass" }));

  for (const [dialect, event] of FAILURES) {
    it(`passes on what the agent says, and counts it: ${JSON.stringify(event)}`, async () => {
      const before = Object.values(CAPTURES).find((capture) => capture.dialect === dialect);
      const bytes = Buffer.from(`\ufeff${streamOf([...(before?.events ?? []), event, { text: "after" }])}`);
      for (const at of [bytes.length, bytes.length - 30]) {
        plane.streams(bytes.subarray(0, at), bytes.subarray(at));
        const { body } = await streamed(restEvent());
        assert.equal(body, bytes.toString());
        assert.deepEqual([line()["level"], line()["code"], line()["errors"]], ["ERROR", "AGENT_ERROR", 1]);
      }
      for (const { status, body } of await collected()) {
        assert.equal(status, 502);
        assert.match(body, /^\{"error":\{"code":"AGENT_ERROR"/);
      }
    });
  }

  it("passes on a large failure and an error after which the agent goes on", async () => {
    const error = { type: "afterModelCallEvent", error: { message: "busy" } };
    for (const events of [
      [{ error: "x".repeat(2_500_000), error_type: "E" }],
      [{ type: "beforeModelCallEvent" }, error],
    ]) {
      const bytes = Buffer.from(streamOf(events));
      plane.streams(bytes.subarray(0, 1_300_000), bytes.subarray(1_300_000));
      const { body } = await streamed(restEvent());
      assert.ok(body === bytes.toString());
    }
  });

  it("says nothing after a failure if the agent then breaks off: clients of AG-UI accept no event after it", async () => {
    const text = streamOf([{ type: "RUN_STARTED" }, { type: "RUN_ERROR", message: "x" }]);
    plane.answer = (response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write(text, () => response.destroy());
    };
    const { body } = await streamed(restEvent());
    assert.equal(body, text);
    assert.deepEqual([line()["level"], line()["code"]], ["ERROR", "AGENT_ERROR"]);
  });

  it("still says that an agent broke off", async () => {
    plane.answer = (response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write('data: "a"\n\n', () => response.destroy());
    };
    const { body } = await streamed(restEvent());
    assert.match(body, /^data: "a"\n\nevent: error\ndata: .*AGENT_ERROR/);
  });
});
