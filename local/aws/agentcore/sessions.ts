import type { ServerResponse } from "node:http";

/** The live sessions of a runtime, and the answers that they stream. */
export class Sessions {
  private readonly alive = new Map<string, Set<ServerResponse>>();

  /** Runs an invocation in its session, and starts the session if necessary. */
  async within(session: string, response: ServerResponse, invocation: () => Promise<void>): Promise<void> {
    const answers = this.alive.get(session) ?? new Set();
    this.alive.set(session, answers.add(response));
    try {
      await invocation();
    } finally {
      answers.delete(response);
    }
  }

  /**
   * Ends a session and aborts the answers that it streams.
   * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-stop-session.html
   *
   * @returns false if there is no such session
   */
  stop(session: string): boolean {
    const answers = this.alive.get(session);
    this.alive.delete(session);
    for (const response of answers ?? []) response.destroy();
    return answers !== undefined;
  }
}
