import { struct, type AnalyzedResource } from "../../../local/policyHost/messages";
import { create } from "../../../local/program/provider";
import { TYPES } from "../../../policy/aws/types";
import { UNKNOWN as UNKNOWN_ON_THE_WIRE, PLACE } from "../../support/program/components";

/** Whether computed outputs are known. */
export type Mode = "preview" | "update";

/** A value that comes out of other resources, or out of nowhere that the stack knows. */
export interface Output {
  readonly from: readonly Declared[];
  readonly value: (mode: Mode) => string | undefined;
}

export interface Options {
  readonly protect?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly dependsOn?: readonly Declared[];
}

/** A resource of a case: what a program would declare. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly options: Options;
  /** That of a recorded resource; others get one from their type and name. */
  readonly urn?: string;
  /** One of its computed outputs: unknown in preview, known in an update; its own inputs are known in both. */
  readonly out: (output: string) => Output;
}

/** Declares a resource of a type, by its key in TYPES or by its token. */
export function declare(
  type: keyof typeof TYPES | `${string}:${string}`,
  name: string,
  props: Readonly<Record<string, unknown>> = {},
  options: Options = {},
): Declared {
  const token = type in TYPES ? TYPES[type as keyof typeof TYPES] : type;
  const declared: Declared = {
    type: token,
    name,
    props,
    options,
    out: (output) => ({
      from: [declared],
      value: (mode) => {
        const input = props[output];
        if (typeof input === "string") return input;
        if (mode === "preview") return undefined;
        const made = outputsOf(declared)[output];
        return typeof made === "string" ? made : `${name}-${output}`;
      },
    }),
  };
  return declared;
}

/** A text with outputs in it: known where all of them are. */
export function text(parts: TemplateStringsArray, ...values: readonly (Output | string)[]): Output {
  return {
    from: values.flatMap((value) => (typeof value === "string" ? [] : value.from)),
    value: (mode) => {
      const known = values.map((value) => (typeof value === "string" ? value : value.value(mode)));
      if (known.includes(undefined)) return undefined;
      return parts.reduce((whole, part, index) => `${whole}${known[index - 1] ?? ""}${part}`);
    },
  };
}

/** A value that is known in preview as well and still comes from a resource, as interpolations over given names are. */
export function known(value: string, ...from: readonly Declared[]): Output {
  return { from, value: () => value };
}

/** Not known, in an update neither, and from nothing in this stack. */
export const unknown: Output = { from: [], value: () => undefined };

/** A case's resources as the engine would show them. */
export function analyzed(resources: readonly Declared[], mode: Mode, stack = "test"): AnalyzedResource[] {
  const urnOf = ({ urn, type, name }: Declared) => urn ?? `urn:pulumi:${stack}::proj::${type}::${name}`;
  return resources.map((declared) => {
    const { type, name, props, options } = declared;
    const sources = Object.entries(props).map(
      ([property, value]) => [property, [...new Set(outputsIn(value).flatMap(({ from }) => from.map(urnOf)))]] as const,
    );
    const inputs = resolve(props, mode) as Record<string, unknown>;
    const computed = Object.entries(outputsOf(declared)).filter(([key]) => !(key in inputs));
    return {
      urn: urnOf(declared),
      type,
      name,
      parent: "",
      protect: options.protect ?? false,
      ignoreChanges: options.ignoreChanges ?? [],
      wire: struct(inputs),
      computed: mode === "preview" ? {} : Object.fromEntries(computed),
      dependencies: [
        ...new Set([...sources.flatMap(([, urns]) => urns), ...(options.dependsOn ?? []).map((each) => urnOf(each))]),
      ],
      propertyDependencies: new Map(sources.filter(([, urns]) => urns.length > 0)),
      ...(options.provider && { provider: options.provider }),
    };
  });
}

/** What the provider would answer; for a type that the local target does not know, an id and an ARN. */
function outputsOf(declared: Declared): Readonly<Record<string, unknown>> {
  const { type, name } = declared;
  try {
    const { id, outputs } = create(type, name, resolve(declared.props, "update") as Record<string, unknown>, PLACE);
    return { ...outputs, id };
  } catch {
    return { id: `${name}-id`, arn: `arn:aws:any:${PLACE.region}:${PLACE.accountId}:${name}` };
  }
}

function isOutput(value: unknown): value is Output {
  return (
    typeof value === "object" && value !== null && "from" in value && typeof (value as Output).value === "function"
  );
}

export function outputsIn(value: unknown): readonly Output[] {
  if (isOutput(value)) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(outputsIn) : [];
}

export function resolve(value: unknown, mode: Mode): unknown {
  if (isOutput(value)) return value.value(mode) ?? UNKNOWN_ON_THE_WIRE;
  if (Array.isArray(value)) return value.map((item) => resolve(item, mode));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, mode)]));
}
