import assert from "node:assert/strict";
import { LARGEST_READ } from "../../../functions/answer/agentEvents";
import { harmlessEvents } from "../../contract/wire/dialects/harmless";
import { NONE, SECRET, WHOLE } from "../../contract/wire/dialects/wholeAnswers";
import { handlerSettings } from "../../support/handlers/handlers";
import { restEvent, withDoors, type Collected } from "../../support/handlers/withDoors";
import { cut } from "../../support/http/sse";

describe("an answer that is one JSON value", () => {
  const { plane, line, streamed, collected } = withDoors();

  const answers = (type: string, ...chunks: readonly (string | Buffer)[]): void => {
    plane.answer = (response) => {
      response.writeHead(200, { "Content-Type": type });
      for (const chunk of chunks) response.write(chunk);
      response.end();
    };
  };

  for (const failure of WHOLE) {
    const json = JSON.stringify(failure);
    it(`is a failure at every door, and its text stays inside: ${json}`, async () => {
      for (const [type, before] of [
        ["application/json", ""],
        ["application/json; charset=utf-8", "\ufeff \r\n"],
        ["application/vnd.agent+json", ""],
      ] as const) {
        const bytes = Buffer.from(before + json);
        answers(type, bytes.subarray(0, 1), bytes.subarray(1, -1), bytes.subarray(-1));
        const { prelude, body } = await streamed(restEvent());
        for (const reply of [{ status: prelude.statusCode, body }, ...(await collected())]) {
          assert.equal(reply.status, 502);
          assert.match(reply.body, /^\{"error":\{"code":"AGENT_ERROR"/);
          assert.ok(!reply.body.includes(SECRET));
        }
        assert.deepEqual([line()["level"], line()["code"], line()["errors"]], ["ERROR", "AGENT_ERROR", 1]);
      }
    });
  }

  it("is an answer if it only contains the word, and passes byte-identical: 240 events and more", async () => {
    const texts = [...harmlessEvents(), ...NONE.map((value) => JSON.stringify(value))];
    assert.ok(texts.length > 250);
    for (const text of texts) {
      const bytes = Buffer.from(` ${text}\n`);
      answers("application/json", bytes.subarray(0, 3), bytes.subarray(3));
      const { prelude, body } = await streamed(restEvent());
      assert.deepEqual([prelude.statusCode, body, line()["code"]], [200, bytes.toString(), undefined], text);
      for (const reply of await collected()) {
        assert.equal(reply.status, 200, text);
        assert.ok(reply.body.includes(`"response":${bytes.toString()}`), text);
      }
    }
  });

  it("is an answer, and byte-identical, wherever it is cut", async () => {
    const bytes = Buffer.from('\ufeff{"error":"grün","answer":"gelb"}');
    for (let at = 0; at <= bytes.length; at++) {
      answers("application/json", ...cut(bytes, [at]));
      assert.equal((await streamed(restEvent())).body, bytes.toString());
    }
  });

  it("of another type is none of a dialect", async () => {
    for (const type of ["text/plain", "text/html", "application/octet-stream"]) {
      answers(type, JSON.stringify({ error: SECRET }));
      const { prelude, body } = await streamed(restEvent());
      assert.deepEqual([prelude.statusCode, body], [200, JSON.stringify({ error: SECRET })]);
    }
  });

  it("is not held if it is too large to be read", async () => {
    const text = JSON.stringify({ error: "x".repeat(LARGEST_READ) });
    answers("application/json", text);
    const { prelude, body } = await streamed(restEvent());
    assert.equal(prelude.statusCode, 200);
    assert.ok(body === text);
  });

  it("that breaks off is a 502, because nothing was sent", async () => {
    plane.answer = (response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.write('{"answer":', () => response.destroy());
    };
    const { prelude, body } = await streamed(restEvent());
    assert.equal(prelude.statusCode, 502);
    assert.match(body, /"code":"AGENT_ERROR"/);
  });
});

describe("an answer that is one JSON value, with agentErrors: pass", () => {
  const { plane, line, streamed, collected } = withDoors(handlerSettings({ agentErrors: "pass" }));

  for (const failure of WHOLE) {
    const json = JSON.stringify(failure);
    it(`streams as it is, and counts as a failure: ${json}`, async () => {
      plane.answer = (response) => {
        response.writeHead(200, { "Content-Type": "application/json" });
        response.end(json);
      };
      const { prelude, body } = await streamed(restEvent());
      assert.deepEqual([prelude.statusCode, body], [200, json]);
      assert.deepEqual([line()["level"], line()["code"], line()["errors"]], ["ERROR", "AGENT_ERROR", 1]);
      for (const { status } of await collected()) assert.equal(status, 502);
    });
  }

  it("streams an answer as it is", async () => {
    plane.answer = (response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end('{"answer":"error"}');
    };
    assert.equal((await streamed(restEvent())).body, '{"answer":"error"}');
    assert.deepEqual([line()["level"], line()["code"]], ["INFO", undefined]);
    const [one] = await collected();
    assert.deepEqual((JSON.parse(one?.body ?? "") as Collected).response, { answer: "error" });
  });
});
