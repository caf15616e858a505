/** Thrown to stop work because the process is about to end. */
class ProcessEnding extends Error {}

/** Time after which a user learns that something does not stop. One Ctrl-C can arrive twice at once: npm sends it on to its child. */
const PATIENCE_MS = 1000;

/** Ends a process in one way: stops everything that it started, the latest first, and prints at most one message. */
export class Lifecycle {
  private readonly stops: (() => Promise<void>)[] = [];
  private ending: Promise<void> | undefined;
  private isServing = false;
  private mayAbort = false;

  /**
   * Runs the work of this process. A signal ends the process with exit code 0; if a stop hangs, the next signal ends it at once, with exit
   * code 1. An error of the work, or an unhandled error, ends it with exit code 1; the last line of standard error is the error's message.
   * An error after the work is a bug of this program and is printed with its stack.
   */
  static run(work: (lifecycle: Lifecycle) => Promise<void>): void {
    const lifecycle = new Lifecycle();
    const interrupt = lifecycle.interrupt.bind(lifecycle);
    const fail = lifecycle.fail.bind(lifecycle);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, interrupt);
    process.on("unhandledRejection", fail);
    process.on("uncaughtException", fail);
    work(lifecycle).then(() => (lifecycle.isServing = true), fail);
  }

  /** Ends the process with exit code 0. */
  end(): void {
    this.finish(0, "");
  }

  /**
   * Registers what must be stopped when the process ends.
   *
   * @throws Ended if the process is already ending; `stop` has been called then
   */
  async onEnd(stop: () => Promise<void>): Promise<void> {
    if (!this.ending) {
      this.stops.push(stop);
      return;
    }
    await stop();
    throw new ProcessEnding();
  }

  private interrupt(): void {
    if (this.mayAbort) process.exit(1);
    if (this.ending) return;
    setTimeout(() => {
      process.stderr.write("Still stopping. Press Ctrl-C again to end at once.\n");
      this.mayAbort = true;
    }, PATIENCE_MS).unref();
    this.end();
  }

  private fail(error: unknown): void {
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    this.finish(1, `\n${this.isServing ? stack : message}\n`);
  }

  private finish(code: number, message: string): void {
    this.ending ??= (async () => {
      for (const stop of this.stops.reverse()) {
        try {
          await stop();
        } catch (error) {
          // The first message gives the reason. An error while stopping must not prevent the other stops.
          code = 1;
          message += `${String(error)}\n`;
        }
      }
      process.stderr.write(message);
      process.exit(code);
    })();
  }
}
