import { createHash } from "node:crypto";

/** Account and region of the generated ARNs. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
}

export type Inputs = Readonly<Record<string, unknown>>;

/** A resource that is being created. */
export interface Creation extends Place {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
  /** Ten lower-case characters, the same in every run. */
  readonly suffix: string;
}

/** Computes the outputs of a resource: its id, and the outputs that are not inputs. */
export type ComputeOutputs = (creation: Creation) => Record<string, unknown> & { id: string };

/** By resource type. */
export type Service = Readonly<Record<string, ComputeOutputs>>;

/** The given name, or one in the format of the provider's auto-naming. */
export const autoName = ({ inputs, name, suffix }: Creation): string => {
  if (typeof inputs["name"] === "string") return inputs["name"];
  if (typeof inputs["namePrefix"] === "string") return inputs["namePrefix"] + suffix;
  return `${name}-${suffix.slice(0, 7)}`;
};

/** The region of the resource, or the stack's if it has none. */
export const regionOf = ({ inputs, region }: Creation): string =>
  typeof inputs["region"] === "string" ? inputs["region"] : region;

/** For a resource whose only computed output is its id. */
export const idOnly: ComputeOutputs = ({ suffix }) => ({ id: suffix });

export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 10);
}
