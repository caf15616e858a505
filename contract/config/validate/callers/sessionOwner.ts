import type { PolicyConfig } from "../../keys/policy";
import { formatValue, isTextList, validateUnique } from "../shape";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

/** Validates who owns the sessions of assumed roles. */
export function* validateSessionOwner(config: PolicyConfig): Generator<string> {
  const { sessionOwner = "role", perSessionRoles = [] } = config;
  if (sessionOwner !== "role" && sessionOwner !== "session") {
    yield `\`sessionOwner\` is ${formatValue(sessionOwner)}. Use role, or session if each role session has sessions of its own.`;
  }
  if (!isTextList(perSessionRoles)) {
    yield `\`perSessionRoles\` is ${formatValue(perSessionRoles)}. Use a list of names of IAM roles, such as [github-deploy].`;
    return;
  }
  for (const role of perSessionRoles) {
    if (!ROLE_NAME.test(role)) {
      yield `\`perSessionRoles\` contains ${formatValue(role)}. Use the name of an IAM role, without account and path: up to 64 letters, digits and _+=,.@-.`;
    }
  }
  // Names of roles are unique in an account regardless of case.
  yield* validateUnique("perSessionRoles", "role", perSessionRoles, (name) => name.toLowerCase());
  if (perSessionRoles.length > 0 && sessionOwner === "session") {
    yield "`perSessionRoles` names roles, but `sessionOwner` is session: each role session of every role owns its sessions. Leave the names out, or set `sessionOwner` to role.";
  }
}
