import type { FrontDoor } from "../../contract/wire/doors";
import { announce } from "./announcement";
import { Lifecycle } from "./lifecycle";
import type { LocalStack } from "./localStack";
import { type Options, readOptions, USAGE } from "./options";
import { RecorderProcess } from "./record/recorderProcess";
import { Reloader } from "./reload/reloader";
import { runLocal, type RunDependencies } from "./run";
import { RunFolder } from "./processes/runFolder";
import { SupervisedAgent } from "./agent/supervisedAgent";

async function start(options: Options, lifecycle: Lifecycle): Promise<void> {
  const say = (line = ""): void => {
    (options.json ? process.stderr : process.stdout).write(`${line}\n`);
  };
  const folder = RunFolder.create();
  await lifecycle.onEnd(() => folder.remove());
  const recorder = (): RecorderProcess => {
    const started = new RecorderProcess(options.program, say);
    folder.add(started.child);
    return started;
  };
  // The program's process loads Pulumi's SDK, which takes most of the time of a start.
  let next: RecorderProcess | undefined = recorder();
  await lifecycle.onEnd(async () => next?.stop());

  let agent: SupervisedAgent | undefined;
  let running: LocalStack | undefined;
  let announced: FrontDoor | undefined;
  const around: RunDependencies = {
    say,
    onEnd: (stop) => lifecycle.onEnd(stop),
    record: async (files) => {
      next ??= recorder();
      try {
        return await next.record(files);
      } finally {
        // It has answered, and ends.
        next = undefined;
      }
    },
    sampleAgent: async () => {
      agent = await SupervisedAgent.start({ say, verbose: options.verbose, onSpawn: folder.add });
      await lifecycle.onEnd(async () => agent?.stop());
      return agent;
    },
    announce: async (ready) => {
      const { Playground } = await import("../playground/server.js");
      const playground = await Playground.start(() => running?.frontDoor ?? ready, options.playgroundPort);
      await lifecycle.onEnd(() => playground.stop());
      announced = { ...ready, playground: playground.url };
      await lifecycle.onEnd(announce(JSON.stringify(announced)));
      return playground.url;
    },
    processes: { folder: folder.path, onSpawn: folder.add },
  };
  const started = (running = await runLocal(options, around));
  const reloader = new Reloader(options, started, {
    say,
    record: around.record.bind(around),
    restartAgent: agent && (() => (agent as SupervisedAgent).restart()),
    announce: ({ frontDoor }) => void announce(JSON.stringify({ ...announced, ...frontDoor })),
  });
  await lifecycle.onEnd(() => reloader.stop());
  if (options.json) process.stdout.write(`${JSON.stringify(announced)}\n`);
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
