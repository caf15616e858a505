import { rmSync } from "node:fs";
import type { Outcome } from "./runtimeApi";
import { Sandbox, type SandboxSpec } from "./sandbox";

/** The function has reached its concurrency limit. */
export class TooManyRequests extends Error {}

/** The sandboxes of one version of a function's code. */
export class Fleet {
  private readonly sandboxes = new Set<Sandbox>();

  private constructor(
    private readonly spec: SandboxSpec,
    private readonly limit: number,
  ) {}

  /**
   * @param limit most sandboxes at once
   * @param warm number of sandboxes at the start
   * @throws Error if the handler cannot be loaded; the code is removed then
   */
  static async start(spec: SandboxSpec, limit: number, warm: number): Promise<Fleet> {
    const fleet = new Fleet(spec, limit);
    try {
      await Promise.all(Array.from({ length: warm }, () => fleet.add({ claimed: false }).boot()));
    } catch (error) {
      await fleet.stop();
      throw error;
    }
    return fleet;
  }

  /** @throws TooManyRequests if every sandbox is busy and there are `limit` */
  async invoke(event: unknown, arn: string): Promise<Outcome> {
    for (;;) {
      for (const sandbox of this.sandboxes) if (sandbox.isDead) this.sandboxes.delete(sandbox);
      const idle = [...this.sandboxes].find((sandbox) => sandbox.isIdle);
      if (idle) return await idle.invoke(event, arn);
      // Reuse a sandbox that is about to be idle: a client that calls again at once must not start another process.
      const returning = [...this.sandboxes].find((sandbox) => sandbox.isReturning);
      if (!returning) break;
      await returning.untilIdle().catch(() => undefined);
    }
    if (this.sandboxes.size >= this.limit) throw new TooManyRequests();
    const sandbox = this.add({ claimed: true });
    await sandbox.boot();
    return await sandbox.invoke(event, arn);
  }

  /** Stops each sandbox when its answer is complete, and removes the code. */
  async retire(): Promise<void> {
    const ending = [...this.sandboxes].map(async (sandbox) => {
      while (!sandbox.isIdle && !sandbox.isDead) await sandbox.untilIdle().catch(() => undefined);
      await sandbox.stop();
    });
    await Promise.all(ending);
    this.removeCode();
  }

  /** Ends every sandbox at once, and removes the code. */
  async stop(): Promise<void> {
    await Promise.all([...this.sandboxes].map((sandbox) => sandbox.stop()));
    this.removeCode();
  }

  private removeCode(): void {
    rmSync(this.spec.taskRoot, { recursive: true, force: true });
  }

  private add({ claimed }: { claimed: boolean }): Sandbox {
    const sandbox = new Sandbox(this.spec, claimed);
    this.sandboxes.add(sandbox);
    return sandbox;
  }
}
