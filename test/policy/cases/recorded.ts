import assert from "node:assert/strict";
import { struct, type AnalyzedResource } from "../../../local/policyHost/messages";
import { TYPES } from "../../../policy/aws/types";
import { UNKNOWN as UNKNOWN_ON_THE_WIRE } from "../../support/program/components";
import { runStack } from "../../support/stacks";
import { analyzed, outputsIn, resolve, type Declared, type Mode } from "../support/declare";

type Type = keyof typeof TYPES | `${string}:${string}`;
const tokenOf = (type: Type): string => (type in TYPES ? TYPES[type as keyof typeof TYPES] : type);

/** A recorded program that a case changes: what it registers, as the engine would show it. */
export class Recorded {
  private constructor(
    private resources: readonly AnalyzedResource[],
    readonly mode: Mode,
  ) {}

  /** @param stack a file of stacks/, or "alone" for a program without resources */
  static async of(stack: string, mode: Mode): Promise<Recorded> {
    if (stack === "alone") return new Recorded([], mode);
    return new Recorded((await runStack(stack, mode === "preview")).resources, mode);
  }

  /** The first resource of a type, with a part of its name, for use in what a case adds. */
  get(type: Type, part = ""): Declared {
    const found = this.resources.find((each) => each.type === tokenOf(type) && each.name.includes(part));
    assert.ok(found, `the program has no ${type} named like "${part}"`);
    const { urn, name } = found;
    const props = (found.wire?.toJavaScript() ?? {}) as Record<string, unknown>;
    const declared: Declared = {
      urn,
      type: found.type,
      name,
      props,
      options: {},
      out: (output) => ({
        from: [declared],
        value: () => {
          const value = found.computed[output] ?? props[output];
          return typeof value === "string" && value !== UNKNOWN_ON_THE_WIRE ? value : undefined;
        },
      }),
    };
    return declared;
  }

  /** Sets a property, by a path with dots; `undefined` removes it. */
  set({ urn }: Declared, path: string, value: unknown): void {
    const [property = "", ...rest] = path.split(".");
    const from = outputsIn(value).flatMap((output) => output.from.map((each) => this.urnOf(each)));
    this.resources = this.resources.map((resource) => {
      if (resource.urn !== urn) return resource;
      const inputs = structuredClone((resource.wire?.toJavaScript() ?? {}) as Record<string, unknown>);
      put(inputs, [property, ...rest], resolve(value, this.mode));
      const sources = new Map(resource.propertyDependencies);
      sources.set(property, rest.length > 0 ? [...(sources.get(property) ?? []), ...from] : from);
      return { ...resource, wire: struct(inputs), propertyDependencies: sources };
    });
  }

  /** The value of an input, to be changed and set again. */
  value({ urn }: Declared, property: string): unknown {
    const found = this.resources.find((each) => each.urn === urn);
    return ((found?.wire?.toJavaScript() ?? {}) as Record<string, unknown>)[property];
  }

  drop({ urn }: Declared): void {
    this.resources = this.resources.filter((each) => each.urn !== urn);
  }

  /** Keeps only some of what a resource comes after. */
  after({ urn }: Declared, keep: (dependency: string) => boolean): void {
    this.change(
      (resource) => resource.urn === urn,
      (urns) => urns.filter(keep),
    );
  }

  /** Keeps only some of what all resources of a type come after. */
  afterAll(type: Type, keep: (dependency: string) => boolean): void {
    this.change(
      (resource) => resource.type === tokenOf(type),
      (urns) => urns.filter(keep),
    );
  }

  /** Has a resource come after one that a case adds. */
  comesAfter({ urn }: Declared, other: Declared): void {
    const added = this.urnOf(other);
    this.change(
      (resource) => resource.urn === urn,
      (urns) => [...urns, added],
    );
  }

  private change(which: (resource: AnalyzedResource) => boolean, edit: (urns: readonly string[]) => readonly string[]) {
    this.resources = this.resources.map((resource) =>
      which(resource) ? { ...resource, dependencies: edit(resource.dependencies) } : resource,
    );
  }

  private urnOf({ urn, type, name }: Declared): string {
    return urn ?? `urn:pulumi:${this.stack}::proj::${type}::${name}`;
  }

  private get stack(): string {
    return this.resources[0]?.urn.split(":")[2] ?? "test";
  }

  /** The program with further resources. */
  with(added: readonly Declared[]): readonly AnalyzedResource[] {
    return [...this.resources, ...analyzed(added, this.mode, this.stack)];
  }
}

function put(container: Record<string, unknown>, [key = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    if (value === undefined) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- removes an input
      delete container[key];
    } else container[key] = value;
    return;
  }
  if (typeof container[key] !== "object" || container[key] === null) container[key] = {};
  put(container[key] as Record<string, unknown>, rest, value);
}
