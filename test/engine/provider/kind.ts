import { randomBytes } from "node:crypto";
import type { BehaviourName } from "./behaviours";

export type Values = Readonly<Record<string, unknown>>;

/** Account, region and partition that ARNs stand in. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

/** What the provider knows about a resource that it makes, changes or deletes. */
export interface Making extends Place {
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly inputs: Values;
  /** Lower-case letters and digits, others each time. */
  readonly random: (length: number) => string;
  /** 1, 2 and so on for each thing that is counted; always 1 in a preview. */
  readonly count: (what: string) => number;
  readonly behaves: (behaviour: BehaviourName) => boolean;
}

/** An object in the account. */
export interface Thing {
  readonly type: string;
  readonly id: string;
  readonly urn: string;
  readonly inputs: Values;
  readonly outputs: Values;
}

/** What a function in a VPC leaves in it. */
export interface NetworkInterface {
  readonly functionName: string;
  readonly roleArn: string;
  /** Ids of the security groups and subnets that it holds. */
  readonly holds: readonly string[];
  /** True if the right to delete it went while it was there. */
  isStuck: boolean;
}

/** What an account has once in a Region. */
export interface AccountSettings {
  /** ARN of the role that API Gateway writes logs with. */
  loggingRole: string | undefined;
  /** Lambda's quota of concurrent executions, and how many must stay unreserved. */
  readonly concurrency: { readonly quota: number; readonly unreserved: number };
  networkInterfaces: readonly NetworkInterface[];
}

/** What an effect may ask of the account. */
export interface Account {
  readonly place: Place;
  readonly settings: AccountSettings;
  all(type: string): readonly Thing[];
  behaves(behaviour: BehaviourName): boolean;
}

/** One resource type: what the provider's schema says of it, and what AWS does with it. */
export interface Kind {
  /** The property that the provider names by itself, and its greatest length. */
  readonly named?: { readonly property: string; readonly longest: number; readonly lowerCase?: boolean };
  /** Properties whose change makes another object; every one with "all". */
  readonly replaces?: readonly string[] | "all";
  /** The id, and what AWS adds to the inputs or returns in another form. */
  readonly make: (making: Making) => Values & { readonly id: string };
  /** What AWS takes only one of: two objects with the same text clash. Without it, two with the same id do. */
  readonly unique?: (making: Making) => string;
  /** True if AWS puts: what is there already is replaced, whoever put it. */
  readonly puts?: boolean;
  /** Properties that stay as they are in AWS if the program leaves them out (Optional and Computed in the provider's schema). */
  readonly stays?: readonly string[];
  /** Outputs that an update makes anew, so that a preview does not know them. */
  readonly renewed?: readonly string[];
  /** @throws Error with AWS's words, if AWS refuses the object */
  readonly refuse?: (thing: Thing, account: Account) => void;
  /** @throws Error with AWS's words, if AWS refuses to delete the object */
  readonly keep?: (thing: Thing, account: Account) => void;
  /** What a change of the object does to the account beside. */
  readonly effect?: (op: "create" | "update" | "delete", thing: Thing, account: Account) => void;
}

/** By resource type. */
export type Kinds = Readonly<Record<string, Kind>>;

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

export function random(length: number): string {
  return [...randomBytes(length)].map((byte) => LETTERS[byte % LETTERS.length] ?? "").join("");
}

/** What AWS adds, without the id. */
export function computed(kind: Kind, making: Making): Values {
  return Object.fromEntries(Object.entries(kind.make(making)).filter(([property]) => property !== "id"));
}

/** The text of an input; empty if it is left out. */
export function text(inputs: Values, property: string): string {
  const value = inputs[property];
  return typeof value === "string" ? value : "";
}

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:REST` in the place, or in the region that the resource names for itself. */
export function arn(making: Making, service: string, rest: string): string {
  return `arn:${making.partition}:${service}:${regionOf(making)}:${making.accountId}:${rest}`;
}

export function regionOf({ inputs, region }: Pick<Making, "inputs" | "region">): string {
  return text(inputs, "region") || region;
}

/** The domain that a partition's services stand under. https://docs.aws.amazon.com/general/latest/gr/rande.html */
export function dnsSuffix(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

/** The partition of a region. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
