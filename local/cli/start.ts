import { AgentProcess } from "./agentProcess";
import { announce } from "./announcement";
import { Lifecycle } from "./lifecycle";
import { type Options, readOptions, USAGE } from "./options";
import { runLocal } from "./run";

async function start(options: Options, lifecycle: Lifecycle): Promise<void> {
  const say = (line = ""): void => {
    (options.json ? process.stderr : process.stdout).write(`${line}\n`);
  };
  const frontDoor = await runLocal(options, {
    say,
    onEnd: (stop) => lifecycle.onEnd(stop),
    program: () => import("../../index.js"),
    check: async (graph, config) => (await import("../policyHost/check.js")).checkPolicies(graph, undefined, config),
    sampleAgent: async () => {
      const agent = await AgentProcess.spawn((line) => {
        say(`  [agent] ${line}`);
      });
      await lifecycle.onEnd(() => agent.stop());
      return agent;
    },
    announce: (ready) => lifecycle.onEnd(announce(JSON.stringify(ready))),
  });
  if (options.json) process.stdout.write(`${JSON.stringify(frontDoor)}\n`);
}

/** A killed npm sends its child no signal. The child only notices that its parent process is gone. */
function stopWithNpm(stop: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 200);
  watch.unref();
}

function main(args: string[]): void {
  let options: Options | "help";
  try {
    options = readOptions(args);
  } catch (error) {
    process.stderr.write(`${USAGE}\n\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    return;
  }
  if (options === "help") {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const wanted = options;
  Lifecycle.run(async (lifecycle) => {
    stopWithNpm(() => {
      lifecycle.end();
    });
    await start(wanted, lifecycle);
  });
}

main(process.argv.slice(2));
