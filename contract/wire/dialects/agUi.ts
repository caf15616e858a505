import { END, fieldsOf, OTHER, reasoningSaid, textSaid, type Dialect } from "./said";

const TYPES =
  /^(?:RUN_(?:STARTED|FINISHED)|STEP_(?:STARTED|FINISHED)|(TEXT_MESSAGE|(?:THINKING|REASONING)(?:_\w+)?|TOOL_CALL|STATE|MESSAGES|ACTIVITY)_(START|CONTENT|CHUNK|ARGS|END|RESULT|SNAPSHOT|DELTA|ENCRYPTED_VALUE)|RAW|CUSTOM|META_EVENT)$/;

/** AG-UI: `type` in capitals. https://docs.ag-ui.com/concepts/events */
export const agUi: Dialect = (value) => {
  const { type, delta, role = "assistant" } = fieldsOf(value);
  if (typeof type !== "string") return undefined;
  const [known, family, part] = TYPES.exec(type) ?? [];
  if (known === undefined) return undefined;
  if (type === "RUN_FINISHED") return END;
  if (family === undefined) return OTHER;
  const isPiece = part === "CONTENT" || part === "CHUNK";
  if (family === "TEXT_MESSAGE") return isPiece && role === "assistant" ? textSaid(delta) : OTHER;
  if (/^(?:THINK|REASON)/.test(family)) return isPiece ? reasoningSaid(delta) : OTHER;
  if (family === "TOOL_CALL") return [{ kind: part === "RESULT" ? "toolResult" : "toolCall", value }];
  return [{ kind: "state", value }];
};
