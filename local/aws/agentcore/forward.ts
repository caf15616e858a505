import { randomUUID } from "node:crypto";
import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { CUSTOM_HEADER_PREFIX, RUNTIME_SESSION_HEADER } from "../../../contract/wire/headers";
import { sendJson } from "../http";

/** Headers that are forwarded to the container, in addition to custom ones. */
const FORWARDED = [
  "content-type",
  "accept",
  RUNTIME_SESSION_HEADER.toLowerCase(),
  "x-amzn-bedrock-agentcore-runtime-user-id",
  "x-amzn-trace-id",
  "traceparent",
  "tracestate",
  "baggage",
];

/** Forwards an invocation to the agent's `POST /invocations`, and streams its answer back. */
export async function forward(
  { headers }: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  agentUrl: string,
  session: string,
): Promise<void> {
  const custom = CUSTOM_HEADER_PREFIX.toLowerCase();
  const kept = Object.entries(headers).filter(([name]) => FORWARDED.includes(name) || name.startsWith(custom));
  const upstream = httpRequest(`${agentUrl}/invocations`, {
    method: "POST",
    headers: {
      ...Object.fromEntries(kept),
      "content-length": body.byteLength,
      "x-amzn-bedrock-agentcore-runtime-request-id": randomUUID(),
    },
  });
  // AgentCore ends the answer of a session that has no client any more; this closes the request to the agent.
  response.on("close", () => upstream.destroy());
  await new Promise<void>((done) => {
    upstream.on("error", () => {
      if (response.headersSent) response.destroy();
      else if (!response.destroyed) refuse(response, "The agent cannot be reached.");
      done();
    });
    upstream.on("response", (answer) => {
      const status = answer.statusCode ?? 502;
      if (status >= 300) {
        answer.resume();
        refuse(
          response,
          `Received error (${String(status)}) from runtime. Please check your CloudWatch logs for more information`,
        );
        done();
        return;
      }
      response.writeHead(200, {
        "Content-Type": answer.headers["content-type"] ?? "application/octet-stream",
        [RUNTIME_SESSION_HEADER]: session,
      });
      response.flushHeaders();
      answer.on("error", () => response.destroy());
      answer.on("aborted", () => response.destroy());
      response.on("close", done);
      answer.pipe(response);
    });
    upstream.end(body);
  });
}

/** https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-troubleshooting.html */
function refuse(response: ServerResponse, message: string): void {
  sendJson(response, 424, { message }, { "x-amzn-ErrorType": "RuntimeClientError" });
}
