import { createHash } from "node:crypto";
import type { LocalCaller } from "../../contract/wire/doors";
import type { Target } from "../aws/target";
import type { PoolUser } from "../aws/iam/sigv4";

/** A caller of `--caller`. */
export interface CallerOption {
  readonly arn: string;
  readonly poolUser?: PoolUser;
}

/** An IAM principal as a request shows it: a user, the root user, a role session or a federated user. */
const PRINCIPAL =
  /^arn:aws[a-z-]*:(?:iam::\d{12}:(?:root|user\/[\w+=,.@/-]+)|sts::\d{12}:(?:assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]{2,64}|federated-user\/[\w+=,.@-]+))$/;
const IDENTITY = /^[a-z]{2}(?:-[a-z]+)+-\d:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The role session of every user of an identity pool. */
const OF_A_POOL = /:assumed-role\/[^/]+\/CognitoIdentityCredentials$/;

const EXAMPLES =
  "arn:aws:sts::123456789012:assumed-role/agent-client/task-1, arn:aws:iam::123456789012:user/ann, arn:aws:sts::123456789012:federated-user/ann";

/**
 * Reads `ARN`, or `ARN#IDENTITY` for a user of an identity pool.
 *
 * @throws Error with the value and the remedy
 */
export function readCaller(text: string): CallerOption {
  const [arn = "", ...rest] = text.split("#");
  const identityId = rest.length > 0 ? rest.join("#") : undefined;
  if (!PRINCIPAL.test(arn)) {
    throw new Error(
      `--caller is "${text}". Use the ARN of a role session, of a user or of a federated user, for example ${EXAMPLES}.`,
    );
  }
  if (OF_A_POOL.test(arn) !== (identityId !== undefined) || (identityId !== undefined && !IDENTITY.test(identityId))) {
    throw new Error(
      `--caller is "${text}". A user of an identity pool has the role session CognitoIdentityCredentials and an identity: arn:aws:sts::123456789012:assumed-role/pool-users/CognitoIdentityCredentials#us-east-1:01234567-89ab-cdef-0123-456789abcdef. All other callers have no identity.`,
    );
  }
  return { arn, ...(identityId !== undefined && { poolUser: { identityId, poolId: poolOf(arn, identityId) } }) };
}

/** The pool of a role: each role has one here. */
function poolOf(arn: string, identityId: string): string {
  const [role = ""] = arn.split("/CognitoIdentityCredentials", 1);
  const digits = createHash("sha256").update(role).digest("hex");
  const id = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(digits)?.slice(1).join("-") ?? "";
  return `${identityId.split(":", 1)[0] ?? ""}:${id}`;
}

/**
 * Creates the credentials of each caller.
 *
 * @param former the same callers, if they keep the credentials that they have
 */
export function localCallers(
  callers: readonly CallerOption[],
  addCaller: Target["addCaller"],
  former: readonly LocalCaller[] = [],
): LocalCaller[] {
  return callers.map(({ arn, poolUser }, index) => ({
    arn,
    ...(poolUser && { identityId: poolUser.identityId }),
    credentials: addCaller(arn, poolUser, former[index]?.credentials),
  }));
}
