/** Tokens of the model, as the agent reports them. */
export interface Usage {
  readonly input: number;
  readonly output: number;
}

/**
 * What an event of an agent says. Each dialect translates its own events into these.
 *
 * `level` orders repetitions: 0 for the smallest pieces of the answer; events of a higher level repeat what lower ones said, and count only if there
 * were none.
 */
export type Said =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly level: number;
      /** Id of a message of which `text` is everything so far: an earlier text of the same message is a part of it. */
      readonly soFar?: string;
      /** True for JSON of an unknown shape, which is a line of its own in a stream without a framework. */
      readonly isUnknown?: true;
    }
  | { readonly kind: "reasoning"; readonly text: string }
  | { readonly kind: "toolCall" | "toolResult" | "state"; readonly value: unknown }
  | { readonly kind: "usage"; readonly usage: Usage; readonly level: number; readonly id?: string }
  | { readonly kind: "failure" | "end" }
  | {
      readonly kind: "other";
      /** True for the text of an error after which the agent may go on, such as a call of the model that it repeats. */
      readonly isError?: true;
      /** True if the dialect does not know the event. */
      readonly isUnknown?: true;
    };

/** An event of a stream. */
export interface AgentEvent {
  /** Empty for the standard's default type, `message`. */
  readonly type: string;
  readonly data: string;
}

/** A JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Translates an event of one dialect.
 *
 * @param value the data of the event: any JSON value, or the data itself if it is not JSON
 * @param event the event as it arrived
 * @param isDecided true if the stream is known to be in this dialect. Then also shapes count that are too general to decide it.
 * @returns undefined if the event is not one of this dialect
 */
export type Dialect = (value: unknown, event: AgentEvent, isDecided: boolean) => readonly Said[] | undefined;

const NO_FIELDS: Fields = {};
export const OTHER: readonly Said[] = [{ kind: "other" }];
export const UNKNOWN: readonly Said[] = [{ kind: "other", isUnknown: true }];
export const AN_ERROR: readonly Said[] = [{ kind: "other", isError: true }];
export const FAILURE: readonly Said[] = [{ kind: "failure" }];
export const END: readonly Said[] = [{ kind: "end" }];

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The fields of an object; none of any other value. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : NO_FIELDS;
}

/** The items of a list; none of any other value. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textSaid(text: unknown, level = 0, soFar?: string): readonly Said[] {
  if (typeof text !== "string" || text === "") return OTHER;
  return [{ kind: "text", text, level, ...(soFar !== undefined && { soFar }) }];
}

export function reasoningSaid(text: unknown): readonly Said[] {
  return [{ kind: "reasoning", text: typeof text === "string" ? text : "" }];
}

/** The tokens of `inputTokens` and `outputTokens`, or of `input_tokens` or `prompt_tokens` and so on; nothing if there is neither. */
export function usageSaid(value: unknown, level = 0, id?: string): readonly Said[] {
  const fields = fieldsOf(value);
  const input = firstCount(fields["inputTokens"], fields["input_tokens"], fields["prompt_tokens"]);
  const output = firstCount(fields["outputTokens"], fields["output_tokens"], fields["completion_tokens"]);
  if (input === undefined && output === undefined) return [];
  return [{ kind: "usage", usage: { input: input ?? 0, output: output ?? 0 }, level, ...(id !== undefined && { id }) }];
}

function firstCount(...counts: readonly unknown[]): number | undefined {
  return counts.find((count): count is number => Number.isSafeInteger(count) && Number(count) >= 0);
}

/** The joined `text` of the items that are texts. Items have a `type` of `text`, or none. */
export function joinedText(items: unknown): string {
  return itemsOf(items)
    .map((item) => {
      if (typeof item === "string") return item;
      const { type, kind = type, text } = fieldsOf(item);
      const isText = kind === undefined || kind === "text" || kind === "output_text";
      return isText && typeof text === "string" ? text : "";
    })
    .join("");
}

/** The value of an event's data; the data itself if it is not JSON. */
export function parsed(data: string): unknown {
  // An exception of JSON.parse costs more than this test.
  if (!/^\s*(?:[{["]|(?:true|false|null|-?\d[\d.eE+-]*)\s*$)/.test(data)) return data;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return data;
  }
}
