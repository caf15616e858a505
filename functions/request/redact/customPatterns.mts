import { RE2JS } from "re2js";

/**
 * Compiles a custom pattern to a search. RE2 never backtracks: the time of one match is linear in text and pattern. The search for all
 * matches can need quadratic time, so the caller must limit it.
 * This is a separate file of the archive because the engine is as large as a whole handler. Only functions with custom patterns contain it.
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
