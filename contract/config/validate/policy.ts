import { RE2JS } from "re2js";
import { DETECTORS } from "../../runtime/doorPolicy";
import { CUSTOM_HEADER_PREFIX } from "../../wire/headers";
import { BODY_BYTES, CORS_ORIGINS, CUSTOM_HEADERS, MAX_BODY_BYTES } from "../../aws/limits";
import { runtimeHeader, type PayloadConfig, type PolicyConfig, type RedactionConfig } from "../keys/policy";
import { validateAnswers } from "./agents/answers";
import { HEADER_NAME, validateAgentsCaller } from "./callers/agentsCaller";
import { validateHeaderFields, validateSchema } from "./fields";
import { NOT_MAPPABLE } from "./headers";
import { validateSessionOwner } from "./callers/sessionOwner";
import { isObject, isTextList, formatValue, validateInteger, validateUnique, validateKnownKeys } from "./shape";

const ACTIONS: readonly unknown[] = ["off", "mask", "reject"];
const PATTERN_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,31}$/;

/** Validates the policy of the doors. Each error names the key, the value and what is allowed. */
export function* validatePolicy(config: PolicyConfig): Generator<string> {
  const { runtimeAuth = "sigv4", headerMap = {}, payload = {}, redaction = {}, corsOrigins = [] } = config;
  if (runtimeAuth !== "sigv4" && runtimeAuth !== "oauth") {
    yield `\`runtimeAuth\` is "${runtimeAuth}". Use sigv4, or oauth for a runtime with a JWT authorizer.`;
  }
  const { maxBodyBytes = MAX_BODY_BYTES } = config;
  yield* validateInteger(
    "maxBodyBytes",
    maxBodyBytes,
    BODY_BYTES.min,
    BODY_BYTES.max,
    "the event of a Lambda function has 6 MB for the body, its escapes and the headers at every door; let clients upload what is larger to S3",
  );
  // Of an invalid limit, only its own error is shown.
  const largest = Number.isInteger(maxBodyBytes) ? Math.max(maxBodyBytes, MAX_BODY_BYTES) : BODY_BYTES.max;
  const validators = {
    headerMap: validateHeaderMap,
    payload: (value: PayloadConfig) => validatePayload(value, largest),
    redaction: validateRedaction,
  };
  for (const [key, value] of Object.entries({ headerMap, payload, redaction })) {
    if (isObject(value)) yield* validators[key as keyof typeof validators](value);
    else yield `\`${key}\` is ${formatValue(value)}. Use an object, or {} for none.`;
  }
  yield* validateHeaderFields(config);
  yield* validateCorsOrigins(corsOrigins);
  yield* validateAnswers(config);
  yield* validateSessionOwner(config);
  yield* validateAgentsCaller(config);
}

function* validateHeaderMap(headerMap: Readonly<Record<string, unknown>>): Generator<string> {
  const entries = Object.entries(headerMap);
  if (entries.length > CUSTOM_HEADERS.max) {
    yield `\`headerMap\` has ${entries.length} entries. AgentCore passes on at most ${CUSTOM_HEADERS.max} headers; remove ${entries.length - CUSTOM_HEADERS.max}.`;
  }
  for (const [client, runtime] of entries) {
    if (!HEADER_NAME.test(client)) {
      yield `\`headerMap\` maps "${client}", which is not a header name. Use letters, digits, - and _, a letter first.`;
    } else if (NOT_MAPPABLE.test(client)) {
      yield `\`headerMap\` maps "${client}", which belongs to AWS, to HTTP or to the caller's own proof. Let clients send another header.`;
    }
    if (typeof runtime !== "string") {
      yield `\`headerMap.${client}\` is not a text. Use the name that follows ${CUSTOM_HEADER_PREFIX}.`;
      continue;
    }
    const full = runtimeHeader(runtime);
    if (!HEADER_NAME.test(full.slice(CUSTOM_HEADER_PREFIX.length)) || full.length > CUSTOM_HEADERS.nameLength) {
      yield `\`headerMap.${client}\` is "${runtime}". Use the name that follows ${CUSTOM_HEADER_PREFIX}: letters, digits, - and _, a letter first, ${CUSTOM_HEADERS.nameLength} characters in all.`;
    } else if (/^x-amz/i.test(full.slice(CUSTOM_HEADER_PREFIX.length))) {
      yield `\`headerMap.${client}\` is "${runtime}". AgentCore accepts no other x-amz header than ${CUSTOM_HEADER_PREFIX}*.`;
    }
  }
  yield* validateUnique("headerMap", "client header", Object.keys(headerMap), withoutCase);
  yield* validateUnique(
    "headerMap",
    "runtime header",
    Object.values(headerMap).flatMap((name) => (typeof name === "string" ? [runtimeHeader(name)] : [])),
    withoutCase,
  );
}

const withoutCase = (name: string): string => name.toLowerCase();

