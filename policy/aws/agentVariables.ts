import { json, UNKNOWN } from "../model/value";

/** What a variable names as agents: a text is one, JSON has one in each entry, as its first text. */
export function agentsIn(name: string, value: unknown): readonly (readonly [name: string, arn: unknown])[] {
  if (value === UNKNOWN || value === "") return [];
  const parsed = typeof value === "string" && /^\s*[[{]/.test(value) ? json(value) : value;
  if (typeof parsed !== "object" || parsed === null) return [[name, parsed ?? value]];
  return Object.values(parsed).map((entry, index) => [`${name}[${index.toString()}]`, firstText(entry)]);
}

function firstText(entry: unknown): unknown {
  return typeof entry === "object" && entry !== null ? Object.values(entry)[0] : entry;
}
