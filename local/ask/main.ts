import { createInterface } from "node:readline";
import { FrontDoorError, type Conversation } from "../../client/index";
import { connectTo } from "./connectTo";
import { readCall, type Call } from "./options";
import { dim, printAnswer, printError } from "./print";
import { USAGE, UsageError } from "./usage";

/** Exit code of a command that Ctrl-C ended. */
const INTERRUPTED = 130;

/** Asks once. @returns whether it was answered */
async function ask(session: Conversation, prompt: string, call: Call): Promise<boolean> {
  const answer = session.ask({ prompt, agent: call.agent });
  try {
    await printAnswer(answer, call);
    return true;
  } catch (error) {
    if (!(error instanceof FrontDoorError)) throw error;
    if (error.code !== "ABORTED") printError(error, call.form);
    return false;
  } finally {
    if (answer.sessionId !== undefined && call.prompt !== undefined && call.form !== "json")
      process.stderr.write(`${dim(`session: ${answer.sessionId}`)}\n`);
  }
}

/** Asks each line of standard input, in one session. */
async function converse(session: Conversation, call: Call): Promise<boolean> {
  const isTerminal = process.stdin.isTTY;
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: isTerminal, prompt: "> " });
  // On a terminal, readline takes Ctrl-C for itself.
  lines.on("SIGINT", () => process.emit("SIGINT"));
  let ok = true;
  if (isTerminal) lines.prompt();
  for await (const line of lines) {
    if (line.trim() === "") break;
    ok = (await ask(session, line, call)) && ok;
    if (isTerminal) lines.prompt();
  }
  lines.close();
  const id = session.sessionId(call.agent);
  if (id !== undefined) process.stderr.write(`${dim(`session: ${id}`)}\n`);
  return ok;
}

async function run(call: Call): Promise<number> {
  const session = connectTo(call.door, call.caller).session(call.sessionId);
  const interrupted = new AbortController();
  process.once("SIGINT", () => {
    interrupted.abort();
    // A second Ctrl-C ends the process at once: the handler is gone.
    session.stop({ agent: call.agent }).then(
      (stopped) => {
        process.stderr.write(stopped ? "\nThe session is stopped.\n" : "\nStopped.\n");
        process.exit(INTERRUPTED);
      },
      (error: unknown) => {
        printError(error, "text");
        process.exit(INTERRUPTED);
      },
    );
  });
  const ok = call.prompt === undefined ? await converse(session, call) : await ask(session, call.prompt, call);
  return interrupted.signal.aborted ? INTERRUPTED : ok ? 0 : 1;
}

async function main(args: string[]): Promise<number> {
  let call: Call | "help";
  try {
    call = await readCall(args);
  } catch (error) {
    if (!(error instanceof UsageError) && !(error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS"))
      throw error;
    process.stderr.write(`${USAGE}\n\n${(error as Error).message}\n`);
    return 2;
  }
  if (call !== "help") return await run(call);
  process.stdout.write(`${USAGE}\n`);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    printError(error, "text");
    process.exitCode = error instanceof FrontDoorError && /^INVALID_(?:OPTION|QUESTION)$/.test(error.code) ? 2 : 1;
  },
);
