// The command `npm start`. It prints its first line before it loads anything: the loader of TypeScript and the program take seconds.
const args = process.argv.slice(2);
const isHelp = args.includes("--help") || args.includes("-h");
const at = args.findIndex((arg) => /^--stack(?:=|$)/.test(arg));
const name = (at < 0 ? undefined : (/=(.*)/.exec(args[at])?.[1] ?? args[at + 1])) ?? "dev";
if (!isHelp) (args.includes("--json") ? process.stderr : process.stdout).write(`Starting stack ${name}.\n`);

await import("./loader.mjs");
await import("./start.ts");
