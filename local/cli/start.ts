import { parseArgs } from "node:util";
import { AgentProcess, ping } from "./agentProcess";
import { announce } from "./announcement";
import { curlLines, resourceTree, tokenLines } from "./announce";
import { readStack } from "../program/project";
import { placeOf, runStackProgram } from "../program/stackProgram";
import { Lifecycle } from "./lifecycle";
import { checkPolicies } from "../policyHost/check";
import { Target } from "../aws/target";

const USAGE = `Usage: npm start [-- --stack NAME] [--config-file FILE] [--agent URL] [--runtime-auth KIND] [--port N] [--json]

  --stack NAME         the stack to run: Pulumi.NAME.yaml (default: dev)
  --config-file FILE   the stack's config from another file
  --agent URL          your own agent instead of the sample, by the container contract, for example http://127.0.0.1:8080
  --runtime-auth KIND  what the runtime takes, sigv4 or oauth (default: the stack's runtimeAuth)
  --port N             port of the first door, the others behind it (default: free ports)
  --json               standard output is one line of JSON once all is ready; everything else goes to standard error`;

interface Options {
  readonly stack: string;
  readonly configFile: string | undefined;
  readonly runtimeAuth: string | undefined;
  readonly agent: string | undefined;
  readonly port: number;
  readonly json: boolean;
}

function readOptions(args: string[]): Options | "help" {
  const { values } = parseArgs({
    args,
    options: {
      stack: { type: "string", default: "dev" },
      "config-file": { type: "string" },
      agent: { type: "string" },
      "runtime-auth": { type: "string" },
      port: { type: "string", default: "0" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_530)
    throw new Error(`--port is "${values.port}". Use a number from 1 to 65530.`);
  if (values.agent !== undefined && !(/^https?:\/\/[^/?#\s]+\/?$/.test(values.agent) && URL.canParse(values.agent))) {
    throw new Error(`--agent is "${values.agent}". Use an http URL without a path, for example http://127.0.0.1:8080.`);
  }
  const runtimeAuth = values["runtime-auth"];
  if (runtimeAuth !== undefined && runtimeAuth !== "sigv4" && runtimeAuth !== "oauth")
    throw new Error(`--runtime-auth is "${runtimeAuth}". Use sigv4 or oauth.`);
  const configFile = values["config-file"];
  return {
    stack: values.stack,
    configFile,
    runtimeAuth,
    agent: values.agent?.replace(/\/$/, ""),
    port,
    json: values.json,
  };
}

async function start(options: Options, lifecycle: Lifecycle): Promise<void> {
  const { stack, configFile, agent, runtimeAuth, port, json } = options;
  const say = (line = ""): void => {
    (json ? process.stderr : process.stdout).write(`${line}\n`);
  };
  const files = readStack(stack, configFile);
  const place = placeOf(files);
  // The sample takes as long to start as the program to load.
  const sample =
    agent === undefined
      ? await AgentProcess.spawn((line) => {
          say(`  [agent] ${line}`);
        })
      : undefined;
  if (sample) await lifecycle.onEnd(() => sample.stop());

  const graph = await runStackProgram(files, place, () => import("../../index.js"));
  say(`Stack ${stack} (${place.region})`);
  say(resourceTree(graph));
  say();

  const findings = await checkPolicies(graph);
  for (const { policy, level, message, urn } of findings)
    say(`${level} policy violation: ${policy}\n  ${urn}\n  ${message.replaceAll("\n", "\n  ")}\n`);
  if (findings.some(({ level }) => level === "mandatory"))
    throw new Error(`The policy pack refuses the stack of ${files.file}; nothing was started.`);
  say("Policies: no mandatory finding.");

  if (agent !== undefined) {
    const health = await ping(agent);
    if (health !== "healthy") {
      say(`Warning: GET ${agent}/ping is ${health}; AgentCore wants 200. Requests fail until your agent answers.`);
    }
  }
  await sample?.ready;
  const takes = runtimeAuth ?? files.config[`${files.project}:runtimeAuth`];
  const deploying = Target.deploy(graph, {
    stack,
    region: place.region,
    agentUrl: agent ?? sample?.url ?? "",
    runtimeAuth: takes === "oauth" ? "oauth" : "sigv4",
    port,
    onLog: say,
  });
  await lifecycle.onEnd(async () => {
    // What is on its way is stopped once it is there; what failed has stopped itself.
    await (await deploying.catch(() => undefined))?.stop();
  });
  const target = await deploying;
  const line = JSON.stringify(target.frontDoor);
  await lifecycle.onEnd(announce(line));

  say("\nNot emulated:");
  for (const each of target.notEmulated) say(`  - ${each}`);
  say('\nReady. Paste a line into another terminal, or: npm run ask -- <door> "prompt"');
  for (const each of curlLines(target.frontDoor)) say(`\n${each}`);
  for (const each of tokenLines(target.frontDoor)) say(`\n${each}`);
  say("\nCtrl-C stops everything.");
  if (json) process.stdout.write(`${line}\n`);
}

/** A killed npm sends its child no signal; the child sees only that its parent has gone. */
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
