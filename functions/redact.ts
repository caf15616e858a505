import { DETECTORS, type Redaction, type RedactionAction } from "../contract/doorPolicy";
import type { Refusal } from "../contract/errors";
import { FINDERS, type Find } from "./detectors";

type Payload = Readonly<Record<string, unknown>>;

/** How often each detector found something: numbers only, never what it found. */
export type RedactionCounts = Readonly<Record<string, number>>;

export interface Redacted {
  /** The payload as the agent may see it, or why it may not. */
  readonly result: { readonly payload: Payload } | Refusal;
  readonly counts: RedactionCounts;
}

/** Searches the chosen fields of a payload. */
export type Redact = (payload: Payload) => Redacted;

interface Search {
  readonly name: string;
  readonly action: RedactionAction;
  readonly find: Find;
}

/** Makes the search of a stack. The custom patterns look first: they know the stack's own data best. */
export async function redactor({ fields, detectors, patterns }: Redaction): Promise<Redact> {
  const custom = patterns.filter(({ action }) => action !== "off");
  const { finder } = custom.length > 0 ? await import("./customPatterns.mjs") : { finder: undefined };
  const searches: Search[] = [
    ...custom.flatMap(({ name, pattern, action }) => (finder ? [{ name, action, find: finder(pattern) }] : [])),
    ...DETECTORS.map((name) => ({ name, action: detectors[name] ?? "off", find: FINDERS[name] })),
  ].filter(({ action }) => action !== "off");

  return (payload) => {
    const counts: Record<string, number> = {};
    let refusal: Refusal | undefined;
    const clean = (text: string, field: string): string =>
      searches.reduce((current, { name, action, find }) => {
        const spans = find(current);
        if (spans.length === 0) return current;
        counts[name] = (counts[name] ?? 0) + spans.length;
        if (action === "reject") refusal ??= { code: "SENSITIVE_DATA", detail: `\`${field}\` holds ${name}.` };
        return mask(current, spans, name);
      }, text);
    const walk = (value: unknown, field: string): unknown => {
      if (typeof value === "string") return clean(value, field);
      if (typeof value === "number") {
        // A card number is one without quotes, too.
        const text = String(value);
        const cleaned = clean(text, field);
        return cleaned === text ? value : cleaned;
      }
      if (Array.isArray(value)) return value.map((item) => walk(item, field));
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, field)]));
    };
    const cleaned = { ...payload };
    for (const field of fields) if (Object.hasOwn(payload, field)) cleaned[field] = walk(payload[field], field);
    return { result: refusal ?? { payload: cleaned }, counts };
  };
}

function mask(text: string, spans: readonly (readonly [number, number])[], name: string): string {
  let masked = "";
  let from = 0;
  for (const [start, end] of spans) {
    if (start < from) continue;
    masked += `${text.slice(from, start)}[${name}]`;
    from = end;
  }
  return masked + text.slice(from);
}
