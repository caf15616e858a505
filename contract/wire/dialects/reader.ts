import { agUi } from "./agUi";
import { aiSdk } from "./aiSdk";
import { anthropic } from "./anthropic";
import { converse } from "./converse";
import { commonFailure, isWholeFailure } from "./failures";
import { jsonRpc } from "./jsonRpc";
import { langGraph } from "./langGraph";
import type { DialectName, PinnedDialect } from "./names";
import { openAi } from "./openAi";
import { plain } from "./plain";
import { END, OTHER, parsed, UNKNOWN, type AgentEvent, type Dialect, type Said, type Usage } from "./said";
import { strands } from "./strands/strands";
import { textAt } from "./textAt";

/** In the order in which they are tried. `plain` is the last, because its shapes are the most general. */
const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  agUi,
  aiSdk,
  anthropic,
  openAi,
  langGraph,
  jsonRpc,
  converse,
  strands,
  plain,
};

/**
 * Reads the events of one stream. The first event that belongs to a dialect decides it for the whole stream, unless the dialect is given. Of what is
 * repeated, each text is returned once.
 */
export class DialectReader {
  /** Tokens of all messages so far; undefined if the agent has not reported any. */
  usage: Usage | undefined;
  private textLevel = Infinity;
  private usageLevel = Infinity;
  private lastUsage: string | undefined;
  private lastMessage: { id: string; text: string } | undefined;

  private translator: Dialect | undefined;

  constructor(public dialect?: PinnedDialect) {
    this.translator = dialect && dialectOf(dialect);
  }

  /** @returns what the event says, without repetitions; `other` if it says nothing that a dialect knows */
  read(event: AgentEvent): readonly Said[] {
    const value = parsed(event.data);
    const said = event.data === "[DONE]" ? END : (commonFailure(value, event, true) ?? this.translate(value, event));
    return said.flatMap((each) => this.once(each));
  }

  /** True if an answer that is one JSON object, and no stream, reports a failure. */
  isFailure(json: string): boolean {
    return isWholeFailure(parsed(json)) || this.read({ type: "", data: json }).some(({ kind }) => kind === "failure");
  }

  private translate(value: unknown, event: AgentEvent): readonly Said[] {
    if (this.translator) return this.translator(value, event, true) ?? UNKNOWN;
    for (const [name, dialect] of Object.entries(DIALECTS)) {
      const said = dialect(value, event, false);
      if (!said) continue;
      this.dialect = name as DialectName;
      this.translator = dialect;
      return said;
    }
    return UNKNOWN;
  }

  private once(said: Said): readonly Said[] {
    if (said.kind === "usage") {
      const isRepeated = said.level > this.usageLevel || (said.id !== undefined && said.id === this.lastUsage);
      if (isRepeated) return [];
      this.usageLevel = said.level;
      this.lastUsage = said.id;
      const { input, output } = this.usage ?? { input: 0, output: 0 };
      this.usage = { input: input + said.usage.input, output: output + said.usage.output };
    }
    if (said.kind !== "text") return [said];
    if (said.level > this.textLevel) return OTHER;
    this.textLevel = said.level;
    return [this.newPart(said)];
  }

  private newPart(said: Extract<Said, { kind: "text" }>): Said {
    const { soFar: id, text } = said;
    if (id === undefined) return said;
    const { lastMessage } = this;
    this.lastMessage = { id, text };
    if (lastMessage?.id !== id || !text.startsWith(lastMessage.text)) return said;
    const rest = text.slice(lastMessage.text.length);
    return rest === "" ? { kind: "other" } : { ...said, text: rest };
  }
}

function dialectOf(pinned: PinnedDialect): Dialect {
  return pinned.startsWith("text:") ? textAt(pinned.slice("text:".length)) : DIALECTS[pinned as DialectName];
}
