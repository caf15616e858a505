/** The text of a member of a valid JSON object. Undefined if there is none. */
export function sourceOf(json: string, name: string): string | undefined {
  if (!json.trimStart().startsWith("{")) return undefined;
  let [depth, start] = [0, -1];
  let last = "";
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]/g)) {
    if (depth === 1 && start >= 0 && (token === "," || token === "}")) return json.slice(start, index).trim();
    if (depth === 1 && token === ":" && last === JSON.stringify(name)) start = index + 1;
    if (token === "{" || token === "[") depth++;
    if (token === "}" || token === "]") depth--;
    last = token;
  }
  return undefined;
}
