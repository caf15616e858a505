import { once } from "node:events";
import type { Writable } from "node:stream";
import { HEARTBEAT_MS, LARGEST_STREAM } from "../../contract/aws/limits";
import { HEARTBEAT } from "../../contract/wire/sse";
import { ClientTooSlow, StreamTooLarge } from "../agent/failure";

const LINE_FEED = 0x0a;

/** Writes to the client with backpressure, and sends SSE keep-alive comments while the agent is silent. */
export class Sink {
  /** Bytes of the answer that were sent, without the door's comments and errors. */
  bytes = 0;
  /** The keep-alive comment. */
  heartbeat = HEARTBEAT;
  /** True if the door has sent a comment or an error of its own. */
  hasSpoken = false;
  /** Bytes that were sent, the door's own included. */
  private sent = 0;
  private timer: NodeJS.Timeout | undefined;
  private keepsAlive = false;
  /** The line feeds that would end the current event; empty between events. */
  private closing = "";

  constructor(
    private readonly out: Writable,
    private readonly deadline: AbortSignal,
    private readonly limit: number = LARGEST_STREAM,
  ) {}

  /** Starts to send the {@link heartbeat} after every {@link HEARTBEAT_MS} without data. For event streams only. */
  keepAlive(): void {
    this.keepsAlive = true;
    this.silenceBegins();
  }

  private silenceBegins(): void {
    clearTimeout(this.timer);
    if (!this.keepsAlive) return;
    this.timer = setTimeout(() => {
      // Send no comment if the client does not read, so that comments do not pile up, and none inside an event, which it would break.
      if (this.closing === "" && !this.out.writableNeedDrain) this.say(this.heartbeat);
      this.silenceBegins();
    }, HEARTBEAT_MS);
  }

  /**
   * Writes a chunk, and waits if the client is slow: meanwhile the agent's socket is not read either.
   *
   * @param isOpen whether the chunk ends inside an event
   * @throws StreamTooLarge if the stream would exceed its limit: nothing of the chunk is sent. ClientTooSlow if the deadline passes before the client has caught up
   */
  write(chunk: Uint8Array, isOpen = false): Promise<void> | undefined {
    if (this.sent + chunk.byteLength > this.limit) return Promise.reject(new StreamTooLarge());
    this.sent += chunk.byteLength;
    this.bytes += chunk.byteLength;
    const lineIsOpen = chunk.at(-1) !== LINE_FEED;
    this.closing = isOpen ? (lineIsOpen ? "\n\n" : "\n") : "";
    this.silenceBegins();
    return this.out.write(chunk) ? undefined : this.drained();
  }

  private async drained(): Promise<void> {
    await once(this.out, "drain", { signal: this.deadline }).catch((cause: unknown) => {
      throw this.deadline.aborted ? new ClientTooSlow("The client does not read.", { cause }) : cause;
    });
  }

  /** Writes text of the door itself, without waiting for the client. */
  say(text: string): void {
    // If a part of an event was sent, end that event first.
    this.out.write(this.closing + text);
    this.sent += this.closing.length + text.length;
    this.closing = "";
    this.hasSpoken = true;
  }

  /**
   * Ends the stream. Every path must call this, or Lambda bills the run until its timeout.
   *
   * @returns whether everything was sent before the deadline
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
