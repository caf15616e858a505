import { JSON_TYPE, mediaType } from "../../contract/wire/headers";
import type { AgentAnswer } from "../agent/agent";
import { LARGEST_READ } from "./agentEvents";
import { AgentFailed } from "./collectedEvents";
import type { Speech } from "./speech";
import { textOf } from "./text";

/** A byte order mark, and the white space of JSON. */
const BEFORE_VALUE = [0xef, 0xbb, 0xbf, 0x20, 0x09, 0x0a, 0x0d];
const OBJECT = 0x7b;

/** An answer that is one JSON object, as far as it has arrived. */
export class WholeJson {
  /** Undefined once it cannot be read: it is of another type, not an object, or larger than the largest event that is read. */
  private parts: Uint8Array[] | undefined;
  private bytes = 0;
  private hasBegun = false;

  constructor(private readonly contentType: string) {
    const type = mediaType(contentType);
    if (type === JSON_TYPE || type.endsWith("+json")) this.parts = [];
  }

  /** True if the answer can be a failure. */
  canFail(): boolean {
    return this.parts !== undefined;
  }

  push(chunk: Uint8Array): void {
    this.bytes += chunk.byteLength;
    const first = this.hasBegun ? OBJECT : chunk.find((byte) => !BEFORE_VALUE.includes(byte));
    this.hasBegun ||= first !== undefined;
    if (this.bytes > LARGEST_READ || (first !== undefined && first !== OBJECT)) this.parts = undefined;
    this.parts?.push(chunk);
  }

  /** Whether the whole answer reports a failure. */
  isFailure({ DialectReader, dialect }: Speech): boolean {
    const text = this.parts && textOf(Buffer.concat(this.parts), this.contentType);
    return text !== undefined && new DialectReader(dialect).isFailure(text);
  }
}

/**
 * Waits for the end of an answer that is a JSON object, because only then it is known whether it reports a failure.
 *
 * @returns the answer; one that cannot be a failure is returned at once, with all its bytes
 * @throws AgentFailed if it reports a failure, unless the stack passes on what the agent says of errors; or the error of its body
 */
export async function withoutFailure(answer: AgentAnswer, speech: Speech): Promise<AgentAnswer> {
  const whole = new WholeJson(answer.contentType);
  if (!whole.canFail() || speech.passErrors) return answer;
  const rest = answer.body[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  do {
    const next = await rest.next();
    if (next.done) break;
    held.push(next.value);
    whole.push(next.value);
  } while (whole.canFail());
  if (whole.isFailure(speech)) throw new AgentFailed();
  return { ...answer, body: joined(held, rest) };
}

async function* joined(held: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* held;
  yield* { [Symbol.asyncIterator]: () => rest };
}
