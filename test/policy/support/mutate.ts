import { at, UNKNOWN } from "../../../policy/model/value";
import type { StackResource } from "../../../policy/model/graph";
import { TYPES } from "../../../policy/aws/types";

type Stack = readonly StackResource[];
type Props = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** Makes one change to one resource of a stack, or says by `undefined` that there is nothing to change. */
export type Mutation = (stack: Stack) => Stack | undefined;

type Type = keyof typeof TYPES;
type Where = (resource: StackResource) => boolean;

/** The first resource of a type that qualifies, changed. */
export function change(
  type: Type,
  edit: (resource: StackResource) => StackResource | undefined,
  where?: Where,
): Mutation {
  return (stack) => {
    const index = stack.findIndex((resource) => resource.type === TYPES[type] && (where?.(resource) ?? true));
    const resource = stack[index];
    const changed = resource && edit(resource);
    return changed && stack.with(index, changed);
  };
}

/** Sets a property, also deep inside; not where the way there is not known, or the value is there already. */
export function set(type: Type, path: string, value: unknown, where?: Where): Mutation {
  const steps = path.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  return change(
    type,
    (resource) => {
      if (steps.some((_, index) => index > 0 && at(resource.props, ...steps.slice(0, index)) === UNKNOWN))
        return undefined;
      if (JSON.stringify(at(resource.props, ...steps)) === JSON.stringify(value)) return undefined;
      return {
        ...resource,
        props: put(resource.props, steps, value) as Props,
        sources: sourcesWithout(resource, steps),
      };
    },
    where,
  );
}

/** A literal comes from nowhere. */
function sourcesWithout({ sources }: StackResource, [property, ...rest]: Path): StackResource["sources"] {
  return rest.length > 0 ? sources : Object.fromEntries(Object.entries(sources).filter(([key]) => key !== property));
}

/** Takes a property away. */
export function unset(type: Type, path: string, where?: Where): Mutation {
  const steps = path.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  return change(
    type,
    (resource) =>
      [undefined, UNKNOWN].includes(at(resource.props, ...steps.slice(0, -1)) as undefined) ||
      at(resource.props, ...steps) === undefined
        ? undefined
        : { ...resource, props: put(resource.props, steps, undefined) as Props },
    where,
  );
}

/** Changes a JSON text. */
export function setJson(type: Type, property: string, edit: (document: never) => unknown, where?: Where): Mutation {
  return change(
    type,
    (resource) => {
      const text = resource.props[property];
      if (typeof text !== "string") return undefined;
      const edited = edit(JSON.parse(text) as never);
      return edited === undefined
        ? undefined
        : { ...resource, props: { ...resource.props, [property]: JSON.stringify(edited) } };
    },
    where,
  );
}

/** Takes a resource away, and with it what others got from it. */
export function drop(type: Type, where?: Where): Mutation {
  return (stack) => {
    const gone = stack.find((resource) => resource.type === TYPES[type] && (where?.(resource) ?? true));
    return gone && stack.filter((resource) => resource !== gone);
  };
}

/** Adds a resource that nothing is linked to. */
export function add(type: `${string}:${string}`, props: Props): Mutation {
  return (stack) => {
    const [first] = stack;
    const base = first?.urn.split("::").slice(0, 2).join("::");
    const resource = {
      urn: `${base ?? ""}::${type}::added`,
      type,
      name: "added",
      props,
      options: { protect: false, ignoreChanges: [] },
      dependencies: [],
      sources: {},
    };
    return [...stack, resource];
  };
}

/** Adds a resource like one that is there. */
export function copy(type: Type, edit: (props: Props) => Props, where?: Where): Mutation {
  return (stack) => {
    const model = stack.find((resource) => resource.type === TYPES[type] && (where?.(resource) ?? true));
    if (!model) return undefined;
    const props = Object.fromEntries(Object.entries(edit(model.props)).filter(([, value]) => value !== undefined));
    return [...stack, { ...model, urn: `${model.urn}-copy`, name: `${model.name}-copy`, props }];
  };
}

/** Only in stacks that have nothing of a type. */
export function without(type: Type, mutation: Mutation): Mutation {
  return (stack) => (stack.some((resource) => resource.type === TYPES[type]) ? undefined : mutation(stack));
}

/** Sets an option of a resource. */
export function option(type: Type, options: Partial<StackResource["options"]>, where?: Where): Mutation {
  return change(type, (resource) => ({ ...resource, options: { ...resource.options, ...options } }), where);
}

function put(value: unknown, [step, ...rest]: Path, leaf: unknown): unknown {
  if (step === undefined) return leaf;
  if (Array.isArray(value)) return (value as unknown[]).with(Number(step), put(value[Number(step)], rest, leaf));
  const object = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const entries = Object.entries({ ...object, [step]: put(object[step], rest, leaf) });
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}
