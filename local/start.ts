import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { FRONT_DOOR_FILE } from "../contract/frontDoorFile";
import { parseRuntimeArn } from "../contract/arn";
import { AgentProcess, ping } from "./agentProcess";
import { curlLines, resourceTree, tokenLines } from "./announce";
import { runProgram } from "./graph/program";
import { PROJECT_ROOT, readStack } from "./graph/project";
import type { Place } from "./graph/services/creation";
import { checkPolicies } from "./policy/check";
import { Target } from "./target";

const ANNOUNCEMENT = join(PROJECT_ROOT, FRONT_DOOR_FILE);

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
  if (values.agent !== undefined && !/^https?:\/\/[^/?#]+\/?$/.test(values.agent)) {
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

async function start({ stack, configFile, agent, runtimeAuth, port, json }: Options): Promise<void> {
  const say = (line = ""): void => {
    (json ? process.stderr : process.stdout).write(`${line}\n`);
  };
  const stops: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      for (const each of stops.reverse()) await each();
    })());
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      void stop().then(() => process.exit(0));
    });
  }

  stopWithNpm(() => {
    process.kill(process.pid, "SIGTERM");
  });

  try {
    const files = readStack(stack, configFile);
    const place = placeOf(files.config, files.project);
    // The agent takes as long to start as the program to load.
    const starting =
      agent === undefined
        ? AgentProcess.start((line) => {
            say(`  [agent] ${line}`);
          })
        : undefined;
    stops.push(async () => (await starting?.catch(() => undefined))?.stop());
    starting?.catch(() => undefined);

    const graph = await runProgram(files, { preview: false, place }, () => import("../index.js"));
    say(`Stack ${stack} (${place.region})`);
    say(resourceTree(graph));
    say();

    const findings = await checkPolicies(graph);
    for (const { policy, level, message, urn } of findings)
      say(`${level} policy violation: ${policy}\n  ${urn}\n  ${message.replaceAll("\n", "\n  ")}\n`);
    if (findings.some(({ level }) => level === "mandatory"))
      throw new Error("The policy pack refuses this stack; nothing was started.");
    say("Policies: no mandatory finding.");

    if (agent !== undefined) {
      const health = await ping(agent);
      if (health !== "healthy") {
        say(`Warning: GET ${agent}/ping is ${health}; AgentCore wants 200. Requests fail until your agent answers.`);
      }
    }
    const agentUrl = agent ?? (await starting)?.url ?? "";
    const takes = runtimeAuth ?? files.config[`${files.project}:runtimeAuth`];
    const target = await Target.deploy(graph, {
      stack,
      region: place.region,
      agentUrl,
      runtimeAuth: takes === "oauth" ? "oauth" : "sigv4",
      port,
      onLog: say,
    });
    stops.push(() => target.stop());
    const line = JSON.stringify(target.frontDoor);
    mkdirSync(dirname(ANNOUNCEMENT), { recursive: true });
    writeFileSync(ANNOUNCEMENT, line, { mode: 0o600 });
    stops.push(() => {
      // Another front door may have been started since.
      if (existsSync(ANNOUNCEMENT) && readFileSync(ANNOUNCEMENT, "utf8") === line) rmSync(ANNOUNCEMENT);
      return Promise.resolve();
    });

    say("\nNot emulated:");
    for (const each of target.notEmulated) say(`  - ${each}`);
    say('\nReady. Paste a line into another terminal, or: npm run ask -- <door> "prompt"');
    for (const each of curlLines(target.frontDoor)) say(`\n${each}`);
    for (const each of tokenLines(target.frontDoor)) say(`\n${each}`);
    say("\nCtrl-C stops everything.");
    if (json) process.stdout.write(`${line}\n`);
  } catch (error) {
    await stop();
    throw error;
  }
}

/** npm can be killed without a word to its child: what is left to see then is that the parent has gone. */
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

function placeOf(config: Readonly<Record<string, string>>, project: string): Place {
  // The first runtime of the config, the default one or a named one: the others must be in its region.
  const texts = [config[`${project}:agentRuntimeArn`], config[`${project}:agents`]].join(" ");
  const arn = parseRuntimeArn(/arn:[^"]+?:runtime\/[\w-]+/.exec(texts)?.[0] ?? "");
  return { region: config["aws:region"] ?? arn?.region ?? "us-east-1", accountId: arn?.accountId ?? "123456789012" };
}

function fail(error: unknown): never {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") process.stdout.write(`${USAGE}\n`);
  else start(options).catch(fail);
} catch (error) {
  process.stderr.write(`${USAGE}\n`);
  fail(error);
}
