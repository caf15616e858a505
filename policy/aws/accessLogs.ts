const VARIABLE = /\$context\.([\w-]+(?:\.[\w-]+)*)/g;

/** The variables of an access log's format, without `$context.`. */
export function variablesOf(format: string): readonly string[] {
  return [...new Set([...format.matchAll(VARIABLE)].map(([, name = ""]) => name))];
}

/** Whether each line of an access log is a JSON object: quoted or as a number, every variable leaves one. */
export function isStructured(format: string): boolean {
  try {
    const line: unknown = JSON.parse(format.replace(VARIABLE, "0"));
    return typeof line === "object" && line !== null && !Array.isArray(line);
  } catch {
    return false;
  }
}
