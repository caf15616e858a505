import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type * as pulumi from "@pulumi/pulumi";
import { bundleHandler } from "../../components/function/bundle";
import { doorPolicy } from "../../contract/config/keys/policy";
import { packCanary } from "../../contract/runtime/agents";
import { ENVIRONMENT } from "../../contract/runtime/environment";
import type { TextName } from "./texts";
import type { Use } from "./way";

const USAGE = `Usage: npm run bench:stream [-- <rounds>]

Sends event streams through the door of doors 2 and 3, and through the SDK's own pipeline (the SDK's stream piped into the answer), in
turn, and prints ratios. Agent, door and pipeline have a process each.`;

const WAYS = ["door", "sdk"] as const;
type Way = (typeof WAYS)[number];

const BULK_MB = 64;
/** Bytes of the slow reader in a second. */
const SLOW_RATE = 8 * 1024 * 1024;

class Process {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Process> {
    const child = fork(join(__dirname, file), args, {
      execArgv: ["--import", "tsx", "--expose-gc"],
      // The door's log lines.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: { ...process.env, ...env },
    });
    const [port] = (await once(child, "message")) as [number];
    return new Process(child, port);
  }

  async use(): Promise<Use> {
    this.child.send("use");
    const [use] = (await once(this.child, "message")) as [Use];
    return use;
  }

  stop(): void {
    this.child.disconnect();
  }
}

interface Measured {
  /** MB/s. */
  readonly speed: number;
  /** CPU time of the way, milliseconds a MB. */
  readonly cpu: number;
  /** Memory above that before, MiB. */
  readonly memory: number;
}

async function measure(way: Process, text: TextName, megabytes: number, isSlow = false): Promise<Measured> {
  const before = await way.use();
  const start = performance.now();
  const request = get({ port: way.port, host: "127.0.0.1", agent: false, path: `/${text}-${megabytes}` });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (isSlow) await sleep(start + (bytes / SLOW_RATE) * 1000 - performance.now());
  }
  const seconds = (performance.now() - start) / 1000;
  const after = await way.use();
  if (bytes < megabytes * 1024 * 1024) throw new Error(`${bytes} bytes of ${text} arrived.`);
  return { speed: megabytes / seconds, cpu: (after.cpu - before.cpu) / megabytes, memory: after.peak - before.now };
}

/** In a process of its own: memory that an earlier stream took is not given back. */
async function inNewProcess(name: Way, env: NodeJS.ProcessEnv): Promise<Measured> {
  const way = await Process.start("way.ts", [name, env["LAMBDA_TASK_ROOT"] ?? ""], env);
  await measure(way, "tokens", 8);
  const measured = await measure(way, "tokens", BULK_MB, true);
  way.stop();
  return measured;
}

type Figures = Record<Way, Measured[]>;

/** Both ways in turn, after one run each that is not counted. */
async function rounds(
  ways: Record<Way, Process>,
  count: number,
  one: (way: Process) => Promise<Measured>,
): Promise<Figures> {
  const figures: Figures = { door: [], sdk: [] };
  for (let round = -1; round < count; round++)
    for (const way of WAYS) {
      const measured = await one(ways[way]);
      if (round >= 0) figures[way].push(measured);
    }
  return figures;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Median of each round's ratio: what else the machine does weighs on both. */
function ratio({ door, sdk }: Figures, key: keyof Measured): number {
  return median(door.map((each, round) => each[key] / (sdk[round]?.[key] ?? NaN)));
}

function print(title: string, figures: Figures, key: keyof Measured, unit: string): void {
  const [door, sdk] = WAYS.map((way) => median(figures[way].map((each) => each[key])).toFixed(1));
  console.log(
    `${title}: door ${door ?? ""} ${unit}, SDK ${sdk ?? ""} ${unit}, ratio ${ratio(figures, key).toFixed(2)}`,
  );
}

/** Writes the streaming handler's archive to a new folder. */
async function bundle(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bench-stream-"));
  const assets = await bundleHandler("streaming", doorPolicy({})).assets;
  for (const [file, asset] of Object.entries(assets))
    await writeFile(join(folder, file), await (asset as pulumi.asset.StringAsset).text);
  return folder;
}

async function main(): Promise<void> {
  if (process.argv.includes("--help")) {
    console.log(USAGE);
    return;
  }
  const count = Number(process.argv[2] ?? 9);
  const agent = await Process.start("agent.ts", [], {});
  const folder = await bundle();
  const env = {
    LAMBDA_TASK_ROOT: folder,
    [ENVIRONMENT.runtimeArn]: "arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/agent-abcdefghij",
    [ENVIRONMENT.qualifier]: "DEFAULT",
    [ENVIRONMENT.canary]: JSON.stringify(packCanary(undefined)),
    [ENVIRONMENT.agents]: "{}",
    [ENVIRONMENT.stopSession]: "true",
    [ENVIRONMENT.door]: "streamingApi",
    [ENVIRONMENT.marginMs]: "1000",
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: `http://127.0.0.1:${agent.port}`,
    AWS_ACCESS_KEY_ID: "AKIDBENCH",
    AWS_SECRET_ACCESS_KEY: "bench",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const [door, sdk] = await Promise.all(WAYS.map((way) => Process.start("way.ts", [way, folder], env)));
  if (!door || !sdk) return;
  const ways = { door, sdk };
  console.log(`Node ${process.version}; median of ${count} rounds; ratio = door / SDK\n`);
  for (const text of ["tokens", "json"] as const) {
    const bulk = await rounds(ways, count, (way) => measure(way, text, BULK_MB));
    print(`${BULK_MB} MB of ${text}, MB/s`, bulk, "speed", "MB/s");
    print(`${BULK_MB} MB of ${text}, CPU`, bulk, "cpu", "ms/MB");
  }
  const slow: Figures = { door: [], sdk: [] };
  for (let round = 0; round < Math.ceil(count / 3); round++)
    for (const name of WAYS) slow[name].push(await inNewProcess(name, env));
  print(`slow reader of ${BULK_MB} MB, memory`, slow, "memory", "MiB");
  const [prose, hostile] = [[], []] as Measured[][];
  for (let round = 0; round < count; round++) {
    prose?.push(await measure(door, "prose", 1));
    hostile?.push(await measure(door, "hostile", 1));
  }
  const times = [hostile, prose].map((each) => median((each ?? []).map(({ cpu }) => cpu)));
  console.log(
    `1 MB in one line, CPU of the door: hostile ${times[0]?.toFixed(1) ?? ""} ms, prose ${times[1]?.toFixed(1) ?? ""} ms, ` +
      `ratio ${((times[0] ?? NaN) / (times[1] ?? NaN)).toFixed(2)}`,
  );
  for (const each of [agent, door, sdk]) each.stop();
  await rm(folder, { recursive: true });
}

void main();
