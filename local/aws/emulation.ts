import type { RuntimeAuth } from "../../contract/runtime/doorPolicy";
import type { Graph, Resource } from "../program/graph";

/** The settings that a {@link Gap} can depend on. */
export interface GapContext {
  readonly graph: Graph;
  /** What the runtime accepts. */
  readonly runtimeAuth: RuntimeAuth;
}

/** A declared feature that is not enforced here, or not completely. */
export interface Gap {
  /** The inputs that declare it. */
  readonly inputs: readonly string[];
  /** Sentences for the list "Not emulated"; none if these resources do not use the feature. */
  readonly says: (resources: readonly Resource[], deployment: GapContext) => readonly string[];
}

/** How far the doubles emulate a resource type, by its inputs. An input that is in none of the three lists is reported as not enforced. */
export interface Emulation {
  /** Inputs that a double enforces. */
  readonly enforces: readonly string[];
  /** Inputs that do not influence requests: names, descriptions, tags. */
  readonly plain?: readonly string[];
  readonly gaps?: readonly Gap[];
}

/** By resource type. */
export type Emulates = Readonly<Record<string, Emulation>>;

/** For a type that is not emulated at all. */
export const typeNotEmulated = (says: Gap["says"]): Emulation => ({
  enforces: [],
  gaps: [{ inputs: [EVERY_INPUT], says }],
});

/** In a {@link Gap}: all inputs of the type. */
export const EVERY_INPUT = "*";

/** Sentences that several services share. */
export const LINES = {
  logs: "log groups: functions log to this terminal; there are no access logs",
  network:
    "subnets, security groups, VPC endpoints and their policies: functions here call from this machine's network",
  sample: "the sample's runtime, its role and its bucket: the sample agent runs from its source",
  traces: "X-Ray traces",
} as const;
