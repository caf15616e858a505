import { randomBytes } from "node:crypto";
import type { Credentials } from "../../../contract/wire/doors";
import { text, TYPES, type Graph, type Resource } from "../../program/graph";
import type { Identity, PoolUser } from "./sigv4";

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | string[];
  readonly Resource?: string | string[];
  readonly Condition?: object;
}

interface Holder extends Identity {
  /** `aws:PrincipalArn`; for a session it is the role's ARN. */
  readonly principalArn: string;
  readonly policies: readonly Statement[];
}

/** The access keys that exist while the local target runs, with the rights of their holders. */
export class Iam {
  private readonly identities = new Map<string, Holder>();

  constructor(private readonly graph: Graph) {}

  readonly lookup = (accessKeyId: string): Identity | undefined => this.identities.get(accessKeyId);

  /** Creates credentials of a function's execution role, with the role's policies. */
  assumeRole(roleArn: string, session: string): Credentials {
    const role = this.graph.all(TYPES.role).find((resource) => text(resource, "arn") === roleArn);
    if (!role) throw new Error(`The execution role ${roleArn} is not in the stack.`);
    const credentials = { ...newKey("ASIA"), sessionToken: randomBytes(48).toString("base64url") };
    this.identities.set(credentials.accessKeyId, {
      ...credentials,
      arn: sessionArn(roleArn, session),
      principalArn: roleArn,
      policies: this.statementsOf(role),
    });
    return credentials;
  }

  /**
   * Creates credentials of a principal outside the stack.
   *
   * @param ownPolicies its own IAM policies, which are not in the stack
   * @param poolUser the user of an identity pool who signs with the role session `arn`
   * @param credentials a key that it already has
   */
  addCaller(
    arn: string,
    ownPolicies: readonly Statement[],
    poolUser?: PoolUser,
    credentials: Credentials = newKey("AKIA"),
  ): Credentials {
    this.identities.set(credentials.accessKeyId, {
      ...credentials,
      arn,
      principalArn: roleArn(arn),
      policies: ownPolicies,
      ...(poolUser && { poolUser }),
    });
    return credentials;
  }

  /** Creates credentials of an AWS service that calls on behalf of a resource. Only resource-based permissions can allow its calls. */
  addService(arn: string, service: NonNullable<Identity["service"]>): Credentials {
    const credentials = { ...newKey("ASIA"), sessionToken: randomBytes(48).toString("base64url") };
    this.identities.set(credentials.accessKeyId, { ...credentials, arn, principalArn: arn, service, policies: [] });
    return credentials;
  }

  /** `aws:PrincipalArn` of the holder of a key. */
  principalArn(accessKeyId: string): string {
    return this.identities.get(accessKeyId)?.principalArn ?? "";
  }

  /**
   * True if the key's own policies allow the action on all of the resources and deny it on none.
   *
   * @throws Error for a statement that cannot be evaluated here: a guess could allow what AWS denies
   */
  allows(accessKeyId: string, action: string, resources: readonly string[]): boolean {
    const policies = this.identities.get(accessKeyId)?.policies ?? [];
    return resources.every((resource) => {
      const applying = policies.filter(
        (statement) => matches(statement.Action, action) && matches(statement.Resource, resource),
      );
      return applying.length > 0 && applying.every(({ Effect }) => Effect === "Allow");
    });
  }

  private statementsOf(role: Resource): Statement[] {
    return this.graph.where(TYPES.rolePolicy, "role", role.id).flatMap((policy) => {
      const { Statement: statements } = JSON.parse(text(policy, "policy")) as { Statement: Statement | Statement[] };
      return [statements].flat().flatMap((statement) => {
        // An allow with a condition is ignored: that never allows too much.
        if (statement.Effect === "Allow" && statement.Condition) return [];
        const strange = Object.keys(statement).find((key) => !["Sid", "Effect", "Action", "Resource"].includes(key));
        if (strange)
          throw new Error(`${policy.type} "${policy.name}": the local target does not evaluate \`${strange}\`.`);
        return [statement];
      });
    });
  }
}

/** Matches IAM's wildcards: `*` for any run of characters, `?` for one. */
export function matches(patterns: string | readonly string[] | undefined, value: string): boolean {
  return [patterns ?? []].flat().some((pattern) => {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${source}$`, "s").test(value);
  });
}

/** The session ARN of a role, as requests show it. */
export function sessionArn(roleArn: string, session: string): string {
  return roleArn.replace(
    /^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/,
    `arn:$1:sts::$2:assumed-role/$3/${session}`,
  );
}

/** The role ARN of a session's ARN; any other ARN unchanged. */
function roleArn(arn: string): string {
  return arn.replace(/^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, "arn:$1:iam::$2:role/$3");
}

function newKey(prefix: "AKIA" | "ASIA"): Credentials {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const id = [...randomBytes(16)].map((byte) => alphabet[byte % 32]).join("");
  // Without + and /, so that it can be pasted into a shell or a URL.
  return { accessKeyId: `${prefix}${id}`, secretAccessKey: randomBytes(30).toString("hex").slice(0, 40) };
}
