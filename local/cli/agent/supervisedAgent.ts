import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { AgentProcess } from "./agentProcess";
import { howEnded } from "../processes/ended";
import type { SampleAgent } from "../run";

/** Starts in a row that may fail. */
const MOST_FAILURES = 3;

/** Lines of an agent's output that are shown when it ends. */
const LAST_LINES = 8;

export interface SupervisedAgentOptions {
  readonly say: (line: string) => void;
  /** Whether everything that the agent prints is shown. */
  readonly verbose: boolean;
  readonly onSpawn: (child: ChildProcess) => void;
}

/** The sample agent, started again on the same port when its process ends. */
export class SupervisedAgent implements SampleAgent {
  private isStopped = false;
  private isRestarting = false;
  private isAgain = false;
  private failures = 0;
  private lines: string[] = [];

  private constructor(
    private agent: AgentProcess,
    private readonly options: SupervisedAgentOptions,
  ) {
    this.watch();
  }

  static async start(options: SupervisedAgentOptions): Promise<SupervisedAgent> {
    const early: string[] = [];
    let onLine = (line: string): unknown => early.push(line);
    const supervised = new SupervisedAgent(await AgentProcess.spawn((line) => onLine(line)), options);
    onLine = (line) => {
      supervised.heard(line);
    };
    for (const line of early) supervised.heard(line);
    return supervised;
  }

  get url(): string {
    return this.agent.url;
  }

  get ready(): Promise<void> {
    return this.agent.ready;
  }

  /** Starts it again, for example because its source has changed. */
  async restart(): Promise<void> {
    this.failures = 0;
    const { child } = this.agent;
    if (child.exitCode === null && child.signalCode === null) {
      this.isRestarting = true;
      child.kill("SIGKILL");
      await once(child, "exit");
    } else await this.spawn();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.agent.stop();
  }

  private watch(): void {
    const { child, ready } = this.agent;
    this.options.onSpawn(child);
    let wasReady = false;
    ready.then(
      () => {
        wasReady = true;
        if (this.isAgain) this.options.say("  [agent] The sample agent is ready again.");
        this.isAgain = false;
        this.failures = 0;
      },
      () => undefined,
    );
    child.once("exit", (code, signal) => {
      if (!wasReady) this.failures++;
      void this.ended(howEnded([code, signal]));
    });
  }

  private async ended(how: string): Promise<void> {
    if (this.isStopped) return;
    if (this.isRestarting) {
      this.isRestarting = false;
      await this.spawn();
      return;
    }
    const { say, verbose } = this.options;
    if (!verbose) for (const line of this.lines.slice(-LAST_LINES)) say(`  [agent] ${line}`);
    if (this.failures >= MOST_FAILURES) {
      say(`  [agent] The sample agent does not start (${how}). Correct agents/sample, and save: it starts again.`);
      return;
    }
    say(`  [agent] The sample agent has ended (${how}). It starts again.`);
    await this.spawn();
  }

  private async spawn(): Promise<void> {
    this.isAgain = true;
    this.lines = [];
    this.agent = await AgentProcess.spawn(
      (line) => {
        this.heard(line);
      },
      Number(new URL(this.url).port),
    );
    this.watch();
  }

  private heard(line: string): void {
    this.lines = [...this.lines, line].slice(-LAST_LINES);
    if (this.options.verbose) this.options.say(`  [agent] ${line}`);
  }
}
