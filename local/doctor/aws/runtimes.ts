import type { BedrockAgentCoreControlClient, GetAgentRuntimeResponse } from "@aws-sdk/client-bedrock-agentcore-control";
import { parseRuntimeArn } from "../../../contract/aws/arn";
import type { Settings } from "../../../contract/config/settings";
import { DEFAULT_AGENT } from "../../../contract/runtime/agents";
import { CUSTOM_HEADER_PREFIX } from "../../../contract/wire/headers";
import { fine, notChecked, wrong, type Finding } from "../finding";
import type { DoctorStack } from "../stackConfig";
import { ask, isNotFound, type Account } from "./connection";

/** An agent of the config: its runtime, and the endpoints that the doors call. */
interface Agent {
  readonly name: string;
  readonly runtimeArn: string;
  readonly qualifiers: readonly string[];
}

/** The endpoint that always exists, and follows the newest version. */
const DEFAULT_QUALIFIER = "DEFAULT";

function agentsOf({ agentRuntimeArn, qualifier, canary, agents }: Settings): readonly Agent[] {
  const agent = (
    name: string,
    runtimeArn: string,
    of: { qualifier?: string; canary?: { qualifier?: string } },
  ): Agent => ({
    name,
    runtimeArn,
    qualifiers: [
      of.qualifier ?? DEFAULT_QUALIFIER,
      ...(of.canary?.qualifier === undefined ? [] : [of.canary.qualifier]),
    ],
  });
  return [
    ...(agentRuntimeArn === "" ? [] : [agent(DEFAULT_AGENT, agentRuntimeArn, { qualifier, canary })]),
    ...Object.entries(agents).map(([name, each]) => agent(name, each.agentRuntimeArn, each)),
  ];
}

/** Whether each runtime exists, is ready, and fits what the config says of it. */
export async function checkRuntimes(account: Account, { settings, region }: DoctorStack): Promise<readonly Finding[]> {
  const agents = agentsOf(settings);
  if (agents.length === 0) return [notChecked("runtime", "The stack makes the sample agent itself.")];
  const { BedrockAgentCoreControlClient: Client } = await import("@aws-sdk/client-bedrock-agentcore-control");
  const client = new Client({ ...account, region });
  const findings = await Promise.all(agents.map((agent) => checkAgent(client, account, agent, settings)));
  return findings.flat();
}

async function checkAgent(
  client: BedrockAgentCoreControlClient,
  account: Account,
  { name, runtimeArn, qualifiers }: Agent,
  settings: Settings,
): Promise<readonly Finding[]> {
  const check = `runtime of ${name}`;
  const { accountId = "", runtimeId = "" } = parseRuntimeArn(runtimeArn) ?? {};
  if (accountId !== account.accountId)
    return [
      notChecked(check, `${runtimeArn} is of the account ${accountId}. Ask there; it must allow the doors' roles.`),
    ];
  const { GetAgentRuntimeCommand } = await import("@aws-sdk/client-bedrock-agentcore-control");
  const asked = await ask(check, "bedrock-agentcore:GetAgentRuntime", () =>
    client.send(new GetAgentRuntimeCommand({ agentRuntimeId: runtimeId })),
  );
  if ("finding" in asked)
    return [
      isNotFound(asked.error)
        ? wrong(check, `${runtimeArn} does not exist.`, "Set the ARN of a runtime of this account and region.")
        : asked.finding,
    ];
  const runtime = asked.answer;
  return [
    checkStatus(check, runtime),
    checkInboundAuth(name, runtime, settings),
    checkProtocol(name, runtime),
    checkHeaders(name, runtime, settings),
    ...(await Promise.all(qualifiers.map((qualifier) => checkEndpoint(client, name, runtimeId, qualifier)))),
  ];
}

function checkStatus(
  check: string,
  { status, failureReason, agentRuntimeVersion = "" }: GetAgentRuntimeResponse,
): Finding {
  if (status === "READY") return fine(check, `READY, version ${agentRuntimeVersion}`);
  return wrong(
    check,
    `It is ${status ?? "without a status"}.${failureReason === undefined ? "" : ` ${failureReason}`}`,
    "Wait until it is READY, or deploy the agent again.",
  );
}

function checkInboundAuth(
  name: string,
  { authorizerConfiguration }: GetAgentRuntimeResponse,
  { runtimeAuth }: Settings,
): Finding {
  const check = `inbound auth of ${name}`;
  const accepts = authorizerConfiguration === undefined ? "sigv4" : "oauth";
  if (accepts === runtimeAuth) return fine(check, `${accepts}, as \`runtimeAuth\` says`);
  return wrong(
    check,
    `The runtime accepts ${accepts === "oauth" ? "bearer tokens (it has a JWT authorizer)" : "IAM signatures only"}, and \`runtimeAuth\` is ${runtimeAuth}: each call would fail with 403.`,
    `Set \`runtimeAuth\` to ${accepts}.`,
  );
}

/** The doors speak the HTTP contract of a runtime. AG-UI is the same on the wire. */
function checkProtocol(name: string, { protocolConfiguration }: GetAgentRuntimeResponse): Finding {
  const check = `protocol of ${name}`;
  const protocol = protocolConfiguration?.serverProtocol ?? "HTTP";
  return protocol === "HTTP" || protocol === "AGUI"
    ? fine(check, protocol)
    : wrong(
        check,
        `The runtime speaks ${protocol}, and a door sends HTTP requests to /invocations.`,
        "Name a runtime with the protocol HTTP.",
      );
}

/** A custom header that is not in the runtime's list does not reach the agent. */
function checkHeaders(
  name: string,
  { requestHeaderConfiguration }: GetAgentRuntimeResponse,
  { headerMap, callerHeader }: Settings,
): Finding {
  const check = `headers of ${name}`;
  const wanted = [...Object.values(headerMap), ...(callerHeader.name === undefined ? [] : [callerHeader.name])].map(
    (suffix) => `${CUSTOM_HEADER_PREFIX}${suffix}`,
  );
  if (wanted.length === 0) return notChecked(check, "The config passes on no custom header.");
  const list = requestHeaderConfiguration as { readonly requestHeaderAllowlist?: readonly string[] } | undefined;
  const allowed = (list?.requestHeaderAllowlist ?? []).map((header) => header.toLowerCase());
  const missing = wanted.filter((header) => !allowed.includes(header.toLowerCase()));
  return missing.length === 0
    ? fine(check, wanted.join(", "))
    : wrong(
        check,
        `The runtime does not allow ${missing.join(", ")}, so the agent never sees them.`,
        "Add them to the runtime's requestHeaderAllowlist.",
      );
}

async function checkEndpoint(
  client: BedrockAgentCoreControlClient,
  name: string,
  runtimeId: string,
  qualifier: string,
): Promise<Finding> {
  const check = `endpoint ${qualifier} of ${name}`;
  const { GetAgentRuntimeEndpointCommand } = await import("@aws-sdk/client-bedrock-agentcore-control");
  const asked = await ask(check, "bedrock-agentcore:GetAgentRuntimeEndpoint", () =>
    client.send(new GetAgentRuntimeEndpointCommand({ agentRuntimeId: runtimeId, endpointName: qualifier })),
  );
  if ("finding" in asked)
    return isNotFound(asked.error)
      ? wrong(check, "There is no such endpoint.", "Make the endpoint, or name another in `qualifier`.")
      : asked.finding;
  const { status, liveVersion = "" } = asked.answer;
  return status === "READY"
    ? fine(check, `READY, version ${liveVersion}`)
    : wrong(check, `It is ${status ?? "without a status"}.`, "Wait until it is READY.");
}
