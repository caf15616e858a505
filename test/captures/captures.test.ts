import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { failure } from "../../client/read/agentFailure";
import { FrontDoorError } from "../../client/index";
import { connectTo } from "../../local/ask/connectTo";
import { DIALECT_NAMES } from "../../contract/wire/dialects/names";
import { EVENTS } from "../support/handlers/handlers";
import { restEvent, withDoors, type Collected } from "../support/handlers/withDoors";
import { bytesOf, CANARY, RECORDED, RECORDED_FOLDER, typeOf } from "./recorded";

const urlEvent = (): object =>
  EVENTS["Function URL event 2.0"]({
    path: "/invoke",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ prompt: "hi" }),
  });

describe("what agents of real frameworks answered", () => {
  const { plane, line, streamed, collected } = withDoors();
  let door: Server;
  let answer: { type: string; bytes: Buffer } = { type: "", bytes: Buffer.alloc(0) };

  before(async () => {
    door = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { "Content-Type": answer.type, "X-Request-Id": "request-1" });
      response.end(answer.bytes);
    });
    door.listen(0, "127.0.0.1");
    await once(door, "listening");
  });
  after(() => {
    door.close();
    door.closeAllConnections();
  });

  const printed = async (): Promise<string> => {
    const target = {
      name: "streamingApi",
      url: `http://127.0.0.1:${String((door.address() as AddressInfo).port)}`,
      auth: { type: "BEARER", header: "Authorization", value: "Bearer t" },
    } as const;
    return await connectTo(target).ask("hi").text();
  };

  it("are all in the table, of every dialect but one", () => {
    const files = readdirSync(RECORDED_FOLDER).filter((file) => !/^(?:node|python)\.json$/.test(file));
    assert.deepEqual(files.sort(), Object.keys(RECORDED).sort());
    const dialects = new Set(Object.values(RECORDED).map(({ dialect }) => dialect));
    // Agents behind AgentCore yield the events of ConverseStream inside those of Strands.
    assert.deepEqual(
      DIALECT_NAMES.filter((name) => !dialects.has(name)),
      ["converse"],
    );
  });

  for (const [file, { text, isWhole, usage, status = "" }] of Object.entries(RECORDED)) {
    const bytes = bytesOf(file);
    const sent = (): void => {
      plane.answer = (response) => {
        response.writeHead(200, { "Content-Type": typeOf(file) });
        response.end(bytes);
      };
      answer = { type: typeOf(file), bytes };
    };
    const fails = text === undefined && !isWhole;

    it(`${file}: streamed as its bytes, ${fails ? "up to the failure, " : ""}at both doors`, async () => {
      sent();
      for (const event of [restEvent(), urlEvent()]) {
        const { prelude, body } = await streamed(event);
        assert.equal(prelude.statusCode, 200);
        assert.deepEqual([line()["level"], line()["code"]], fails ? ["ERROR", "AGENT_ERROR"] : ["INFO", undefined]);
        if (fails) {
          assert.doesNotMatch(body, CANARY);
          const at = body.search(/(?:event: error\n)?data: [^\n]*AGENT_ERROR/);
          const [before, last] = [body.slice(0, at), body.slice(at)];
          const kept = before.split("\n\n").filter((event) => !bytes.toString().includes(event));
          assert.deepEqual(kept, []);
          assert.match(last, /^(?:event: error\n)?data: .*lambda-request-id.*\n\n(?:data: \[DONE\]\n\n)?$/);
          assert.equal(failure(last.replace(/^.*data: |\n[^]*$/g, ""), undefined).code, "AGENT_ERROR");
        } else {
          assert.equal(body, bytes.toString());
          assert.deepEqual([line()["input_tokens"], line()["output_tokens"]], usage ?? [undefined, undefined]);
        }
      }
    });

    if (fails) {
      it(`${file}: a failure, if collected and in npm run ask`, async () => {
        sent();
        for (const { status, body } of await collected()) {
          assert.equal(status, 502);
          assert.equal((JSON.parse(body) as { error: { code: string } }).error.code, "AGENT_ERROR");
          assert.doesNotMatch(body, CANARY);
        }
        await assert.rejects(printed(), (error) => {
          assert.ok(error instanceof FrontDoorError);
          assert.deepEqual([error.code, error.requestId], ["AGENT_ERROR", "request-1"]);
          return true;
        });
      });
    } else {
      it(`${file}: its text, if collected and in npm run ask`, async () => {
        sent();
        const whole: unknown = typeOf(file) === "application/json" ? JSON.parse(bytes.toString()) : bytes.toString();
        for (const { status, body } of await collected()) {
          const { response, content_type, usage: tokens } = JSON.parse(body) as Collected;
          assert.deepEqual([status, response, content_type], [200, isWhole ? whole : text, typeOf(file)]);
          assert.deepEqual(tokens, usage && { input_tokens: usage[0], output_tokens: usage[1] });
        }
        if (!isWhole) assert.equal(await printed(), `${status}${text ?? ""}`);
      });
    }
  }
});
