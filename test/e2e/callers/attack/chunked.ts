/** A body in two chunks. */
export function chunkedBody(
  body: string,
  { extension = "", trailers = [] }: { readonly extension?: string; readonly trailers?: readonly string[] },
): string {
  const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}${extension}\r\n${text}\r\n`;
  const half = Math.floor(body.length / 2);
  return [
    chunk(body.slice(0, half)),
    chunk(body.slice(half)),
    `0${extension}\r\n`,
    ...trailers.map((line) => `${line}\r\n`),
    "\r\n",
  ].join("");
}
