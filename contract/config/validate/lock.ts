import { parseRuntimeArn } from "../../aws/arn";
import type { Settings } from "../settings";
import { isObject, isTexts, notBoolean, shown, twice } from "./shape";

const PRINCIPAL = /^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:(?:role|user)\/[\w+=,.@/-]+$/;

/** Mistakes in who can call the runtimes beside the doors, and in what callers may stop. */
export function* lockMistakes(settings: Settings): Generator<string> {
  const { lockRuntime, breakGlassPrincipals, runtimeAuth, stopSession } = settings;
  yield* notBoolean("lockRuntime", lockRuntime);
  yield* notBoolean("stopSession", stopSession);
  if (!isTexts(breakGlassPrincipals)) {
    yield `\`breakGlassPrincipals\` is ${shown(breakGlassPrincipals)}. Use a list of ARNs of IAM roles or users.`;
  } else {
    for (const principal of breakGlassPrincipals) {
      if (!PRINCIPAL.test(principal)) {
        yield `\`breakGlassPrincipals\` holds ${shown(principal)}. Use the ARN of an IAM role or user: a condition on aws:PrincipalArn compares with it, so a session's ARN, an account or a wildcard would not do.`;
      }
    }
    yield* twice("breakGlassPrincipals", "principal", breakGlassPrincipals);
    if (breakGlassPrincipals.length > 0 && !lockRuntime) {
      yield "`breakGlassPrincipals` names principals, but `lockRuntime` is false: nobody is locked out. Set `lockRuntime` to true, or leave the principals out.";
    }
  }
  if (!lockRuntime) return;
  if (runtimeAuth === "oauth") {
    yield "`lockRuntime` is true and `runtimeAuth` is oauth, but a call with a bearer token has no IAM principal, so that no resource policy can tell the doors from others by their roles (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html). Set `lockRuntime` to false and have the runtime's JWT authorizer take tokens for the doors only.";
  }
  yield* accountMistakes(settings);
}

/** Only its owner can put a policy on a runtime. */
function* accountMistakes({ agentRuntimeArn, agents }: Settings): Generator<string> {
  const named = isObject(agents) ? Object.values(agents) : [];
  const arns = [agentRuntimeArn, ...named.map((agent) => (isObject(agent) ? agent["agentRuntimeArn"] : ""))];
  const accounts = new Set(
    arns.flatMap((arn) => (typeof arn === "string" ? (parseRuntimeArn(arn)?.accountId ?? []) : [])),
  );
  if (accounts.size > 1) {
    yield `\`lockRuntime\` is true, but the runtimes are in the accounts ${[...accounts].join(" and ")}. Only its own account can put a resource policy on a runtime. Lock each in a stack of its own account, or set \`lockRuntime\` to false.`;
  }
}
