import { TYPES } from "../../../../local/program/graph";
import type { BehaviourName } from "../behaviours";
import { kindOf } from "../kinds";
import { snapshotOf, type Snapshot } from "../kinds/deployment";
import { refuseName } from "./serviceNames";
import {
  computed,
  random,
  text,
  type Account,
  type AccountSettings,
  type Kind,
  type Making,
  type Place,
  type Thing,
  type Values,
} from "../kind";

/** A change that AWS made. */
export interface Change {
  readonly op: "create" | "update" | "delete";
  readonly type: string;
  readonly urn: string;
  readonly id: string;
}

export interface CloudOptions {
  /**
   * Whether the account is new: API Gateway has no role to log with, and Lambda a quota of 10.
   * @default false
   */
  readonly fresh?: boolean;
  /**
   * Behaviours that are switched off.
   * @default []
   */
  readonly without?: readonly BehaviourName[];
}

/** Lambda's quotas. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const FRESH = { quota: 10, unreserved: 10 };
const ESTABLISHED = { quota: 1000, unreserved: 100 };

/** The objects of an account in one Region, and how AWS changes them. */
export class Objects implements Account {
  /** Every change in the order in which AWS made it. */
  readonly changes: Change[] = [];
  /** Whether AWS refuses a change that it would make otherwise, such as in an outage. */
  refuses: (change: Omit<Change, "id">) => boolean = () => false;
  /** Called after each change that AWS made or refused. */
  watch: () => void = () => undefined;
  readonly settings: AccountSettings;
  private readonly things = new Map<string, Thing>();
  protected readonly snapshots = new Map<string, Snapshot>();
  private readonly counts = new Map<string, number>();
  private readonly without: ReadonlySet<BehaviourName>;
  /** How many changes the provider has asked for, those that AWS refused among them. */
  calls = 0;

  constructor(
    readonly place: Place,
    { fresh = false, without = [] }: CloudOptions = {},
  ) {
    this.without = new Set(without);
    this.settings = {
      loggingRole: fresh ? undefined : `arn:${place.partition}:iam::${place.accountId}:role/api-gateway-logs`,
      concurrency: fresh ? FRESH : ESTABLISHED,
      networkInterfaces: [],
    };
  }

  behaves(behaviour: BehaviourName): boolean {
    return !this.without.has(behaviour);
  }

