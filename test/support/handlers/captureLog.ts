import assert from "node:assert/strict";
import { LOG_FIELDS } from "../../../contract/runtime/logFields";

/** Checks that a handler's log line has only fields that the docs name, whichever handler and whichever answer wrote it. */
export function assertNamedFields(line: Readonly<Record<string, unknown>>): void {
  const unknown = line["message"] === "request" ? Object.keys(line).filter((field) => !(field in LOG_FIELDS)) : [];
  assert.deepEqual(unknown, [], "contract/runtime/logFields.ts does not name these fields of the log line");
}

/** Collects the JSON lines that a handler writes to standard output, between `start` and `stop`, which checks their fields; other output passes. */
export function captureLog(): { readonly lines: string[]; start: () => void; stop: () => void } {
  const lines: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  return {
    lines,
    start: () => {
      lines.length = 0;
      process.stdout.write = (text: string) => {
        if (!text.startsWith("{")) return write(text);
        lines.push(text);
        return true;
      };
    },
    stop: () => {
      process.stdout.write = write;
      for (const line of lines) assertNamedFields(JSON.parse(line) as Record<string, unknown>);
    },
  };
}
