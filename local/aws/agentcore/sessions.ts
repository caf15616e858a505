import type { ServerResponse } from "node:http";

/** The sessions of a runtime that are alive, and the answers that they are streaming. */
export class Sessions {
  private readonly alive = new Map<string, Set<ServerResponse>>();

  /** Runs an invocation in its session, which it starts where it is not alive. */
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
   * Ends a session and breaks off what it is still streaming.
   * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-stop-session.html
   *
   * @returns false where it is not alive
   */
  stop(session: string): boolean {
    const answers = this.alive.get(session);
    this.alive.delete(session);
    for (const response of answers ?? []) response.destroy();
    return answers !== undefined;
  }
}
