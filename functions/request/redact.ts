import { DETECTORS, type Redaction, type RedactionAction } from "../../contract/runtime/doorPolicy";
import type { Refusal } from "../../contract/wire/errors";
import { FINDERS, type Find } from "./detectors";
import { OutOfTime, withinTime } from "./withinTime";

/**
 * Longest search of one request, milliseconds. Twenty patterns without a fault take 150 for the largest body on a whole core, so 500 with
 * 512 MB of memory (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html).
 */
const SEARCH_MS = 2_000;

/** How much longer masks may make a request, characters. A mask can be found and masked again, longer each time. */
const MOST_GROWTH = 4 * 1024 * 1024;

type Payload = Readonly<Record<string, unknown>>;

/** How often each detector found something: numbers only, never what it found. */
export type RedactionCounts = Readonly<Record<string, number>>;

export interface Redacted {
  /** The payload as the agent may see it, or why it may not. */
  readonly result: { readonly payload: Payload } | Refusal;
  readonly counts: RedactionCounts;
}

/**
 * Searches the chosen fields of a payload.
 *
 * @param remainingMs what the request has left of its time, milliseconds
 */
export type Redact = (payload: Payload, remainingMs?: number) => Redacted;

interface Search {
  readonly name: string;
  readonly action: RedactionAction;
  readonly find: Find;
}

/** Makes the search of a stack. The custom patterns look first: they know the stack's own data best. */
export async function redactor({ fields, detectors, patterns }: Redaction): Promise<Redact> {
  const custom = patterns.filter(({ action }) => action !== "off");
  const { finder } = custom.length > 0 ? await import("./customPatterns.mjs") : { finder: undefined };
  const prepare = (): Search[] =>
    [
      ...custom.flatMap(({ name, pattern, action }) => (finder ? [{ name, action, find: finder(pattern) }] : [])),
      ...DETECTORS.map((name) => ({ name, action: detectors[name] ?? "off", find: FINDERS[name] })),
    ].filter(({ action }) => action !== "off");
  let searches: Search[] | undefined = prepare();
  if (searches.length === 0) return (payload) => ({ result: { payload }, counts: {} });

  return (payload, remainingMs = SEARCH_MS) => {
    const progress: Progress = { counts: {}, growth: 0 };
    try {
      const cleaned = withinTime(Math.min(SEARCH_MS, remainingMs), () =>
        search(payload, fields, (searches ??= prepare()), progress),
      );
      return { result: progress.refusal ?? { payload: cleaned }, counts: progress.counts };
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
      // An engine that was stopped in its midst cannot be trusted any more. The next request has time for a new one.
      searches = undefined;
      return { result: { code: "REDACTION_TIMEOUT", detail: progress.at }, counts: progress.counts };
    }
  };
}

/** How far the search of one request has come. */
interface Progress {
  readonly counts: Record<string, number>;
  refusal?: Refusal;
  growth: number;
  /** A sentence. */
  at?: string;
}

function search(payload: Payload, fields: readonly string[], searches: readonly Search[], progress: Progress): Payload {
  const clean = (text: string, field: string): string =>
    searches.reduce((current, { name, action, find }) => {
      progress.at = `It was looking for ${name} in \`${field}\`.`;
      const spans = find(current);
      if (spans.length === 0) return current;
      progress.counts[name] = (progress.counts[name] ?? 0) + spans.length;
      if (action === "reject") progress.refusal ??= { code: "SENSITIVE_DATA", detail: `\`${field}\` holds ${name}.` };
      const masked = mask(current, spans, name);
      progress.growth += masked.length - current.length;
      if (progress.growth > MOST_GROWTH) throw new OutOfTime();
      return masked;
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
  return cleaned;
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
