import assert from "node:assert/strict";
import { BODY_BYTES, MAX_BODY_BYTES } from "../../../contract/aws/limits";
import { bufferedHandler } from "../../../functions/handler/bufferedHandler";
import { streamingHandler } from "../../../functions/handler/streamingHandler";
import { callStreaming, contextWith, EVENTS, handlerSettings } from "../../support/handlers/handlers";
import { withDataPlane } from "../../support/handlers/withDataPlane";

/** A body of this size with an image in base64. */
function bodyOf(bytes: number): string {
  const empty = JSON.stringify({ prompt: "What is it?", image: "" });
  return JSON.stringify({ prompt: "What is it?", image: "A".repeat(bytes - empty.length) });
}

describe("the size of a body", () => {
  const { plane } = withDataPlane();

  for (const maxBodyBytes of [undefined, BODY_BYTES.min, 4_000_000, BODY_BYTES.max]) {
    const limit = maxBodyBytes ?? MAX_BODY_BYTES;
    it(`of ${limit} bytes reaches the agent whole, and one byte more is refused at every door, base64 or not`, async () => {
      const settings = handlerSettings(maxBodyBytes === undefined ? {} : { maxBodyBytes });
      for (const [bytes, status] of [
        [limit, 200],
        [limit + 1, 413],
      ] as const) {
        const text = bodyOf(bytes);
        for (const isBase64Encoded of [false, true]) {
          const call = {
            headers: { "Content-Type": "application/json" },
            body: isBase64Encoded ? Buffer.from(text).toString("base64") : text,
            isBase64Encoded,
          };
          const buffered = await bufferedHandler(settings)(EVENTS["REST event 1.0"](call), contextWith());
          const replies = [{ status: buffered.statusCode, body: buffered.body }];
          for (const event of Object.values(EVENTS)) {
            const { prelude, body } = await callStreaming(streamingHandler(settings), event(call));
            replies.push({ status: prelude.statusCode ?? 0, body });
          }
          assert.equal(replies.length, 1 + Object.keys(EVENTS).length);
          for (const reply of replies) {
            assert.equal(reply.status, status);
            if (status === 413) assert.match(reply.body, new RegExp(`"BODY_TOO_LARGE".*It accepts ${limit} bytes`));
          }
        }
      }
      assert.ok(plane.requests.length > 0);
      for (const { body } of plane.requests) assert.ok(body === bodyOf(limit), "unchanged");
    });
  }
});
