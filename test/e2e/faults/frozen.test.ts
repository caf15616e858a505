import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { AgentFunction } from "../../../components/function/agentFunction";
import { timeouts } from "../../../contract/aws/timeouts";
import { plainGraph } from "../../../local/program/assets";
import { TYPES } from "../../../local/program/graph";
import { FunctionDouble } from "../../../local/aws/lambda/function";
import { only, record, RUNTIME_ARN } from "../../support/program/components";
import { EVENTS } from "../../support/handlers/handlers";

const ASK = EVENTS["Function URL event 2.0"]({
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ prompt: "hello" }),
});

/** Lambda freezes a sandbox between two invocations; a stopped process is as frozen. */
describe("a sandbox that was frozen", () => {
  let plane: Server;
  let fn: FunctionDouble;
  let asked = 0;
  before(async () => {
    plane = createServer((request, response) => {
      asked++;
      request.resume();
      response.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: ok\n\n");
    }).listen(0, "127.0.0.1");
    await once(plane, "listening");
    const recorded = await record(false, () => {
      const plan = timeouts("streaming", 60);
      new AgentFunction("agent", {
        agentRuntimeArn: RUNTIME_ARN,
        door: "streamingUrl",
        entry: "streaming",
        timeouts: plan,
      });
    });
    const graph = await plainGraph(recorded);
    fn = await FunctionDouble.deploy(only(graph, TYPES.function), {
      region: "us-east-1",
      credentials: { accessKeyId: "AKIDTEST", secretAccessKey: "secret" },
      agentCoreUrl: `http://127.0.0.1:${(plane.address() as AddressInfo).port}`,
      onLog: () => undefined,
    });
  });
  after(async () => {
    await fn.stop();
    plane.close();
  });

  const ask = async (): Promise<string> => {
    const outcome = await fn.invoke(ASK);
    assert.equal(outcome.kind, "stream");
    return "body" in outcome && typeof outcome.body !== "string"
      ? await text(outcome.body as NodeJS.ReadableStream)
      : "";
  };

  it("does not send a prompt into a connection that was closed meanwhile", async () => {
    assert.match(await ask(), /"statusCode":200[^]*data: ok/);
    const { stdout } = await promisify(execFile)("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)]);
    const pid = Number(
      stdout
        .split("\n")
        .find((line) => line.includes("aws-lambda-ric"))
        ?.trim()
        .split(" ")[0],
    );
    for (let round = 0; round < 5; round++) {
      process.kill(pid, "SIGSTOP");
      // As AgentCore closes an idle connection while nobody is there to notice.
      plane.closeIdleConnections();
      const answering = ask();
      process.kill(pid, "SIGCONT");
      assert.match(await answering, /"statusCode":200[^]*data: ok/);
    }
    assert.equal(asked, 6, "each prompt was sent once");
  });
});
