import type { Declared } from "../support/declare";

export type Pack = "cdk-nag" | "checkov" | "trivy" | "cfn-guard" | "prowler" | "Pulumi";

/** Settings by the id of the rule that they are for. */
export type RuleSettings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A bad configuration out of another pack's own tests, or of a kind that its rule lets pass. */
export interface OtherCase {
  readonly pack: Pack;
  /** The rule's id in its pack. */
  readonly rule: string;
  /** The name of the case in their tests, or what they have no case for. */
  readonly case: string;
  readonly theirs: "catches" | "misses";
  /** Why theirs lets it pass. */
  readonly why?: string;
  readonly ours: readonly string[];
  /** What a stack that wants to hold this has to set; without them the rules' defaults are in force. */
  readonly settings?: RuleSettings;
  readonly resources: readonly Declared[];
}

/** A right configuration that another pack's rule refuses; the named rule of ours finds nothing in it. */
export interface RightCase extends Pick<OtherCase, "pack" | "rule" | "case" | "ours" | "resources"> {
  /** Why it is right. */
  readonly why: string;
}

export interface Service {
  readonly name: string;
  readonly cases: readonly OtherCase[];
  readonly right?: readonly RightCase[];
}

type Caught = readonly [name: string, ours: string, resources: readonly Declared[], settings?: RuleSettings];
type Missed = readonly [name: string, why: string, ours: string, resources: readonly Declared[]];

/** Cases that a rule of another pack finds. Several rules of ours are separated by a space. */
export function catches(pack: Pack, rule: string, ...cases: readonly Caught[]): readonly OtherCase[] {
  return cases.map(([name, ours, resources, settings]) => ({
    pack,
    rule,
    case: name,
    theirs: "catches",
    ours: ours.split(" "),
    resources,
    ...(settings && { settings }),
  }));
}

/** Bad cases that a rule of another pack passes, or that no rule of the pack is about. */
export function misses(pack: Pack, rule: string, ...cases: readonly Missed[]): readonly OtherCase[] {
  return cases.map(([name, why, ours, resources]) => ({
    pack,
    rule,
    case: name,
    theirs: "misses",
    why,
    ours: ours.split(" "),
    resources,
  }));
}

/** Right cases that a rule of another pack refuses. */
export function refuses(pack: Pack, rule: string, ...cases: readonly Missed[]): readonly RightCase[] {
  return cases.map(([name, why, ours, resources]) => ({
    pack,
    rule,
    case: name,
    why,
    ours: ours.split(" "),
    resources,
  }));
}
