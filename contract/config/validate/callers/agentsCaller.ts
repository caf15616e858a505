import { CUSTOM_HEADERS } from "../../../aws/limits";
import { CUSTOM_HEADER_PREFIX, foldedHeader } from "../../../wire/headers";
import { runtimeHeader, type PolicyConfig } from "../../keys/policy";
import type { Settings } from "../../settings";
import { hasNoRestDoor } from "../doors";
import { formatValue, isObject, validateBoolean, validateKnownKeys } from "../shape";

/** What follows the prefix of a runtime's header: a letter, then letters, digits, - and _. */
export const HEADER_NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;

const HEADER_VALUES: readonly unknown[] = ["subject", "hash"];

/** Validates what the agent learns of the caller. */
export function* validateAgentsCaller(config: PolicyConfig): Generator<string> {
  const { callerHeader = {}, runtimeUserId = false, headerMap, runtimeAuth } = config;
  yield* validateBoolean("runtimeUserId", runtimeUserId);
  if (runtimeUserId && runtimeAuth === "oauth") {
    yield "`runtimeUserId` is true and `runtimeAuth` is oauth, but AgentCore ignores a user id in a call with a bearer token: the token names the user (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html). Set `runtimeUserId` to false, or `runtimeAuth` to sigv4.";
  }
  if (isObject(callerHeader)) yield* validateCallerHeader(callerHeader, isObject(headerMap) ? headerMap : {});
  else yield `\`callerHeader\` is ${formatValue(callerHeader)}. Use { name, value }, or {} for none.`;
}

function* validateCallerHeader(
  header: Readonly<Record<string, unknown>>,
  headerMap: Readonly<Record<string, unknown>>,
): Generator<string> {
  if (Object.keys(header).length === 0) return;
  yield* validateKnownKeys("callerHeader", header, ["name", "value"]);
  const { name, value = "subject" } = header;
  if (!HEADER_VALUES.includes(value)) {
    yield `\`callerHeader.value\` is ${formatValue(value)}. Use subject, or hash.`;
  }
  const full = typeof name === "string" ? runtimeHeader(name) : "";
  const bare = full.slice(CUSTOM_HEADER_PREFIX.length);
  if (!HEADER_NAME.test(bare) || foldedHeader(bare).startsWith("x-amz") || full.length > CUSTOM_HEADERS.nameLength) {
    yield `\`callerHeader.name\` is ${formatValue(name)}. Use the name that follows ${CUSTOM_HEADER_PREFIX}, such as Caller: letters, digits, - and _, a letter first, not x-amz, ${CUSTOM_HEADERS.nameLength} characters in all.`;
    return;
  }
  const targets = Object.entries(headerMap);
  const [taken] =
    targets.find(
      ([, runtime]) => typeof runtime === "string" && foldedHeader(runtimeHeader(runtime)) === foldedHeader(full),
    ) ?? [];
  if (taken !== undefined) {
    yield `\`headerMap.${taken}\` is ${formatValue(headerMap[taken])}, which is the header of \`callerHeader.name\`, ${formatValue(name)}, to an agent that does not tell - from _ or upper from lower case. A client could set the caller. Use another name.`;
  }
  if (targets.length === CUSTOM_HEADERS.max) {
    yield `\`headerMap\` has ${targets.length} entries, and \`callerHeader\` is one more. AgentCore passes on at most ${CUSTOM_HEADERS.max} headers; remove one.`;
  }
}

/** Validates that some door of the stack knows its callers. Behind a public edge without users all are anonymous. */
export function* validateKnownCallers(settings: Settings): Generator<string> {
  const { callerHeader, runtimeUserId, doors, edge, edgeAuth } = settings;
  const set = isObject(callerHeader) && Object.keys(callerHeader).length > 0 ? "callerHeader" : "runtimeUserId";
  const anonymous = edge && edgeAuth === "none" && hasNoRestDoor(doors);
  if (anonymous && (set === "callerHeader" || runtimeUserId)) {
    yield `\`${set}\` is set, but every caller of this stack is anonymous: the only door is behind \`edge\`, and \`edgeAuth\` is none. Set \`edgeAuth\` to jwt or cognito, or remove \`${set}\`.`;
  }
}
