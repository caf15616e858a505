/** The process is to end: thrown out of work that is no longer wanted. */
class Ended extends Error {}

/** What a process has started, and its one end: all of it stopped, the latest first, and at most one message. */
export class Lifecycle {
  private readonly stops: (() => Promise<void>)[] = [];
  private ending: Promise<void> | undefined;
  private isServing = false;

  /**
   * Runs the work of this process. A signal ends the process with exit code 0; an error of the work, or one that nobody handles, with 1 and the
   * error's message as the last of standard error. An error after the work is done is none of the user's: it comes with its stack.
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
   * What ends with the process.
   *
   * @throws Ended once the process ends; what was to be stopped has been stopped then
   */
  async onEnd(stop: () => Promise<void>): Promise<void> {
    if (!this.ending) {
      this.stops.push(stop);
      return;
    }
    await stop();
    throw new Ended();
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
          // The first message says why; what cannot be stopped must not keep the rest from it.
          code = 1;
          message += `${String(error)}\n`;
        }
      }
      process.stderr.write(message);
      process.exit(code);
    })();
  }
}
