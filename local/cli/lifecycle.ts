/** Thrown to stop work because the process is about to end. */
class ProcessEnding extends Error {}

/** Ends a process in one way: stops everything that it started, the latest first, and prints at most one message. */
export class Lifecycle {
  private readonly stops: (() => Promise<void>)[] = [];
  private ending: Promise<void> | undefined;
  private isServing = false;

  /**
   * Runs the work of this process. A signal ends the process with exit code 0. An error of the work, or an unhandled error, ends it with
   * exit code 1; the last line of standard error is the error's message. An error after the work is a bug of this program and is printed
   * with its stack.
   */
  static run(work: (lifecycle: Lifecycle) => Promise<void>): void {
    const lifecycle = new Lifecycle();
    const end = lifecycle.end.bind(lifecycle);
    const fail = lifecycle.fail.bind(lifecycle);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
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
