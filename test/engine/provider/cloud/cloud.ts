import { TYPES } from "../../../../local/program/graph";
import { snapshotOf } from "../kinds/deployment";
import { Objects, type Change } from "./objects";
import { isDenied, type PolicyDocument } from "./policies";
import type { Place, Thing } from "../kind";

export type { Change };

/** What a stage serves: what its deployment held when it was made. */
export interface Served {
  readonly policy: PolicyDocument | undefined;
  /** Whether the API answers at its execute-api address, and not only at its domain. */
  readonly executeApi: boolean;
  readonly parts: readonly Thing[];
}

/** A principal that no policy names. */
const stranger = ({ partition, accountId }: Place) => `arn:${partition}:iam::${accountId}:role/stranger`;

/** Every way into a runtime or a session. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html */
const WAYS_IN = [
  "InvokeAgentRuntime",
  "InvokeAgentRuntimeForUser",
  "InvokeAgentRuntimeCommand",
  "InvokeAgentRuntimeCommandShell",
  "InvokeAgentRuntimeWithWebSocketStream",
  "InvokeAgentRuntimeWithWebSocketStreamForUser",
  "InvokeAgentRuntimeProxy",
  "GetAgentCard",
  "StopRuntimeSession",
].map((action) => `bedrock-agentcore:${action}`);

/** One AWS account in one Region: what is in it, what it does, and who may call what. It outlives every update of a stack. */
export class Cloud extends Objects {
  /** Whether each resource policy of AgentCore kept strangers out, after every change of one: by the ARN that it is on. */
  readonly lockStates = new Map<string, boolean[]>();

  /** Puts objects into the account, as updates of an earlier version left them. */
  override restore(things: readonly Thing[]): void {
    super.restore(things);
    for (const { id } of things.filter(({ type }) => type === TYPES.resourcePolicy)) {
      this.lockStates.set(id, [this.isLocked(id)]);
    }
  }

  /** What callers of an API get: `undefined` before it has a stage. */
  served(apiId: string): Served | undefined {
    const stage = this.all(TYPES.stage).find(({ inputs }) => inputs["restApi"] === apiId);
    const snapshot = this.snapshots.get(String(stage?.inputs["deployment"]));
    if (!snapshot) return undefined;
    const now = snapshotOf(apiId, this);
    const { policy } = this.behaves("snapshotPolicies") ? snapshot : now;
    const { executeApi, parts } = this.behaves("snapshotParts") ? snapshot : now;
    return {
      policy: typeof policy === "string" ? (JSON.parse(policy) as PolicyDocument) : undefined,
      executeApi,
      parts,
    };
  }

  /** Whether a policy on exactly this ARN, of a runtime or an endpoint, denies a stranger of the own account every way in. */
  isLocked(resourceArn: string): boolean {
    return !WAYS_IN.some((action) => this.mayInvoke(resourceArn, stranger(this.place), action));
  }

  /** Whether the policy on this ARN lets a principal of the own account through whose own IAM policies allow everything. */
  mayInvoke(resourceArn: string, principalArn: string, action = "bedrock-agentcore:InvokeAgentRuntime"): boolean {
    const put = this.all(TYPES.resourcePolicy).find(({ id }) => id === resourceArn);
    if (!put) return true;
    const document = JSON.parse(String(put.inputs["policy"])) as PolicyDocument;
    return !isDenied(document, { principalArn, action, resource: resourceArn });
  }

  /** AAAA records that lead to a domain of API Gateway without an IPv6 address. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-ip-address-type.html (believed) */
  get deadRecords(): readonly Thing[] {
    if (!this.behaves("ipv4Domains")) return [];
    const isIpv4 = ({ inputs }: Thing) =>
      (inputs["endpointConfiguration"] as { ipAddressType?: string } | undefined)?.ipAddressType !== "dualstack";
    const targets = this.all(TYPES.domainName)
      .filter(isIpv4)
      .map(({ outputs }) => outputs["regionalDomainName"]);
    return this.all(TYPES.record).filter(({ inputs }) => {
      const aliases = (inputs["aliases"] ?? []) as readonly { readonly name: string }[];
      return inputs["type"] === "AAAA" && aliases.some(({ name }) => targets.includes(name));
    });
  }

  protected override changed(op: Change["op"], thing: Thing): void {
    if (thing.type === TYPES.resourcePolicy) {
      this.lockStates.set(thing.id, [...(this.lockStates.get(thing.id) ?? []), this.isLocked(thing.id)]);
    }
    super.changed(op, thing);
  }
}
