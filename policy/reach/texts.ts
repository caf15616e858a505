import type { StackResource } from "../model/graph";

/** A text of a resource's properties, and the name of what it stands in. */
export type Leaf = (text: string, key: string, property: string) => void;

/** Properties that hold code, not values: what a bundle says is no sign of what a resource is for. */
const CODE = new Set(["code", "source", "content", "contentBase64", "zipFile"]);

/** Calls a function for every text in the properties of a resource; names of map entries are texts too. */
export function eachText({ props }: Pick<StackResource, "props">, leaf: Leaf): void {
  for (const [property, value] of Object.entries(props)) if (!CODE.has(property)) walk(value, property, property, leaf);
}

function walk(value: unknown, key: string, property: string, leaf: Leaf): void {
  if (typeof value === "string") leaf(value, key, property);
  else if (Array.isArray(value)) for (const each of value) walk(each, key, property, leaf);
  else if (typeof value === "object" && value !== null)
    for (const [name, each] of Object.entries(value)) {
      leaf(name, name, property);
      walk(each, name, property, leaf);
    }
}