function* validatePayload(payload: PayloadConfig, largest: number): Generator<string> {
  yield* validateKnownKeys("payload", payload, ["allow", "deny", "rename", "maxPromptBytes", "schema"]);
  const { allow, deny, rename = {}, maxPromptBytes = MAX_BODY_BYTES } = payload;
  for (const [key, names] of Object.entries({ allow, deny })) {
    if (names === undefined) continue;
    if (!isTextList(names)) {
      yield `\`payload.${key}\` is ${formatValue(names)}. Use a list of field names, such as [prompt].`;
      continue;
    }
    const reserved = names.find((name) => name === "session_id" || (key === "deny" && name === "prompt"));
    if (reserved !== undefined) yield `\`payload.${key}\` names "${reserved}", which every request needs. Remove it.`;
    yield* validateUnique(`payload.${key}`, "field", names);
  }
  if (!isObject(rename) || !isTextList(Object.values(rename))) {
    yield `\`payload.rename\` is ${formatValue(rename)}. Use a map from field name to field name, such as { user: user_id }.`;
  } else {
    if ("session_id" in rename)
      yield '`payload.rename` renames "session_id", which never reaches the agent. Remove it.';
    const taken = Object.entries(rename).find(([, to]) => to === "prompt" || to === "session_id" || to === "__proto__");
    if (taken) yield `\`payload.rename.${taken[0]}\` is "${taken[1]}", which is taken. Use another name.`;
    yield* validateUnique("payload.rename", "new name", Object.values(rename));
  }
  if (!Number.isInteger(maxPromptBytes) || maxPromptBytes < 1 || maxPromptBytes > largest) {
    yield `\`payload.maxPromptBytes\` is ${formatValue(maxPromptBytes)}. Use a whole number from 1 to ${largest} (the largest body that the doors accept, \`maxBodyBytes\`).`;
  }
  yield* validateSchema(payload.schema);
}

function* validateRedaction(redaction: RedactionConfig): Generator<string> {
  yield* validateKnownKeys("redaction", redaction, ["fields", "detectors", "patterns"]);
  const { fields = ["prompt"], detectors = {}, patterns = [] } = redaction;
  if (!isTextList(fields) || fields.length === 0)
    yield `\`redaction.fields\` is ${formatValue(fields)}. Use a list of field names, such as [prompt].`;
  if (!isObject(detectors)) {
    yield `\`redaction.detectors\` is ${formatValue(detectors)}. Use a map from ${DETECTORS.join(", ")} to ${ACTIONS.join(" or ")}.`;
  } else {
    yield* validateKnownKeys("redaction.detectors", detectors, DETECTORS);
    for (const [name, action] of Object.entries(detectors)) {
      if (!ACTIONS.includes(action)) {
        yield `\`redaction.detectors.${name}\` is ${formatValue(action)}. Use ${ACTIONS.join(", ")}.`;
      }
    }
  }
  if (!Array.isArray(patterns)) {
    yield `\`redaction.patterns\` is ${formatValue(patterns)}. Use a list of { name, pattern, action }.`;
    return;
  }
  const names: string[] = [];
  for (const [index, entry] of (patterns as readonly unknown[]).entries()) {
    const key = `redaction.patterns[${index}]`;
    if (typeof entry !== "object" || entry === null) {
      yield `\`${key}\` is ${formatValue(entry)}. Use { name, pattern, action }.`;
      continue;
    }
    const { name, pattern, action = "mask" } = entry as Partial<Record<string, unknown>>;
    if (typeof name !== "string" || !PATTERN_NAME.test(name) || (DETECTORS as readonly string[]).includes(name)) {
      yield `\`${key}.name\` is ${formatValue(name)}. Use up to 32 letters, digits, - and _, a letter first, and no built-in detector's name (${DETECTORS.join(", ")}).`;
    }
    if (typeof name === "string") names.push(name);
    if (!ACTIONS.includes(action)) yield `\`${key}.action\` is ${formatValue(action)}. Use ${ACTIONS.join(", ")}.`;
    const reason = patternError(pattern);
    if (reason !== undefined) yield `\`${key}.pattern\` is ${formatValue(pattern)}: ${reason}`;
  }
  yield* validateUnique("redaction.patterns", "pattern", names, withoutCase);
}

/** Returns the reason why a pattern is invalid, or undefined. RE2 never backtracks; it supports no look-around and no back-references. */
function patternError(pattern: unknown): string | undefined {
  if (typeof pattern !== "string" || pattern === "") return "it must be a text that is not empty.";
  try {
    return RE2JS.compile(pattern).matches("")
      ? "it matches the empty text. Let it ask for at least one character."
      : undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : "malformed";
    return `${reason}. Use RE2 syntax (https://github.com/google/re2/wiki/Syntax), which has no look-around and no back-references.`;
  }
}

function* validateCorsOrigins(origins: readonly string[]): Generator<string> {
  if (!isTextList(origins)) {
    yield `\`corsOrigins\` is ${formatValue(origins)}. Use a list of exact origins, such as [https://app.example.com].`;
    return;
  }
  if (origins.length > CORS_ORIGINS.max) {
    yield `\`corsOrigins\` has ${origins.length} entries. A Function URL accepts ${CORS_ORIGINS.max}.`;
  }
  for (const origin of origins) {
    if (origin.length > CORS_ORIGINS.length || !isOrigin(origin)) {
      yield `\`corsOrigins\` contains "${origin}". Use exact origins such as https://app.example.com: scheme and host, no path, no wildcard.`;
    }
  }
  yield* validateUnique("corsOrigins", "origin", origins);
}

/** Whether the text is an origin as a browser sends it. It then also needs no escaping in a template or between quotes. */
function isOrigin(text: string): boolean {
  if (!/^https?:\/\/[a-z0-9.-]+(?::[0-9]+)?$/.test(text)) return false;
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
}
