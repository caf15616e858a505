import { createInterface } from "node:readline/promises";
import { setTimeout as wait } from "node:timers/promises";
import { PROJECT_ROOT } from "../program/project";
import { fixAccountLogging } from "./aws/accountLogging";
import { examine, type Examined } from "./examine";
import type { Finding } from "./finding";
import { type DoctorOptions, readDoctorOptions, USAGE } from "./options";
import { findingText, summary } from "./report";

async function doctor(options: DoctorOptions): Promise<number> {
  const findings: Finding[] = [];
  const print = (text: string): void => {
    (options.json ? process.stderr : process.stdout).write(`${text}\n`);
  };
  const examined = await examine(options, PROJECT_ROOT, (finding) => {
    findings.push(finding);
    print(findingText(finding));
  });
  print(`\n${summary(findings)}`);
  if (options.json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  if (options.fix !== undefined) return await fix(options, examined, print);
  return findings.some(({ state }) => state === "wrong") ? 1 : 0;
}

async function fix({ yes }: DoctorOptions, { stack, account }: Examined, say: (line: string) => void): Promise<number> {
  if (!stack || !account) {
    say("Without an account nothing can be set.");
    return 1;
  }
  const confirm = async (question: string): Promise<boolean> => {
    if (yes) return true;
    if (!process.stdin.isTTY) {
      say("There is no terminal to ask at. Add --yes to go on.");
      return false;
    }
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question(`${question} Type yes: `);
    terminal.close();
    return answer.trim() === "yes";
  };
  const done = await fixAccountLogging(account, stack, { say, confirm }, (milliseconds) => wait(milliseconds));
  return done ? 0 : 1;
}

function main(args: string[]): void {
  const fail = (code: number, text: string): void => {
    process.stderr.write(`${text}\n`);
    process.exitCode = code;
  };
  let options: DoctorOptions | "help";
  try {
    options = readDoctorOptions(args);
  } catch (error) {
    fail(2, `${USAGE}\n\n${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  if (options === "help") process.stdout.write(`${USAGE}\n`);
  else
    doctor(options).then(
      (code) => (process.exitCode = code),
      (error: unknown) => {
        fail(1, error instanceof Error ? error.message : String(error));
      },
    );
}

// The SDK's advice about versions of Node.js is not a finding of this stack.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
main(process.argv.slice(2));