  /** Puts objects into the account, as updates of an earlier version left them. */
  restore(things: readonly Thing[]): void {
    for (const thing of things) {
      const kind = kindOf(thing.type);
      const making = this.making(thing.type, thing.urn, thing.inputs, thing.outputs);
      this.things.set(this.keyOf(kind, thing, kind.unique?.(making)), thing);
    }
    for (const { id, inputs } of things.filter(({ type }) => type === TYPES.deployment)) {
      this.snapshots.set(id, snapshotOf(text(inputs, "restApi"), this));
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
    const behaves = (behaviour: BehaviourName) => this.behaves(behaviour);
    return { ...this.place, type, name: nameOf(urn), inputs: completed, random, count: () => 1, behaves };
  }

  /** @throws Error with AWS's words, if AWS refuses it */
  create(type: string, urn: string, inputs: Values): Thing {
    this.refuse({ op: "create", type, urn });
    const kind = kindOf(type);
    const making = { ...this.making(type, urn, inputs), count: (what: string) => this.count(what) };
    const { id, ...made } = kind.make(making);
    const thing = { type, id, urn, inputs, outputs: { region: this.place.region, ...making.inputs, ...made } };
    const key = this.keyOf(kind, thing, kind.unique?.(making));
    if (kind.puts !== true && this.things.has(key)) {
      throw new Error(`ResourceConflictException: ${key} exists already.`);
    }
    if (this.behaves("serviceNames")) refuseName(thing);
    kind.refuse?.(thing, this);
    if (type === TYPES.deployment) this.snapshots.set(id, snapshotOf(text(inputs, "restApi"), this));
    this.things.set(key, thing);
    this.changed("create", thing);
    return thing;
  }

  /** @throws Error with AWS's words, if there is no such thing, or if AWS refuses the change */
  update(type: string, urn: string, id: string, { olds, news }: { olds: Values; news: Values }): Thing {
    this.refuse({ op: "update", type, urn });
    const kind = kindOf(type);
    const [key] = this.find(type, id, urn) ?? [];
    if (key === undefined && kind.puts !== true) throw new Error(`ResourceNotFoundException: ${type} ${id}`);
    const keeps = (property: string) => this.behaves("optionalComputed") && kind.stays?.includes(property);
    const stays = Object.fromEntries(Object.entries(olds).filter(([property]) => keeps(property)));
    const making = {
      ...this.making(type, urn, { ...stays, ...news }, olds),
      count: (what: string) => this.count(what),
    };
    const made = computed(kind, making);
    const kept = Object.fromEntries(
      Object.entries(made).map(([property, value]) => [
        property,
        property in news || kind.renewed?.includes(property) ? value : (olds[property] ?? value),
      ]),
    );
    const thing = { type, id, urn, inputs: news, outputs: { region: this.place.region, ...making.inputs, ...kept } };
    kind.refuse?.(thing, this);
    this.things.set(key ?? this.keyOf(kind, thing), thing);
    this.changed("update", thing);
    return thing;
  }

  /** Deletes what is there, whoever made it; nothing is no error. @throws Error with AWS's words, if AWS keeps it */
  delete(type: string, urn: string, id: string, inputs: Values): void {
    this.refuse({ op: "delete", type, urn });
    const unique = kindOf(type).unique?.(this.making(type, urn, inputs));
    const [key, thing] = this.find(type, id, urn, unique) ?? [];
    if (key === undefined || thing === undefined) return;
    kindOf(type).keep?.(thing, this);
    this.things.delete(key);
    this.changed("delete", { ...thing, urn });
  }

  /** Returns what brings the account back to what it has in it now. */
  save(): () => void {
    const kept = [this.things, this.snapshots, this.counts].map((map) => [...(map as Map<string, unknown>)]);
    const { loggingRole, networkInterfaces } = this.settings;
    return () => {
      for (const [index, map] of [this.things, this.snapshots, this.counts].entries()) {
        map.clear();
        for (const [key, value] of kept[index] ?? []) (map as Map<string, unknown>).set(key, value);
      }
      Object.assign(this.settings, { loggingRole, networkInterfaces: networkInterfaces.map((each) => ({ ...each })) });
    };
  }

  /** Resolves when no call has come for a moment: what AWS takes minutes for comes after all that it does at once. */
  async quiet(): Promise<void> {
    for (let seen = -1; seen !== this.calls;) {
      seen = this.calls;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  private refuse(change: Omit<Change, "id">): void {
    this.calls += 1;
    if (!this.refuses(change)) return;
    this.watch();
    throw new Error(`ServiceUnavailableException: ${change.op} ${change.urn}`);
  }

  /** What AWS has one of. Without the behaviour that makes it so, each resource has an object of its own. */
  private keyOf({ puts }: Kind, { type, id, urn }: Thing, unique = id): string {
    const isShared = this.behaves(puts === true ? "putReplaces" : "nameClashes");
    return `${type} ${unique}${isShared ? "" : ` of ${urn}`}`;
  }

  private find(type: string, id: string, urn: string, unique?: string): [string, Thing] | undefined {
    const isOwn = !this.behaves(kindOf(type).puts === true ? "putReplaces" : "nameClashes");
    if (unique !== undefined && !isOwn) {
      const thing = this.things.get(`${type} ${unique}`);
      return thing ? [`${type} ${unique}`, thing] : undefined;
    }
    return [...this.things].find(
      ([, thing]) => thing.type === type && thing.id === id && (!isOwn || thing.urn === urn),
    );
  }

  private count(what: string): number {
    const count = (this.counts.get(what) ?? 0) + 1;
    this.counts.set(what, count);
    return count;
  }

  protected changed(op: Change["op"], thing: Thing): void {
    const { type, urn, id } = thing;
    kindOf(type).effect?.(op, thing, this);
    this.changes.push({ op, type, urn, id });
    this.watch();
  }
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
