import { parseRuntimeArn } from "../../../aws/arn";
import type { Settings } from "../../settings";
import { isObject, isUnknown, isTextList, formatValue, validateUnique } from "../shape";

const PRINCIPAL = /^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:(?:role|user)\/[\w+=,.@/-]+$/;

/** Validates the lock of the runtimes, and its exceptions. */
export function* validateLock(settings: Settings): Generator<string> {
  const { lockRuntime, breakGlassPrincipals, runtimeAuth } = settings;
  if (!isTextList(breakGlassPrincipals)) {
    yield `\`breakGlassPrincipals\` is ${formatValue(breakGlassPrincipals)}. Use a list of ARNs of IAM roles or users.`;
  } else {
    for (const principal of breakGlassPrincipals) {
      if (!isUnknown(principal) && !PRINCIPAL.test(principal)) {
        yield `\`breakGlassPrincipals\` contains ${formatValue(principal)}. Use the ARN of an IAM role or user: a condition on aws:PrincipalArn compares with it, so a session's ARN, an account or a wildcard would not do.`;
      }
    }
    yield* validateUnique("breakGlassPrincipals", "principal", breakGlassPrincipals);
    if (breakGlassPrincipals.length > 0 && !lockRuntime) {
      yield "`breakGlassPrincipals` names principals, but `lockRuntime` is false: nobody is locked out. Set `lockRuntime` to true, or leave the principals out.";
    }
  }
  if (!lockRuntime) return;
  if (runtimeAuth === "oauth") {
    yield "`lockRuntime` is true and `runtimeAuth` is oauth, but a call with a bearer token has no IAM principal, so that no resource policy can tell the doors from others by their roles (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html). Set `lockRuntime` to false and have the runtime's JWT authorizer take tokens for the doors only.";
  }
  yield* validateSameAccount(settings);
}

/** Validates that all runtimes are in one account: only the owner of a runtime can put a policy on it. */
function* validateSameAccount({ agentRuntimeArn, agents }: Settings): Generator<string> {
  const named = isObject(agents) ? Object.values(agents) : [];
  const arns = [agentRuntimeArn, ...named.map((agent) => (isObject(agent) ? agent["agentRuntimeArn"] : ""))];
  const accounts = new Set(
    arns.flatMap((arn) => (typeof arn === "string" ? (parseRuntimeArn(arn)?.accountId ?? []) : [])),
  );
  if (accounts.size > 1) {
    yield `\`lockRuntime\` is true, but the runtimes are in the accounts ${[...accounts].join(" and ")}. Only its own account can put a resource policy on a runtime. Lock each in a stack of its own account, or set \`lockRuntime\` to false.`;
  }
}
