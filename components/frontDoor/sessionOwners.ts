import * as pulumi from "@pulumi/pulumi";
import { isRestDoor } from "../../contract/wire/doors";
import { namedKeys } from "../../contract/config/keys/auth";
import { ownsPerSession } from "../../contract/runtime/sessionOwner";
import type { Settings } from "./inputs";
import { callersOf, plainCallers } from "../url/callers";
import { isAccountId } from "../url/functionPolicy";

/** Says in a preview which of the configured callers share sessions. An update says nothing: its own preview has said it. */
export function reportSharedSessions(settings: Settings, resource: pulumi.Resource): void {
  if (!pulumi.runtime.isDryRun()) return;
  const lines = sharedSessions(settings);
  if (lines.length > 0) void pulumi.log.info(lines.join("\n"), resource);
}

/** One line for each kind of configured callers that several clients can be: whether these share sessions, and how to change it. */
export function sharedSessions(settings: Settings): string[] {
  const { doors, callers, edge, apiAuth, apiKeys, sessionOwner } = settings;
  const hasRest = doors.some(isRestDoor);
  const hasOwnUrl = !edge && !doors.every(isRestDoor);
  const named = hasOwnUrl ? plainCallers(callers) : [];
  const roles = named.filter((caller) => caller.includes(":role/"));
  const accounts = [
    ...named.filter(isAccountId).map((account) => `every role of account ${account}`),
    ...(hasOwnUrl && callersOf(callers).length === 0 ? ["every role of this account that may call streamingUrl"] : []),
    ...(hasRest && apiAuth === "iam" ? ["every role that may call the REST doors"] : []),
  ];
  const isSeparate = (role: string): boolean => ownsPerSession(role.slice(role.lastIndexOf("/") + 1), settings);
  const shared = [...roles.filter((role) => !isSeparate(role)), ...(sessionOwner === "role" ? accounts : [])];
  const separate = [...roles.filter(isSeparate), ...(sessionOwner === "session" ? accounts : [])];
  const keys = hasRest && apiAuth === "apiKey" ? Object.keys(namedKeys(apiAuth, apiKeys)) : [];
  return [
    ...(shared.length > 0
      ? [
          `\`sessionOwner\` is role: all role sessions of a role share its sessions, for ${shared.join(", ")}. Name roles of several people or workloads in \`perSessionRoles\`; those of IAM Identity Center never share.`,
        ]
      : []),
    ...(separate.length > 0
      ? [
          `Each role session has its own sessions, for ${separate.join(", ")}. Whoever assumes such a role chooses the name, unless its trust policy enforces sts:RoleSessionName.`,
        ]
      : []),
    ...(keys.length > 0 ? [`All clients with the same API key share its sessions: ${keys.join(", ")}.`] : []),
  ];
}
