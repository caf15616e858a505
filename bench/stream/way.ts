import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import { BedrockAgentCoreClient, InvokeAgentRuntimeCommand } from "@aws-sdk/client-bedrock-agentcore";

// A process: one way from a client to the agent. A request is `/<prompt>`; the message `use` asks for time and memory.

export interface Use {
  /** CPU time so far, milliseconds. */
  readonly cpu: number;
  /** Resident memory now, and its peak since the last question, MiB. */
  readonly now: number;
  readonly peak: number;
}

type Serve = (prompt: string, response: ServerResponse) => Promise<void>;

/** `door` or `sdk`, and the folder of the door's bundle. */
const [way, folder = ""] = process.argv.slice(2);

/** The door of this project, as it is bundled for Lambda. */
async function door(): Promise<Serve> {
  Object.assign(globalThis, {
    awslambda: {
      streamifyResponse: (handler: unknown) => handler,
      HttpResponseStream: {
        from: (
          response: ServerResponse,
          { statusCode, headers }: { statusCode: number; headers: Record<string, string> },
        ) => response.writeHead(statusCode, headers),
      },
    },
  });
  const { handler } = (await import(pathToFileURL(join(folder, "index.mjs")).href)) as {
    handler: (event: unknown, response: ServerResponse, context: unknown) => Promise<void>;
  };
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
    await handler(event, response, { awsRequestId: "bench", getRemainingTimeInMillis: () => 900_000 });
  };
}

/** The SDK alone: its stream is piped into the answer. */
function sdk(): Serve {
  const client = new BedrockAgentCoreClient({ region: "us-east-1" });
  return async (prompt, response) => {
    const { contentType = "", response: body } = await client.send(
      new InvokeAgentRuntimeCommand({
        agentRuntimeArn: process.env["AGENT_RUNTIME_ARN"],
        contentType: "application/json",
        accept: "text/event-stream",
        payload: Buffer.from(JSON.stringify({ prompt })),
      }),
    );
    response.writeHead(200, { "Content-Type": contentType });
    await pipeline(body as unknown as NodeJS.ReadableStream, response);
  };
}

const resident = () => process.memoryUsage.rss() / 1024 / 1024;
let peak = 0;
setInterval(() => {
  peak = Math.max(peak, resident());
}, 10);
const server = createServer((request, response) => {
  request.resume();
  void serving.then((serve) => serve(request.url?.slice(1) ?? "", response));
});
const serving = way === "door" ? door() : Promise.resolve(sdk());
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  process.send?.({ cpu: (user + system) / 1000, now: resident(), peak } satisfies Use);
  peak = 0;
});
process.on("disconnect", () => process.exit());
