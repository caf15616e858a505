import { FAILURES } from "./captures";

export const SECRET = "the password is hunter2";

const own = (of: (dialect: string) => boolean): object[] =>
  FAILURES.flatMap(([dialect, event]) =>
    !of(dialect) || Array.isArray(event) || typeof event === "string" ? [] : [event],
  );

/** Whole answers that are failures, in whatever dialect: events that are one without a name, and those that are none as events. */
export const COMMON_WHOLE: readonly object[] = [
  ...own((dialect) => dialect === "any"),
  { error: SECRET },
  { status: "error", error: SECRET },
  { status: "error", message: SECRET },
  { status: "error", message: SECRET, code: 7, data: { a: 1 } },
  { object: "response", status: "failed", error: { code: "server_error", message: SECRET }, output: [] },
  { __error__: { error: "ValueError", message: SECRET } },
  { toolUseId: "t", status: "error", content: [{ text: SECRET }] },
  { type: "multiagent_result", status: "failed", results: {} },
];

/** These, and those of one dialect. */
export const WHOLE: readonly object[] = [
  ...COMMON_WHOLE,
  ...own((dialect) => dialect !== "any"),
  { content: [{ type: "text", text: SECRET }], isError: true },
  { id: "t1", kind: "task", status: { state: "failed", message: { parts: [{ kind: "text", text: SECRET }] } } },
];

/** Whole answers with the word that are none. */
export const NONE: readonly unknown[] = [
  { status: "error" },
  { status: "error", message: "" },
  { status: "error", message: "x", answer: "It is a status." },
  { status: "error", message: "x", type: "statusPage" },
  { status: "ok", message: "error" },
  { status: "failed" },
  { status: "error", content: [{ text: "x" }] },
  { object: "response", status: "completed", error: null, output: [] },
  { __error__: "x" },
  { __error__: null, answer: 1 },
  { type: "multiagent_result", status: "completed", results: { a: { status: "failed" } } },
  { toolUseId: "t", status: "success", content: [] },
  { content: [{ type: "text", text: "error" }], isError: false },
  { answer: { error: SECRET } },
  [{ error: SECRET }],
  "error",
  null,
];
