import { CONTEXTS } from "./contexts";

/** A text, and where its values start and end. */
export interface Sample {
  readonly text: string;
  readonly values: readonly (readonly [start: number, end: number])[];
}

/** Texts with one value each, in every context by turns. */
export const inContexts = (values: readonly string[], count: number): Sample[] =>
  Array.from({ length: count }, (_, at) => {
    const value = values[at % values.length] ?? "";
    const context = CONTEXTS[(at * 7 + Math.floor(at / CONTEXTS.length)) % CONTEXTS.length] ?? "@";
    const start = context.indexOf("@");
    return { text: context.replace("@", () => value), values: [[start, start + value.length]] };
  });

/** A text with values in the places of their names, which no capital letter or underscore joins to other names. */
export function filledIn(place: string, values: Readonly<Record<string, string>>): Sample {
  const at: [number, number][] = [];
  let text = "";
  for (const piece of place.split(/(?<![A-Z_])(ID|SECRET)(?![A-Z_])/)) {
    const value = values[piece];
    if (value !== undefined) at.push([text.length, text.length + value.length]);
    text += value ?? piece;
  }
  return { text, values: at };
}
