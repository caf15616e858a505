import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand, type Deployment, type Stack } from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import { ROOT } from "../../support/local/frontDoor";
import { awsProvider } from "../provider/awsProvider";
import { awsxProvider } from "../provider/awsxProvider";
import { Cloud } from "../provider/cloud/cloud";
import { partitionOf, type Place } from "../provider/kind";
import { serve, type Running } from "../provider/server";
import { outcome, type Outcome } from "./operation";
import { thingsOf } from "./state";

export type { Outcome };

const PROJECT = "agentcore-front-door";
const ACCOUNT = "123456789012";
const load = createRequire(__filename);

/** The CLI, which is asked for its version once in a process. */
let command: Promise<PulumiCommand> | undefined;

/** Keys without the project's name before them, beside `aws:region`. */
export type Config = Readonly<Record<string, unknown>>;

interface Options {
  readonly policyPacks?: string[];
  /** Whether the CLI shows each changed property. */
  readonly diff?: boolean;
}

export interface StackOptions {
  readonly region?: string;
  /** The stack's name; also part of the name of a sample agent. */
  readonly name?: string;
  /** The project's name. */
  readonly project?: string;
  /** The account: one that other stacks use as well, or a new one. */
  readonly cloud?: Cloud;
  /** What is deployed instead of this project's index.ts; runs anew for each operation. */
  readonly program?: () => unknown;
}

/** What the program returned when it ran last. */
interface LastRun {
  outputs: Record<string, unknown>;
}

/** A stack of this program, deployed by the real engine into a model of AWS. */
export class EngineStack {
  /** What the CLI derives the key of secrets from: a second of work, which `configure` must not repeat. */
  private readonly salt: string;

  private constructor(
    readonly cloud: Cloud,
    private readonly stack: Stack,
    private readonly folder: string,
    private readonly providers: readonly Running[],
    private readonly region: string,
    private readonly project: string,
    private readonly last: LastRun,
  ) {
    const { encryptionsalt } = parse(readFileSync(this.settings, "utf8")) as { encryptionsalt: string };
    this.salt = encryptionsalt;
  }

  static async open(options: StackOptions = {}): Promise<EngineStack> {
    const { region = "us-east-1", name = "test", project = PROJECT, program: run = () => program() } = options;
    const { cloud = new Cloud(placeOf(region)) } = options;
    const providers = await Promise.all([serve(awsProvider(cloud)), serve(awsxProvider)]);
    const folder = mkdtempSync(join(tmpdir(), "front-door-engine-"));
    const settings = readFileSync(join(ROOT, "Pulumi.yaml"), "utf8");
    writeFileSync(join(folder, "Pulumi.yaml"), settings.replace(/^name: .*$/m, `name: ${project}`));
    mkdirSync(join(folder, "home"));
    const last: LastRun = { outputs: {} };
    const runOnce = () => Promise.resolve((last.outputs = run() as Record<string, unknown>));
    const stack = await LocalWorkspace.createStack(
      { stackName: name, projectName: project, program: runOnce },
      {
        workDir: folder,
        envVars: environment(folder, providers),
        pulumiCommand: await (command ??= PulumiCommand.get()),
      },
    );
    // Read after each update by further starts of the CLI; the model says more.
    Object.assign(stack, { outputs: () => Promise.resolve({}), info: () => Promise.resolve(undefined) });
    return new EngineStack(cloud, stack, folder, providers, region, project, last);
  }

  /** The file with the stack's config. */
  private get settings(): string {
    return join(this.folder, `Pulumi.${this.stack.name}.yaml`);
  }

  private get stateFile(): string {
    return join(this.folder, ".pulumi", "stacks", this.project, `${this.stack.name}.json`);
  }

  /** What the next operation deploys: the whole config, not a change of the one before. */
  configure(config: Config): this {
    const named: Record<string, unknown> = { "aws:region": this.region };
    for (const [key, value] of Object.entries(config))
      named[key.includes(":") ? key : `${this.project}:${key}`] = value;
    // With another salt the CLI would derive two keys in each update: one for the config, and one for the state.
    writeFileSync(this.settings, stringify({ encryptionsalt: this.salt, config: named }));
    return this;
  }

  /** `pulumi config set --secret`, on top of what is configured. @param path whether the key is a path inside a value */
  async encrypt(key: string, value: string, path = false): Promise<void> {
    await this.stack.setConfig(key.includes(":") ? key : `${this.project}:${key}`, { value, secret: true }, path);
  }

