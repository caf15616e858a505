import type { RuntimeAuth } from "../../contract/runtime/doorPolicy";
import type { Graph, Resource } from "../program/graph";

/** Where a line about something that is left out is asked for. */
export interface Deployment {
  readonly graph: Graph;
  /** What the runtime behind the ARN accepts. */
  readonly runtimeAuth: RuntimeAuth;
}

/** Something that is declared and not enforced here, or not wholly. */
export interface Gap {
  /** The inputs that it is about. */
  readonly inputs: readonly string[];
  /** A sentence of the list "Not emulated", or several; none if these resources do not use it. */
  readonly says: (resources: readonly Resource[], deployment: Deployment) => readonly string[];
}

/** How far the doubles emulate a resource type, by its inputs. An input that is in none of the three lists is reported as not enforced. */
export interface Emulation {
  /** Inputs that a double obeys. */
  readonly enforces: readonly string[];
  /** Inputs that decide nothing about a request: names, descriptions, tags. */
  readonly plain?: readonly string[];
  readonly gaps?: readonly Gap[];
}

/** By resource type. */
export type Emulates = Readonly<Record<string, Emulation>>;

/** A type that nothing here emulates: the line of all its inputs. */
export const leftOut = (says: Gap["says"]): Emulation => ({ enforces: [], gaps: [{ inputs: [EVERY_INPUT], says }] });

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
