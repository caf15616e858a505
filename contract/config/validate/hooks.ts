import { parseFunctionArn } from "../../aws/functionArn";
import { HOOK_TIMEOUT_MS } from "../keys/hooks";
import type { Settings } from "../settings";
import { formatValue, isObject, isTextList, isUnknown, validateInteger, validateKnownKeys } from "./shape";

/** An action of IAM. A wildcard is only allowed after the beginning of a name. */
const ACTION = /^[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]*\*?$/;

/** Actions with which a hook could pass by the door: those of the runtimes, and roles. */
const NOT_FOR_HOOKS = /^(?:bedrock-agentcore:(?:Invoke|Stop)|iam:|sts:AssumeRole)/;

/** Names of the keys, as a stack or a component has them. */
const STACK = {
  file: "hooks",
  functionArn: "hookFunctionArn",
  statements: "hookStatements",
  timeoutMs: "hookTimeoutMs",
};
type Key = keyof typeof STACK;

/** Validates the hooks of a stack. */
export function* validateStackHooks(settings: Settings, region: string | undefined): Generator<string> {
  const { hooks, hookFunctionArn, hookStatements, hookTimeoutMs } = settings as { [Key in keyof Settings]: unknown };
  yield* validate((key) => STACK[key], {
    file: hooks === "" ? undefined : hooks,
    functionArn: hookFunctionArn === "" ? undefined : hookFunctionArn,
    statements: hookStatements,
    timeoutMs: hookTimeoutMs,
  });
  const at = typeof hookFunctionArn === "string" ? parseFunctionArn(hookFunctionArn)?.region : undefined;
  if (at !== undefined && region !== undefined && at !== region)
    yield `\`hookFunctionArn\` is in ${at}, but the stack is in ${region}. Use a function in the same Region.`;
}

/** Validates the hooks of a component. */
export function* validateHooks(prefix: string, hooks: Readonly<Record<Key, unknown>>): Generator<string> {
  yield* validate((key) => `${prefix}${key}`, hooks);
}

function* validate(
  key: (name: Key) => string,
  { file, functionArn, statements, timeoutMs = HOOK_TIMEOUT_MS.usual }: Readonly<Record<Key, unknown>>,
): Generator<string> {
  if (file !== undefined && (typeof file !== "string" || file.trim() === "" || file.includes("\0")))
    yield `\`${key("file")}\` is ${formatValue(file)}. Use the path of a module, such as ./hooks.ts.`;
  if (file !== undefined && functionArn !== undefined)
    yield `\`${key("file")}\` and \`${key("functionArn")}\` are both set. Leave one of them out.`;
  const isArn = isUnknown(functionArn) || (typeof functionArn === "string" && parseFunctionArn(functionArn));
  if (functionArn !== undefined && !isArn)
    yield `\`${key("functionArn")}\` is ${formatValue(functionArn)}, which is not the ARN of a function. Set it to one like arn:aws:lambda:us-east-1:123456789012:function:my-hooks; an alias may follow, $LATEST may not.`;
  yield* validateInteger(key("timeoutMs"), timeoutMs, HOOK_TIMEOUT_MS.min, HOOK_TIMEOUT_MS.max, "milliseconds");
  yield* validateStatements(key("statements"), statements);
  if (Array.isArray(statements) && statements.length > 0 && file === undefined)
    yield `\`${key("statements")}\` is set, but \`${key("file")}\` is not: nothing uses these rights. Remove it; a function has its own role.`;
}

function* validateStatements(key: string, statements: unknown): Generator<string> {
  if (!Array.isArray(statements)) {
    yield `\`${key}\` is ${formatValue(statements)}. Use a list of { actions, resources }.`;
    return;
  }
  for (const [index, statement] of (statements as readonly unknown[]).entries()) {
    const at = `${key}[${index}]`;
    if (!isObject(statement)) {
      yield `\`${at}\` is ${formatValue(statement)}. Use { actions, resources }.`;
      continue;
    }
    yield* validateKnownKeys(at, statement, ["actions", "resources"]);
    const { actions, resources } = statement;
    if (!isTextList(actions) || actions.length === 0)
      yield `\`${at}.actions\` is ${formatValue(actions)}. Use a list such as [dynamodb:GetItem].`;
    else {
      for (const action of actions) {
        if (!ACTION.test(action))
          yield `\`${at}.actions\` contains "${action}". Use the name of one action, such as dynamodb:GetItem.`;
        else if (NOT_FOR_HOOKS.test(action))
          yield `\`${at}.actions\` contains "${action}", with which a hook could act beyond the door. Remove it.`;
      }
    }
    if (
      !Array.isArray(resources) ||
      resources.length === 0 ||
      resources.some((arn) => typeof arn === "string" && !isUnknown(arn) && !/^(?:arn:.+|\*)$/.test(arn))
    )
      yield `\`${at}.resources\` is ${formatValue(resources)}. Use a list of ARNs, or ["*"] for actions that have no resource.`;
  }
}
