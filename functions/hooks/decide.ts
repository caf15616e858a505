import { CUSTOM_HEADERS } from "../../contract/aws/limits";
import type { HookRequest, Hooks } from "../../contract/runtime/hooks";
import type { ErrorCode } from "../../contract/wire/errors";
import { foldedHeader } from "../../contract/wire/headers";
import { parseInvokeRequest } from "../../contract/wire/request";
import type { Decision } from "../request/decision";
import { decide, type Decide, type Rules } from "../request/pipeline";
import type { Redact } from "../request/redact/redact";
import type { DoorRequest } from "../request/request";
import { withHeaderFields } from "../request/translate";
import { hookCaller } from "./caller";
import { changeOf, type Change } from "./change";
import { HookFault } from "./fault";
import { limited, limitedSync } from "./limited";

type Invoke = Extract<Decision, { kind: "invoke" }>;
type Fields = Readonly<Record<string, unknown>>;

/** The changed request is searched, so that the search sees what the hook adds. */
const LATER: Redact = (payload) => ({ result: { payload }, counts: {} });

/** Refusals of a changed request for which only the hook can be the reason: the client's request was valid. */
const OF_HOOK: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "INVALID_BODY",
  "UNSAFE_JSON",
  "BODY_TOO_LARGE",
  "PROMPT_TOO_LARGE",
  "FIELD_NOT_ALLOWED",
]);

/**
 * Decides with the stack's hook: validates the request, calls the hook, and decides again about the changed request.
 *
 * @param hooks waits for the stack's hooks
 * @param timeoutMs time limit of the hook, milliseconds
 */
export function decideWithHooks(hooks: () => Promise<Hooks>, timeoutMs: number): Decide {
  return async (request, rules, remainingMs) => {
    const endsAt = performance.now() + remainingMs;
    const left = () => endsAt - performance.now();
    const limit = () => Math.min(timeoutMs, left());
    const first = decide(request, { ...rules, redact: LATER }, remainingMs);
    if (first.kind !== "invoke" || !request) return first;
    const fields = clientsFields(request, rules);
    const loaded = await limited("the module", limit(), hooks);
    const returned = await limited("beforeInvoke", limit(), (signal) =>
      loaded.beforeInvoke?.(hookRequest(first, request, structuredClone(fields), signal)),
    );
    const [change, body] = limitedSync("what beforeInvoke returned", limit(), () => {
      const checked = changeOf(returned);
      return [checked, checked.kind === "change" ? bodyOf(fields, checked, first.sessionId) : Buffer.alloc(0)] as const;
    });
    if (change.kind === "refusal") return refused(change.code, change.text);
    const second = decide({ ...request, body }, { ...rules, schema: undefined, policy: laterPolicy(rules) }, left());
    if (second.kind === "invoke") return withHeaders(second, change.headers, rules);
    if (second.kind !== "error" || !OF_HOOK.has(second.refusal.code)) return second;
    throw new HookFault("HOOK_FAILED", `the changed request is refused with ${second.refusal.code}`);
  };
}

/** The policy for the changed body, which has the fields of headers already: `payload.allow` is about the fields that clients send. */
function laterPolicy({ policy }: Rules): Rules["policy"] {
  const { headerFields = {}, payload } = policy;
  const allow = payload.allow && [...payload.allow, ...Object.values(headerFields)];
  return { ...policy, headerFields: {}, payload: { ...payload, allow } };
}

/** The fields of a valid request under the client's names. */
function clientsFields(request: DoorRequest, { policy }: Rules): Fields {
  const parsed = parseInvokeRequest(request.body, policy.maxBodyBytes);
  return "code" in parsed ? {} : withHeaderFields(parsed.payload, request, policy.headerFields);
}

function hookRequest(
  { call, sessionId }: Invoke,
  { caller }: DoorRequest,
  all: Fields,
  signal: AbortSignal,
): HookRequest {
  const { prompt, ...fields } = all;
  return { prompt: String(prompt), fields, caller: hookCaller(caller), agent: call.agent, sessionId, signal };
}

/** @throws TypeError if a field cannot be written as JSON */
function bodyOf(
  fields: Fields,
  { prompt, fields: changed }: Extract<Change, { kind: "change" }>,
  sessionId: string,
): Buffer {
  const all = { ...fields, ...changed, ...(prompt !== undefined && { prompt }), session_id: sessionId };
  return Buffer.from(JSON.stringify(all, unwritable));
}

/** JSON.stringify drops or replaces these without a word. `undefined` is how a hook removes a field. */
function unwritable(_key: string, value: unknown): unknown {
  if (
    typeof value === "function" ||
    typeof value === "symbol" ||
    (typeof value === "number" && !Number.isFinite(value))
  )
    throw new TypeError();
  return value;
}

function refused(code: string, text: string): Decision {
  return {
    kind: "error",
    refusal: { code: "HOOK_REFUSED", detail: `It says \`${code}\`: ${text}` },
    cause: new HookFault("HOOK_REFUSED", code),
  };
}

/** Adds the hook's headers. A header of the client with the same name gives way; the caller's header cannot be replaced. */
function withHeaders(invoke: Invoke, added: Readonly<Record<string, string>>, { policy }: Rules): Invoke {
  const names = new Set(Object.keys(added).map(foldedHeader));
  if (policy.callerHeader && names.has(foldedHeader(policy.callerHeader.name)))
    throw new HookFault("HOOK_FAILED", "headers has the header of callerHeader");
  const kept = Object.entries(invoke.call.headers).filter(([name]) => !names.has(foldedHeader(name)));
  if (kept.length + names.size > CUSTOM_HEADERS.max) throw new HookFault("HOOK_FAILED", "there are too many headers");
  return { ...invoke, call: { ...invoke.call, headers: { ...Object.fromEntries(kept), ...added } } };
}
