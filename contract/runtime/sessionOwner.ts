/** Who owns the sessions of an assumed IAM role: the role, or each of its role sessions. */
export type SessionOwner = "role" | "session";

/** Which IAM principals own sessions. */
export interface Ownership {
  readonly sessionOwner: SessionOwner;
  /** Names of IAM roles of which each role session owns its sessions, whatever `sessionOwner` is. */
  readonly perSessionRoles: readonly string[];
}

/** Roles of IAM Identity Center, in which the name of the role session is the person's user name. */
const IDENTITY_CENTER = /^AWSReservedSSO_/;

/**
 * Whether each role session of a role owns its sessions. Nothing in an event tells how a role was assumed, so the stack names the roles whose
 * sessions are people. Names are compared without case, because they are unique in an account without it.
 *
 * @param role name of the role, without its path
 */
export function ownsPerSession(role: string, { sessionOwner, perSessionRoles }: Ownership): boolean {
  return (
    sessionOwner === "session" ||
    IDENTITY_CENTER.test(role) ||
    perSessionRoles.some((name) => name.toLowerCase() === role.toLowerCase())
  );
}