  /** @throws Error with the engine's whole output, if the update fails */
  async up(config?: Config, options: Options = {}): Promise<Outcome> {
    if (config) this.configure(config);
    return await outcome((listener) => this.stack.up({ ...listener, parallel: 100, ...options }));
  }

  /** @throws Error with the engine's whole output, if the preview fails */
  async preview(config?: Config, options: Options = {}): Promise<Outcome> {
    if (config) this.configure(config);
    return await outcome((listener) => this.stack.preview({ ...listener, parallel: 100, ...options }));
  }

  /** Deletes everything, or what is named with all that depends on it. @param target URNs, with `*` and `**` for any text */
  async destroy(...target: string[]): Promise<Outcome> {
    const targets = target.length > 0 ? { target, targetDependents: true } : {};
    return await outcome((listener) => this.stack.destroy({ ...listener, parallel: 100, ...targets }));
  }

  /** The state as it is stored. An export by the Automation API would show the secrets. */
  state(): string {
    return readFileSync(this.stateFile, "utf8");
  }

  /** The stack's outputs after an update, secrets as plain text. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    return await new Promise((resolve) => pulumi.output(this.last.outputs).apply(resolve));
  }

  /** The state, secrets as plain text. */
  async exported(): Promise<Deployment> {
    return await this.stack.exportStack();
  }

  /** Puts a state and what it describes into the backend and the account, as an earlier version left them. */
  async restore(state: Deployment): Promise<void> {
    const before = state.deployment as object;
    const deployment = { ...before, secrets_providers: { type: "passphrase", state: { salt: this.salt } } };
    await this.stack.importStack({ version: state.version, deployment });
    this.cloud.restore(thingsOf(state));
  }

  /** Gives resources of the state other logical names, such as those that an earlier version gave. */
  rename(change: (name: string) => string): void {
    const named = /(urn:pulumi:[^"]*::)([^":]+)(?=")/g;
    writeFileSync(
      this.stateFile,
      this.state().replace(named, (_, path: string, name: string) => path + change(name)),
    );
  }

  /** Takes resources out of the state, by their type. */
  forget(isForgotten: (type: string) => boolean): void {
    const state = JSON.parse(this.state()) as { checkpoint: { latest: { resources: { readonly type: string }[] } } };
    const { latest } = state.checkpoint;
    latest.resources = latest.resources.filter(({ type }) => !isForgotten(type));
    writeFileSync(this.stateFile, JSON.stringify(state));
  }

  /** Returns what brings the state and the account back to what they are now. */
  save(): () => void {
    const state = this.state();
    const restore = this.cloud.save();
    return () => {
      restore();
      writeFileSync(this.stateFile, state);
    };
  }

  /** Ends the providers and removes backend and state; the account stays. */
  close(): void {
    for (const each of this.providers) each.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Opens a stack for one test and closes it, whatever happens. */
export async function withStack<T>(options: StackOptions, test: (stack: EngineStack) => Promise<T>): Promise<T> {
  const stack = await EngineStack.open(options);
  try {
    return await test(stack);
  } finally {
    stack.close();
  }
}

/** The config of a stack of stacks/, with `aws:region`. */
export function stackConfig(name: string): Config {
  const file = readFileSync(join(ROOT, "stacks", `Pulumi.${name}.yaml`), "utf8");
  return (parse(file) as { config: Config }).config;
}

export function placeOf(region: string): Place {
  return { accountId: ACCOUNT, region, partition: partitionOf(region) };
}

/** This project's index.ts, or that of a copy. A program runs while its module is loaded, so it is loaded anew. */
export function program(root = ROOT): unknown {
  const index = join(root, "index.ts");
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete load.cache[index];
  return load(index);
}

function environment(folder: string, [aws, awsx]: readonly Running[]): Record<string, string> {
  return {
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_CONFIG_PASSPHRASE: "",
    // The state is written at the end of an operation, also of one that fails, and not after each of its steps.
    PULUMI_SKIP_CHECKPOINTS: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DEBUG_PROVIDERS: `aws:${String(aws?.port)},awsx:${String(awsx?.port)}`,
    // Where the engine looks for what starts a policy pack, if there is no language host.
    PATH: [join(ROOT, "test/engine/analyzer"), process.env["PATH"]].join(delimiter),
    // The pack's process compiles TypeScript by itself.
    NODE_OPTIONS: "",
  };
}
