import { activeDetectors, type Redaction, type RedactionAction } from "../../../contract/runtime/doorPolicy";
import type { Refusal } from "../../../contract/wire/errors";
import type { Find } from "./find/span";
import { OutOfTime, withinTime } from "./withinTime";

/**
 * Time limit of the search of one request, milliseconds. Twenty patterns without a match need 150 ms for the largest body on a whole core,
 * and about 500 ms with 512 MB of memory (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html).
 */
const SEARCH_MS = 2_000;

/** How much longer masks may make a request, characters. A mask can match and be masked again, and gets longer each time. */
const MAX_GROWTH = 4 * 1024 * 1024;

type Payload = Readonly<Record<string, unknown>>;

/** Number of matches by detector; never the matched text. */
export type RedactionCounts = Readonly<Record<string, number>>;

export interface Redacted {
  /** The redacted payload, or why the request is refused. */
  readonly result: { readonly payload: Payload } | Refusal;
  readonly counts: RedactionCounts;
}

/**
 * Searches the configured fields of a payload.
 *
 * @param remainingMs time that is left for the request, milliseconds
 */
export type Redact = (payload: Payload, remainingMs?: number) => Redacted;

interface Search {
  readonly name: string;
  readonly action: RedactionAction;
  readonly find: Find;
}

/** Creates the search for a stack's settings. Custom patterns run first: they are specific to the stack's data. */
export async function redactor({ fields, detectors, patterns }: Redaction): Promise<Redact> {
  const custom = patterns.filter(({ action }) => action !== "off");
  const { finder } = custom.length > 0 ? await import("./customPatterns.mjs") : { finder: undefined };
  const builtIn = activeDetectors({ detectors });
  const { FINDERS } = builtIn.length > 0 ? await import("./detectors.mjs") : { FINDERS: undefined };
  const prepare = (): Search[] => [
    ...custom.flatMap(({ name, pattern, action }) => (finder ? [{ name, action, find: finder(pattern) }] : [])),
    ...builtIn.flatMap(({ name, action }) => (FINDERS ? [{ name, action, find: FINDERS[name] }] : [])),
  ];
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
      // The state of an interrupted engine is unreliable. The next request creates a new one.
      searches = undefined;
      return { result: { code: "REDACTION_TIMEOUT", detail: progress.at }, counts: progress.counts };
    }
  };
}

/** State of the search of one request. */
interface Progress {
  readonly counts: Record<string, number>;
  refusal?: Refusal;
  growth: number;
  /** What the search is doing, as the sentence that completes an error message. */
  at?: string;
}

function search(payload: Payload, fields: readonly string[], searches: readonly Search[], progress: Progress): Payload {
  const clean = (text: string, field: string): string =>
    searches.reduce((current, { name, action, find }) => {
      progress.at = `It was looking for ${name} in \`${field}\`.`;
      const spans = find(current);
      if (spans.length === 0) return current;
      progress.counts[name] = (progress.counts[name] ?? 0) + spans.length;
      if (action === "reject")
        progress.refusal ??= { code: "SENSITIVE_DATA", detail: `\`${field}\` contains ${name}.` };
      const masked = mask(current, spans, name);
      progress.growth += masked.length - current.length;
      if (progress.growth > MAX_GROWTH) throw new OutOfTime();
      return masked;
    }, text);
  const walk = (value: unknown, field: string): unknown => {
    if (typeof value === "string") return clean(value, field);
    if (typeof value === "number") {
      // A number can be a card number, too.
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
