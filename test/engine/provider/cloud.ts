import { TYPES } from "../../../local/program/graph";
import { isDenied, type PolicyDocument } from "./policies";
import { kindOf } from "./kinds";
import { computed, random, type Account, type Making, type Place, type Thing, type Values } from "./kind";

/** A change that AWS made. */
export interface Change {
  readonly op: "create" | "update" | "delete";
  readonly type: string;
  readonly urn: string;
  readonly id: string;
}

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

/** One AWS account in one Region: what is in it, and what it does. It outlives every update of a stack. */
export class Cloud implements Account {
  /** Every change in the order in which AWS made it. */
  readonly changes: Change[] = [];
  /** Whether each resource policy of AgentCore kept strangers out, after every change of one: by the ARN that it is on. */
  readonly lockStates = new Map<string, boolean[]>();
  /** Whether AWS refuses a change that it would make otherwise, such as in an outage. */
  refuses: (change: Omit<Change, "id">) => boolean = () => false;
  private readonly things = new Map<string, Thing>();
  private readonly snapshots = new Map<string, Values>();

  constructor(readonly place: Place) {}

  /** Puts objects into the account, as updates of an earlier version left them. */
  restore(things: readonly Thing[]): void {
    for (const thing of things) {
      const unique = kindOf(thing.type).unique?.(this.making(thing.type, thing.urn, thing.inputs, thing.outputs));
      this.things.set(`${thing.type} ${unique ?? thing.id}`, thing);
    }
    for (const thing of things) {
      const snapshot = kindOf(thing.type).snapshot?.(thing, this);
      if (snapshot) this.snapshots.set(thing.id, snapshot);
      if (thing.type === TYPES.resourcePolicy) this.lockStates.set(thing.id, [this.isLocked(thing.id)]);
    }
  }

  all(type: string): readonly Thing[] {
    return [...this.things.values()].filter((thing) => thing.type === type);
  }

  /** All that is in the account. */
  get everything(): readonly Thing[] {
    return [...this.things.values()];
  }

  /** What is needed to make a thing; a name that has a prefix only is completed, or taken from what was there. */
  making(type: string, urn: string, inputs: Values, olds: Values = {}): Making {
    const property = kindOf(type).named?.property ?? "name";
    const prefix = inputs[`${property}Prefix`];
    const completed =
      typeof prefix === "string" && inputs[property] === undefined
        ? { ...inputs, [property]: olds[property] ?? prefix + random(26) }
        : inputs;
    return { ...this.place, type, name: nameOf(urn), inputs: completed, random };
  }

  /** @throws Error with AWS's words, if AWS refuses it */
  create(type: string, urn: string, inputs: Values): Thing {
    this.refuse({ op: "create", type, urn });
    const kind = kindOf(type);
    const making = this.making(type, urn, inputs);
    const { id, ...made } = kind.make(making);
    const thing = { type, id, urn, inputs, outputs: { region: this.place.region, ...making.inputs, ...made } };
    const key = `${type} ${kind.unique?.(making) ?? id}`;
    if (kind.puts !== true && this.things.has(key)) {
      throw new Error(`ResourceConflictException: ${key} exists already.`);
    }
    kind.refuse?.(thing, this);
    const snapshot = kind.snapshot?.(thing, this);
    if (snapshot) this.snapshots.set(id, snapshot);
    this.things.set(key, thing);
    this.log("create", thing);
    return thing;
  }

  /** @throws Error with AWS's words, if there is no such thing, or if AWS refuses the change */
  update(type: string, urn: string, id: string, { olds, news }: { olds: Values; news: Values }): Thing {
    this.refuse({ op: "update", type, urn });
    const [key] = this.find(type, id) ?? [];
    const kind = kindOf(type);
    if (key === undefined && kind.puts !== true) throw new Error(`ResourceNotFoundException: ${type} ${id}`);
    const stays = Object.fromEntries(Object.entries(olds).filter(([property]) => kind.stays?.includes(property)));
    const making = this.making(type, urn, { ...stays, ...news }, olds);
    const made = computed(kind, making);
    const kept = Object.fromEntries(
      Object.entries(made).map(([property, value]) => [
        property,
        property in news || kind.renewed?.includes(property) ? value : (olds[property] ?? value),
      ]),
    );
    const thing = { type, id, urn, inputs: news, outputs: { region: this.place.region, ...making.inputs, ...kept } };
    kind.refuse?.(thing, this);
    this.things.set(key ?? `${type} ${id}`, thing);
    this.log("update", thing);
    return thing;
  }

  /** Deletes what is there, whoever made it; nothing is no error. @throws Error with AWS's words, if AWS keeps it */
  delete(type: string, urn: string, id: string, inputs: Values): void {
    this.refuse({ op: "delete", type, urn });
    const unique = kindOf(type).unique?.(this.making(type, urn, inputs));
    const [key, thing] = this.find(type, id, unique) ?? [];
    if (key === undefined || thing === undefined) return;
    kindOf(type).keep?.(thing, this);
    this.things.delete(key);
    this.log("delete", { ...thing, urn });
  }

  /** What callers of an API get: `undefined` before it has a stage. */
  served(apiId: string): Served | undefined {
    const stage = this.all(TYPES.stage).find(({ inputs }) => inputs["restApi"] === apiId);
    const snapshot = this.snapshots.get(String(stage?.inputs["deployment"]));
    if (!snapshot) return undefined;
    const policy = snapshot["policy"];
    return {
      policy: typeof policy === "string" ? (JSON.parse(policy) as PolicyDocument) : undefined,
      executeApi: snapshot["executeApi"] === true,
      parts: snapshot["parts"] as readonly Thing[],
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

  private refuse(change: Omit<Change, "id">): void {
    if (this.refuses(change)) throw new Error(`ServiceUnavailableException: ${change.op} ${change.urn}`);
  }

  private find(type: string, id: string, unique?: string): [string, Thing] | undefined {
    if (unique !== undefined) {
      const thing = this.things.get(`${type} ${unique}`);
      return thing ? [`${type} ${unique}`, thing] : undefined;
    }
    return [...this.things].find(([, thing]) => thing.type === type && thing.id === id);
  }

  private log(op: Change["op"], { type, urn, id }: Thing): void {
    this.changes.push({ op, type, urn, id });
    if (type !== TYPES.resourcePolicy) return;
    this.lockStates.set(id, [...(this.lockStates.get(id) ?? []), this.isLocked(id)]);
  }
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
