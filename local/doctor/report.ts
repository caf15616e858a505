import type { Finding } from "./finding";

/** One finding as text for a terminal: further lines are indented. */
export function findingText({ check, state, text, remedy }: Finding): string {
  const lines = [`${state.padEnd(11)}  ${check}: ${text}`, ...(remedy === undefined ? [] : [`-> ${remedy}`])];
  return lines.join("\n").replaceAll("\n", `\n${" ".repeat(13)}`);
}

/** The last line: how many findings of each state. */
export function summary(findings: readonly Finding[]): string {
  const count = (state: Finding["state"]) => String(findings.filter((finding) => finding.state === state).length);
  return `${count("fine")} fine, ${count("wrong")} wrong, ${count("not checked")} not checked`;
}
