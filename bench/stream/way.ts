import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { BedrockAgentCoreClient, InvokeAgentRuntimeCommand } from "@aws-sdk/client-bedrock-agentcore";
import { doorPolicy } from "../../contract/config/policy";
import { streamingHandler } from "../../functions/handler/streamingHandler";

// A process: one way from a client to the agent. A request is `/<prompt>`; the message `use` asks for time and memory.

export interface Use {
  /** CPU time so far, milliseconds. */
  readonly cpu: number;
  /** Resident memory now, and its peak since the last question, MiB. */
  readonly now: number;
  readonly peak: number;
}

const RUNTIME_ARN = "arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/agent-abcdefghij";
const [way] = process.argv.slice(2);

Object.assign(globalThis, {
  awslambda: {
    HttpResponseStream: {
      from: (response: ServerResponse, prelude: { statusCode: number; headers: Record<string, string> }) =>
        response.writeHead(prelude.statusCode, prelude.headers),
    },
  },
});

/** The door of this project. */
function door(): (prompt: string, response: ServerResponse) => Promise<void> {
  const handler = streamingHandler({
    defaultAgent: { runtimeArn: RUNTIME_ARN, qualifier: "DEFAULT", canary: undefined },
    agents: new Map(),
    region: "us-east-1",
    stopSession: true,
    door: "streamingApi",
    marginMs: 1000,
    policy: doorPolicy({}),
  });
  return async (prompt, response) => {
    const event = {
      resource: "/invoke",
      path: "/invoke",
      httpMethod: "POST",
      headers: {},
      body: JSON.stringify({ prompt }),
      isBase64Encoded: false,
      requestContext: { identity: { userArn: "arn:aws:iam::111122223333:user/u" }, stage: "live" },
    };
    const context = { awsRequestId: "bench", getRemainingTimeInMillis: () => 900_000 };
    await handler(event, response as unknown as awslambda.HttpResponseStream, context);
  };
}

/** The SDK alone: its stream is piped into the answer. */
function sdk(): (prompt: string, response: ServerResponse) => Promise<void> {
  const client = new BedrockAgentCoreClient({ region: "us-east-1" });
  return async (prompt, response) => {
    const { contentType = "", response: body } = await client.send(
      new InvokeAgentRuntimeCommand({
        agentRuntimeArn: RUNTIME_ARN,
        contentType: "application/json",
        accept: "text/event-stream",
        payload: Buffer.from(JSON.stringify({ prompt })),
      }),
    );
    response.writeHead(200, { "Content-Type": contentType });
    await pipeline(body as unknown as NodeJS.ReadableStream, response);
  };
}

const serve = way === "door" ? door() : sdk();
const resident = () => process.memoryUsage.rss() / 1024 / 1024;
let peak = 0;
setInterval(() => {
  peak = Math.max(peak, resident());
}, 10);
const server = createServer((request, response) => {
  request.resume();
  void serve(request.url?.slice(1) ?? "", response);
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  process.send?.({ cpu: (user + system) / 1000, now: resident(), peak } satisfies Use);
  peak = 0;
});
process.on("disconnect", () => process.exit());
