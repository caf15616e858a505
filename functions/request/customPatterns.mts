import { RE2JS } from "re2js";

/**
 * A pattern of the stack as a search. RE2 never backtracks: one match takes time linear in text and pattern. The search for all matches can
 * take the square of the text, so whoever calls it bounds its time. A file of its own in the archive, because the engine is as large as
 * a whole handler: only functions with patterns carry it.
 */
export function finder(pattern: string): (text: string) => [start: number, end: number][] {
  const compiled = RE2JS.compile(pattern);
  return (text) => {
    const spans: [number, number][] = [];
    const matcher = compiled.matcher(text);
    while (matcher.find()) if (matcher.end() > matcher.start()) spans.push([matcher.start(), matcher.end()]);
    return spans;
  };
}
