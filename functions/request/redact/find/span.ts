/** Start and end of a match in a text. */
export type Span = readonly [start: number, end: number];
export type Find = (text: string) => readonly Span[];

/** Matches of a global pattern. Use bounded quantifiers, so that no text makes a search slow. */
export const matching =
  (pattern: RegExp): Find =>
  (text) =>
    [...text.matchAll(pattern)].map(({ 0: found, index }) => [index, index + found.length]);

/** What ends with a letter or a digit and is still no part of the value behind it: an escape of a URL (%3D, %20) or of JSON (\n, \u0022). */
export const AFTER_ESCAPE = String.raw`(?<=%(?!2[BbFf])[\dA-Fa-f]{2}|\\[nrt]|\\u(?!002[BbFf])[\dA-Fa-f]{4})`;
