import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { PROJECT_ROOT } from "../program/project";
import { readCaller, type CallerOption } from "./callers";

export const USAGE = `Usage: npm start [-- --stack NAME] [--config-file FILE] [--agent URL] [--runtime-auth KIND] [--caller ARN]...
                 [--port N] [--program DIR] [--playground-port N] [--verbose] [--json]

  --stack NAME         the stack to run: Pulumi.NAME.yaml (default: dev)
  --config-file FILE   the stack's config from another file
  --agent URL          your own agent instead of the sample, by the container contract, for example http://127.0.0.1:8080
  --runtime-auth KIND  what the runtime accepts, sigv4 or oauth (default: the stack's runtimeAuth)
  --caller ARN         another IAM principal with credentials of its own, once for each; ARN#IDENTITY for a user of an identity pool
  --port N             port of the first door, the others behind it (default: free ports)
  --program DIR        your own Pulumi program that uses the components, by the folder of its Pulumi.yaml (default: this project)
  --playground-port N  port of the page that tries the doors (default: a free port)
  --verbose            also print the resources, each finding of the policy pack, and what functions and the sample agent print
  --json               standard output is one line of JSON once all is ready; everything else goes to standard error`;

export interface Options {
  readonly stack: string;
  readonly configFile: string | undefined;
  readonly runtimeAuth: "sigv4" | "oauth" | undefined;
  readonly agent: string | undefined;
  readonly callers: readonly CallerOption[];
  readonly port: number;
  /** Folder of the program's Pulumi.yaml, absolute. */
  readonly program: string;
  readonly playgroundPort: number;
  readonly verbose: boolean;
  readonly json: boolean;
}

/** @throws Error with the option and the remedy */
export function readOptions(args: readonly string[]): Options | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stack: { type: "string", default: "dev" },
      "config-file": { type: "string" },
      agent: { type: "string" },
      "runtime-auth": { type: "string" },
      caller: { type: "string", multiple: true, default: [] },
      port: { type: "string", default: "0" },
      program: { type: "string" },
      "playground-port": { type: "string", default: "0" },
      verbose: { type: "boolean", short: "v", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const port = readPort("--port", values.port);
  const playgroundPort = readPort("--playground-port", values["playground-port"]);
  if (values.agent !== undefined && !(/^https?:\/\/[^/?#\s]+\/?$/.test(values.agent) && URL.canParse(values.agent))) {
    throw new Error(`--agent is "${values.agent}". Use an http URL without a path, for example http://127.0.0.1:8080.`);
  }
  const runtimeAuth = values["runtime-auth"];
  if (runtimeAuth !== undefined && runtimeAuth !== "sigv4" && runtimeAuth !== "oauth")
    throw new Error(`--runtime-auth is "${runtimeAuth}". Use sigv4 or oauth.`);
  return {
    stack: values.stack,
    configFile: values["config-file"],
    runtimeAuth,
    agent: values.agent?.replace(/\/$/, ""),
    callers: values.caller.map(readCaller),
    port,
    program: values.program === undefined ? PROJECT_ROOT : resolve(values.program),
    playgroundPort,
    verbose: values.verbose,
    json: values.json,
  };
}

function readPort(option: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_530) throw new Error(`${option} is "${text}". Use a number from 1 to 65530.`);
  return port;
}
