import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { RuntimeApi, type FunctionError, type Outcome } from "./runtimeApi";

const NATIVE_CLIENT = join(__dirname, "nativeClient.cjs");
const REDIRECT = join(__dirname, "redirect.cjs");
const RIC = join(require.resolve("aws-lambda-ric/package.json"), "..", "index.mjs");

/** Settings that all sandboxes of a function share. */
export interface SandboxSpec {
  readonly functionName: string;
  readonly version: string;
  readonly handler: string;
  readonly taskRoot: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly runtime: string;
  /** The function's variables and its role's credentials. This process's environment is not included. */
  readonly environment: Readonly<Record<string, string>>;
  readonly onLog: (line: string) => void;
  /** Called with each process. */
  readonly onSpawn?: (child: ChildProcess) => void;
}

/** One process that runs the official Runtime Interface Client with the function's bundle; one invocation at a time. */
export class Sandbox {
  private readonly api: RuntimeApi;
  private child: ChildProcess | undefined;
  private idle = false;
  private readonly waiters: { resolve: () => void; reject: (error: Error) => void }[] = [];
  private dead: Error | undefined;

  /** @param claimed true if the first invocation is already assigned; the sandbox is not shown as idle before it */
  constructor(
    private readonly spec: SandboxSpec,
    private claimed: boolean,
  ) {
    this.api = new RuntimeApi(
      () => {
        this.becomeIdle();
      },
      (error) => {
        this.die(new Error(`${spec.functionName} failed at init: ${error.errorType}: ${error.errorMessage}`));
      },
    );
  }

  get isIdle(): boolean {
    return this.idle && !this.claimed;
  }

  /** True if its answer was received and it will ask for the next invocation at once. */
  get isReturning(): boolean {
    return !this.dead && !this.idle && !this.claimed && this.api.isAnswered;
  }

  /** @throws Error if the process ends first */
  async untilIdle(): Promise<void> {
    await new Promise<void>((resolve, reject) => this.waiters.push({ resolve, reject }));
  }

  get isDead(): boolean {
    return this.dead !== undefined;
  }

  /** Runs one invocation. A sandbox that exceeds the function's timeout is killed, as on Lambda. */
  async invoke(event: unknown, functionArn: string): Promise<Outcome> {
    this.idle = this.claimed = false;
    const { timeoutSeconds } = this.spec;
    const timer = setTimeout(() => {
      this.die(new Error(`Task timed out after ${timeoutSeconds.toFixed(2)} seconds`), "Sandbox.Timedout");
    }, timeoutSeconds * 1000);
    this.waiters.push({
      resolve: () => {
        clearTimeout(timer);
      },
      reject: () => {
        clearTimeout(timer);
      },
    });
    try {
      return await this.api.invoke({ event, functionArn, deadlineMs: Date.now() + timeoutSeconds * 1000 });
    } catch (error) {
      return { kind: "error", error: toFunctionError(error) };
    }
  }

  /** Ends the process and waits for its exit. */
  async stop(): Promise<void> {
    const { child } = this;
    this.die(new Error("The local target stops."));
    if (child && child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }

  /**
   * Starts the process and waits until it asks for its first invocation.
   *
   * @throws Error with the function's output if its bundle cannot be loaded
   */
  async boot(): Promise<void> {
    const { spec } = this;
    const runtimeApi = await this.api.listen();
    const ready = new Promise<void>((resolve, reject) => this.waiters.push({ resolve, reject }));
    this.child = spawn(process.execPath, ["--require", NATIVE_CLIENT, "--require", REDIRECT, RIC, spec.handler], {
      cwd: spec.taskRoot,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...spec.environment,
        AWS_LAMBDA_RUNTIME_API: runtimeApi,
        _HANDLER: spec.handler,
        LAMBDA_TASK_ROOT: spec.taskRoot,
        AWS_EXECUTION_ENV: `AWS_Lambda_${spec.runtime}`,
        AWS_LAMBDA_FUNCTION_NAME: spec.functionName,
        AWS_LAMBDA_FUNCTION_VERSION: spec.version,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
        AWS_LAMBDA_LOG_GROUP_NAME: spec.functionName,
        AWS_LAMBDA_LOG_STREAM_NAME: "local",
      },
    });
    spec.onSpawn?.(this.child);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", spec.onLog);
    }
    this.child.once("exit", (code, signal) => {
      this.die(new Error(`Runtime exited with error: ${signal ?? `exit status ${String(code)}`}`), "Runtime.ExitError");
    });
    await ready;
  }

  private becomeIdle(): void {
    this.idle = true;
    for (const { resolve } of this.waiters.splice(0)) resolve();
  }

  private die(reason: Error, errorType?: string): void {
    if (this.dead) return;
    if (errorType !== undefined) reason.name = errorType;
    this.dead = reason;
    this.idle = false;
    this.child?.kill("SIGKILL");
    this.api.close(reason);
    for (const { reject } of this.waiters.splice(0)) reject(reason);
  }
}

function toFunctionError(error: unknown): FunctionError {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { errorType: name, errorMessage: message };
}
