import { ownsPerSession, type Ownership } from "../../../contract/runtime/sessionOwner";

/** Who owns the sessions of an IAM principal. */
export interface Owner {
  /** Unique among all IAM principals. */
  readonly id: string;
  /** The ARN of the owner; for a role without the name of the role session, and without the role's path, which no event contains. */
  readonly arn: string;
}

/**
 * Role names and names of role sessions have these characters only. An assumed role's ARN does not contain the role's path; a role's name is
 * unique in its account whatever the path.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
const ASSUMED_ROLE = /^(arn:([a-z0-9-]+):sts::([0-9]+):assumed-role\/([\w+=,.@-]+))\/[\w+=,.@-]+$/;

/**
 * The owner of an IAM principal's sessions. Services name role sessions after a task, an instance or the time, so that by default the role is
 * the owner and a workload keeps its sessions. Any other principal, and any ARN of an unknown form, is its own owner.
 *
 * @returns undefined for a text that is not an ARN
 */
export function ownerOf(userArn: string, ownership: Ownership): Owner | undefined {
  if (!userArn.startsWith("arn:")) return undefined;
  const [, arn, partition, account, role = ""] = ASSUMED_ROLE.exec(userArn) ?? [];
  // The JSON of a list is never an ARN, so a role and a role session never have the same id.
  return arn === undefined || ownsPerSession(role, ownership)
    ? { id: userArn, arn: userArn }
    : { id: JSON.stringify([partition, account, role]), arn };
}
