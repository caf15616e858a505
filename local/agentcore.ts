import { randomUUID } from "node:crypto";
import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { parseRuntimeArn } from "../contract/arn";
import { CUSTOM_HEADER_PREFIX, RUNTIME_SESSION_HEADER } from "../contract/headers";
import { SESSION_ID_LENGTH } from "../contract/limits";
import { close, listen, readBody, sendJson, type Listening } from "./http";
import type { Iam } from "./iam";
import { verify } from "./sigv4";

/** https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html */
const MAX_PAYLOAD_BYTES = 100_000_000;
const INVOCATIONS = /^\/runtimes\/([^/?]+)\/invocations(?:\?(.*))?$/;

/** Headers that the container gets to see. */
const FORWARDED = [
  "content-type",
  "accept",
  RUNTIME_SESSION_HEADER.toLowerCase(),
  "traceparent",
  "tracestate",
  "baggage",
];

/**
 * The AgentCore data plane in front of one agent: InvokeAgentRuntime with SigV4 and the caller's IAM rights checked, then
 * `POST /invocations` of the container contract. One agent process serves every runtime and session.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-http-protocol-contract.html
 */
export class AgentCore {
  private constructor(private readonly listening: Listening) {}

  /** @param agentUrl base URL of the agent, `/invocations` behind it */
  static async start(agentUrl: string, iam: Iam): Promise<AgentCore> {
    return new AgentCore(await listen((request, response) => serve(request, response, agentUrl, iam)));
  }

  get url(): string {
    return this.listening.origin;
  }

  async stop(): Promise<void> {
    await close(this.listening);
  }
}

async function serve(request: IncomingMessage, response: ServerResponse, agentUrl: string, iam: Iam): Promise<void> {
  const { method = "", url = "", headers } = request;
  const { body } = await readBody(request, MAX_PAYLOAD_BYTES);
  const [, label = "", query = ""] = INVOCATIONS.exec(url) ?? [];
  const runtimeArn = decodeURIComponent(label);
  const runtime = parseRuntimeArn(runtimeArn);
  if (method !== "POST" || !runtime) {
    refuse(response, 404, "ResourceNotFoundException", "No such operation or runtime.");
    return;
  }
  if (!body) {
    refuse(response, 400, "ValidationException", "The payload is larger than 100 MB.");
    return;
  }
  const scope = { service: "bedrock-agentcore", region: runtime.region };
  const verdict = verify({ method, url, headers, body }, scope, iam.lookup);
  if (!verdict.ok) {
    refuse(response, 403, "AccessDeniedException", verdict.detail);
    return;
  }
  const qualifier = new URLSearchParams(query).get("qualifier") ?? "DEFAULT";
  const resources = [runtimeArn, `${runtimeArn}/runtime-endpoint/${qualifier}`];
  if (!iam.allows(verdict.accessKeyId, "bedrock-agentcore:InvokeAgentRuntime", resources)) {
    const message = `User: ${verdict.identity.arn} is not authorized to perform: bedrock-agentcore:InvokeAgentRuntime on resource: ${resources.join(" and ")}`;
    refuse(response, 403, "AccessDeniedException", message);
    return;
  }
  const session = headers[RUNTIME_SESSION_HEADER.toLowerCase()];
  if (typeof session !== "string" || session.length < SESSION_ID_LENGTH.min || session.length > 256) {
    refuse(response, 400, "ValidationException", "The runtime session id must have 33 to 256 characters.");
    return;
  }
  await forward(request, response, body, agentUrl, session);
}

async function forward(
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
  // Closing upstream when the front door hangs up stands for what AgentCore does with a session nobody listens to.
  response.on("close", () => upstream.destroy());
  await new Promise<void>((done) => {
    upstream.on("error", () => {
      if (response.headersSent) response.destroy();
      else refuse(response, 502, "RuntimeClientError", "The agent cannot be reached.");
      done();
    });
    upstream.on("response", (answer) => {
      const status = answer.statusCode ?? 502;
      if (status >= 300) {
        answer.resume();
        const message = `Received error (${String(status)}) from runtime. Please check your CloudWatch logs for more information`;
        refuse(response, 424, "RuntimeClientError", message);
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

function refuse(response: ServerResponse, status: number, type: string, message: string): void {
  sendJson(response, status, { message }, { "x-amzn-ErrorType": type });
}
