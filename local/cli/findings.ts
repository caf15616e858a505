import type { Finding } from "../policyHost/host";

/** The finding that says what the pack has looked at. */
const SCOPE = "fd-pack-scope";

/** What the user reads of the findings: mandatory ones whole, the advice by name unless everything is wanted. */
export function findingLines(findings: readonly Finding[], verbose: boolean): string[] {
  const others = findings.filter(({ policy }) => policy !== SCOPE);
  const whole = others.filter(({ level }) => verbose || level === "mandatory");
  const lines = whole.map(
    ({ policy, level, message, urn }) =>
      `${level} policy violation: ${policy}\n  ${urn}\n  ${message.replaceAll("\n", "\n  ")}\n`,
  );
  if (others.some(({ level }) => level === "mandatory")) return lines;
  const scope = findings.find(({ policy }) => policy === SCOPE);
  if (scope) lines.push(`Policies: ${scope.message.split("\n").at(-1) ?? ""}.`);
  return [...lines, `Policies: no mandatory finding${verbose ? "" : advice(others)}.`];
}

function advice(findings: readonly Finding[]): string {
  if (findings.length === 0) return "";
  const names = [...new Set(findings.map(({ policy }) => policy))].join(", ");
  return `; ${String(findings.length)} of advice (${names}; --verbose shows them)`;
}

/** @throws Error if the pack refuses the stack of this file */
export function requireNoMandatory(findings: readonly Finding[], file: string): void {
  if (findings.some(({ level }) => level === "mandatory"))
    throw new Error(`The policy pack refuses the stack of ${file}; nothing was started.`);
}
