import { once } from "node:events";
import type { Writable } from "node:stream";
import { HEARTBEAT_MS } from "../../contract/aws/limits";
import { HEARTBEAT } from "../../contract/wire/sse";
import { ClientTooSlow } from "../agent/failure";

const LINE_FEED = 0x0a;

/** The payload's way to the client: waits where the client does not read, and speaks where the agent does not. */
export class Sink {
  /** Bytes of the answer that went out, comments and errors of the door left out. */
  bytes = 0;
  /** The comment that fills a silence. */
  heartbeat = HEARTBEAT;
  /** Whether the door has said something of its own. */
  hasSpoken = false;
  private timer: NodeJS.Timeout | undefined;
  private keepsAlive = false;
  /** What would end the event that has begun; empty between events. */
  private closing = "";

  constructor(
    private readonly out: Writable,
    private readonly deadline: AbortSignal,
  ) {}

  /** From now on writes the {@link heartbeat} in every {@link HEARTBEAT_MS} of silence. For event streams only. */
  keepAlive(): void {
    this.keepsAlive = true;
    this.silenceBegins();
  }

  private silenceBegins(): void {
    clearTimeout(this.timer);
    if (!this.keepsAlive) return;
    this.timer = setTimeout(() => {
      // A client that does not read needs no comment, and must not make them pile up; within an event one would break it.
      if (this.closing === "" && !this.out.writableNeedDrain) this.say(this.heartbeat);
      this.silenceBegins();
    }, HEARTBEAT_MS);
  }

  /**
   * Writes, and waits for a client that is behind: the agent's socket is then not read either.
   *
   * @param isOpen whether an event has begun and not ended
   * @throws ClientTooSlow where the deadline passes before the client has caught up
   */
  async write(chunk: Uint8Array, isOpen = false): Promise<void> {
    this.bytes += chunk.byteLength;
    const lineIsOpen = chunk.at(-1) !== LINE_FEED;
    this.closing = isOpen ? (lineIsOpen ? "\n\n" : "\n") : "";
    this.silenceBegins();
    if (this.out.write(chunk)) return;
    await once(this.out, "drain", { signal: this.deadline }).catch((cause: unknown) => {
      throw this.deadline.aborted ? new ClientTooSlow("The client does not read.", { cause }) : cause;
    });
  }

  /** The door's own words, which nobody waits for. */
  say(text: string): void {
    // An event that has partly gone out can only be ended.
    this.out.write(this.closing + text);
    this.closing = "";
    this.hasSpoken = true;
  }

  /**
   * Ends the stream: every path must come here, or Lambda bills the run to its timeout.
   *
   * @returns whether all of it has left before the deadline
   */
  async end(last?: string): Promise<boolean> {
    clearTimeout(this.timer);
    this.keepsAlive = false;
    this.out.end(last);
    if (this.out.writableFinished) return true;
    if (this.deadline.aborted) return false;
    return await once(this.out, "finish", { signal: this.deadline }).then(
      () => true,
      () => false,
    );
  }
}
