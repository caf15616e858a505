import type { IncomingMessage, ServerResponse } from "node:http";
import { endpointArn, parseRuntimeArn } from "../../../contract/aws/arn";
import type { RuntimeAuth } from "../../../contract/runtime/doorPolicy";
import { CUSTOM_HEADER_PREFIX, RUNTIME_SESSION_HEADER } from "../../../contract/wire/headers";
import { CUSTOM_HEADERS, USER_ID_LENGTH } from "../../../contract/aws/limits";
import { SESSION_ID_LENGTH } from "../../../contract/wire/sessionId";
import { close, listen, readBody, sendJson, type Listening } from "../http";
import type { Graph } from "../../program/graph";
import type { Iam } from "../iam/iam";
import type { OnLog } from "../log";
import { authorize, type Refused } from "./authorize";
import { forward } from "./forward";
import { ResourcePolicies } from "./resourcePolicies";
import { Sessions } from "./sessions";

const USER_ID_HEADER = "x-amzn-bedrock-agentcore-runtime-user-id";

/** https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html */
const MAX_PAYLOAD_BYTES = 100_000_000;
const OPERATION = /^\/runtimes\/([^/?]+)\/(invocations|stopruntimesession)(?:\?(.*))?$/;
const ACTIONS = {
  invocations: "bedrock-agentcore:InvokeAgentRuntime",
  stopruntimesession: "bedrock-agentcore:StopRuntimeSession",
} as const;

/**
 * The AgentCore data plane in front of one agent. It checks the authorization of InvokeAgentRuntime and StopRuntimeSession, and then calls
 * `POST /invocations` of the container contract. One agent process serves all runtimes and sessions.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-http-protocol-contract.html
 */
export class AgentCore {
  private readonly sessions = new Sessions();
  private listening: Listening | undefined;

  private constructor(
    private readonly agentUrl: string,
    private readonly runtimeAuth: RuntimeAuth,
    private readonly iam: Iam,
    private readonly policies: ResourcePolicies,
    private readonly onLog: OnLog,
  ) {}

  /**
   * @param agentUrl base URL of the agent, without `/invocations`
   * @param runtimeAuth what the runtimes accept; they are not part of the stack
   * @param onLog receives one line per request: operation, runtime, endpoint, and the exception of a refusal
   */
  static async start(
    agentUrl: string,
    runtimeAuth: RuntimeAuth,
    iam: Iam,
    graph: Graph,
    onLog: OnLog,
  ): Promise<AgentCore> {
    const plane = new AgentCore(agentUrl, runtimeAuth, iam, new ResourcePolicies(graph), onLog);
    plane.listening = await listen((request, response) => plane.serve(request, response), 0, "processes");
    return plane;
  }

  get url(): string {
    return this.listening?.origin ?? "";
  }

  async stop(): Promise<void> {
    if (this.listening) await close(this.listening);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = "", method = "" } = request;
    const { body } = await readBody(request, MAX_PAYLOAD_BYTES);
    const [, label = "", operation, query = ""] = OPERATION.exec(url) ?? [];
    const runtimeArn = decodeURIComponent(label);
    const runtime = parseRuntimeArn(runtimeArn);
    if (method !== "POST" || !runtime || !operation) {
      refuse(response, [404, "ResourceNotFoundException", "No such operation or runtime."]);
      return;
    }
    if (!body) {
      refuse(response, [400, "ValidationException", "The payload is larger than 100 MB."]);
      return;
    }
    const qualifier = new URLSearchParams(query).get("qualifier") ?? "DEFAULT";
    const refused =
      authorize(request, body, this.runtimeAuth, this.iam, this.policies, {
        region: runtime.region,
        actions: actionsOf(operation as keyof typeof ACTIONS, request),
        resources: [runtimeArn, endpointArn(runtimeArn, qualifier)],
      }) ?? headerFault(request);
    const line = `${operation} ${runtime.runtimeId} ${qualifier}${refused ? ` refused: ${refused[1]}` : ""}`;
    this.onLog(line, refused ? "news" : "detail");
    if (refused) {
      refuse(response, refused);
      return;
    }
    const session = String(request.headers[RUNTIME_SESSION_HEADER.toLowerCase()]);
    if (operation === "invocations") {
      await this.sessions.within(session, response, () => forward(request, response, body, this.agentUrl, session));
    } else if (this.sessions.stop(session)) {
      sendJson(response, 200, {}, { [RUNTIME_SESSION_HEADER]: session });
    } else {
      refuse(response, [404, "ResourceNotFoundException", "No such session."]);
    }
  }
}

/** A call with a user id needs a second right. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html */
function actionsOf(operation: keyof typeof ACTIONS, { headers }: IncomingMessage): string[] {
  const forUser = operation === "invocations" && headers[USER_ID_HEADER] !== undefined;
  return [ACTIONS[operation], ...(forUser ? [`${ACTIONS.invocations}ForUser`] : [])];
}

function headerFault({ headers }: IncomingMessage): Refused | undefined {
  const session = headers[RUNTIME_SESSION_HEADER.toLowerCase()];
  if (typeof session !== "string" || session.length < SESSION_ID_LENGTH.min || session.length > 256) {
    return [400, "ValidationException", "The runtime session id must have 33 to 256 characters."];
  }
  const userId = headers[USER_ID_HEADER];
  if (userId !== undefined && (userId.length === 0 || userId.length > USER_ID_LENGTH)) {
    return [400, "ValidationException", `The user id must have 1 to ${USER_ID_LENGTH} characters.`];
  }
  const custom = Object.entries(headers).filter(([name]) => name.startsWith(CUSTOM_HEADER_PREFIX.toLowerCase()));
  if (
    custom.length > CUSTOM_HEADERS.max ||
    custom.some(([, value]) => String(value).length > CUSTOM_HEADERS.valueBytes)
  ) {
    return [400, "ValidationException", "A runtime accepts 20 custom headers of 4 KB each."];
  }
  return undefined;
}

function refuse(response: ServerResponse, [status, type, message, headers]: Refused): void {
  sendJson(response, status, { message }, { "x-amzn-ErrorType": type, ...headers });
}
