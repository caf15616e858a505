import { LOG_FIELDS } from "../../contract/runtime/logFields";

/** The fields of a door's log line, for docs/requests.md. */
export function logFieldsTable(): string {
  const rows = Object.entries(LOG_FIELDS).map(([field, meaning]) => `| \`${field}\` | ${meaning} |`);
  return ["| field | meaning |", "| --- | --- |", ...rows].join("\n");
}
