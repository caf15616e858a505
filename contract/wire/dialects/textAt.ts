import { textSaid, UNKNOWN, type Dialect } from "./said";

/** Events with the text in one field, such as `delta.text` or `choices.0.text`. Events without that field have no text. */
export function textAt(path: string): Dialect {
  const names = path.split(".");
  return (value) => {
    const text = names.reduce<unknown>(inside, value);
    return typeof text === "string" ? textSaid(text) : UNKNOWN;
  };
}

function inside(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
