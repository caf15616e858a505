/** Collects the JSON lines that a handler writes to standard output, between `start` and `stop`; other output passes. */
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
    },
  };
}
