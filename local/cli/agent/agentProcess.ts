import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { compile } from "../../compile/compile";
import { howEnded } from "../processes/ended";
import { EXIT_WITH_PARENT, LOOPBACK_ONLY } from "../preloads";

const SAMPLE = join(__dirname, "..", "..", "..", "agents", "sample");
const START_ATTEMPTS = 400;

/** The SDK of the sample agent uses an option that its server will drop. */
const NO_ADVICE = "--disable-warning=FSTDEP023";

/** The sample agent in its own process. */
export class AgentProcess {
  /** Resolves when `/ping` answers; rejects if the agent ends before, or is not ready in time. */
  readonly ready: Promise<void>;

  private constructor(
    readonly child: ChildProcess,
    readonly url: string,
  ) {
    const exited = once(child, "exit").then((exit) => {
      throw new Error(`The sample agent ended at its start (${howEnded(exit)}).`);
    });
    this.ready = Promise.race([waitForPing(url), exited]);
    for (const promise of [exited, this.ready]) promise.catch(() => undefined);
  }

  /**
   * Starts the sample agent, without waiting until it is ready.
   *
   * @param wanted its port; without it, a free one
   */
  static async spawn(onLog: (line: string) => void, wanted?: number): Promise<AgentProcess> {
    const port = wanted ?? (await freePort());
    const preloads = [EXIT_WITH_PARENT, LOOPBACK_ONLY].flatMap((file) => ["--import", file]);
    const child = spawn(process.execPath, [NO_ADVICE, ...preloads, await compiledAgent()], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { PATH: process.env["PATH"], HOST: "127.0.0.1", PORT: String(port) },
    });
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", onLog);
    return new AgentProcess(child, `http://127.0.0.1:${String(port)}`);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill("SIGKILL");
    await once(this.child, "exit");
  }
}

/** One file with its packages, as it is deployed. */
async function compiledAgent(): Promise<string> {
  return await compile({
    name: "sample-agent",
    folder: SAMPLE,
    options: {
      entryPoints: [join(SAMPLE, "agent.ts")],
      alias: { module: join(SAMPLE, "createRequire.cjs") },
      define: { "import.meta.url": "moduleUrl" },
      banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
    },
  });
}

/**
 * Resolves when `GET /ping` of an agent answers.
 *
 * @throws Error if it does not answer within 20 seconds
 */
export async function waitForPing(url: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ping(url);
    if (answer === "healthy") return;
    if (attempt === START_ATTEMPTS)
      throw new Error(`The sample agent does not get ready: GET ${url}/ping is ${answer}.`);
    await sleep(50);
  }
}

/** The result of `GET /ping` of an agent; AgentCore requires 200. */
export async function ping(url: string): Promise<"healthy" | "unreachable" | `status ${number}`> {
  try {
    const { ok, status } = await fetch(`${url}/ping`);
    return ok ? "healthy" : `status ${status}`;
  } catch {
    return "unreachable";
  }
}

/** A free port of 127.0.0.1. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
