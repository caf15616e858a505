import { isTextPath } from "../contract/wire/dialects/names";
import { bearer } from "./bearer";
import { Conversation, type Connection } from "./conversation";
import { ownError } from "./errors/own";
import type { Signer, TokenSource } from "./signer";

export interface ConnectOptions {
  /** The door's URL: an output of the stack, with or without `/invoke`. */
  readonly url: string | URL;
  /**
   * How the door knows its caller: a function that fetches a bearer token, a signer of `apiKey`, `bearer`, `sigv4` or `bodyHash`, or several in
   * their order. A signature is the last.
   * @default - nothing
   */
  readonly auth?: TokenSource | Signer | readonly (TokenSource | Signer)[] | undefined;
  /** Headers of every request, such as those of `headerMap`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Path of the field with the text in the agent's events: the stack's `answer.text`.
   * @default - the dialects that the front door knows
   */
  readonly textPath?: string | undefined;
  /**
   * The function that sends requests.
   * @default the platform's
   */
  readonly fetch?: typeof fetch | undefined;
}

/** A door. Its own questions are one conversation. */
export class FrontDoor extends Conversation {
  constructor(private readonly door: Connection) {
    super(door);
  }

  /**
   * Another conversation through the same door.
   *
   * @param id of an earlier answer, to continue its session
   */
  session(id?: string): Conversation {
    return new Conversation(this.door, id);
  }
}

/**
 * Connects to a door of any kind. Nothing is sent before the first question.
 *
 * @throws FrontDoorError `INVALID_OPTION` that names the option and the remedy
 */
export function connect({ url, auth = [], headers = {}, textPath, fetch: own }: ConnectOptions): FrontDoor {
  if (textPath !== undefined && !isTextPath(textPath))
    throw invalid("textPath", textPath, "Use names of fields separated by dots, such as delta.text.");
  const signers = (Array.isArray(auth) ? (auth as readonly (TokenSource | Signer)[]) : [auth as TokenSource | Signer])
    .map((each) => (typeof each === "function" ? bearer(each) : each))
    .map((each: Partial<Signer> | null) => {
      if (typeof each?.sign !== "function")
        throw invalid("auth", typeof each, "Use a function that fetches a token, or a signer such as apiKey(key).");
      return each as Signer;
    });
  return new FrontDoor({
    url: baseOf(String(url)),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    textPath,
    signers,
    // The platform's function wants to be called as a function of its own.
    fetch: (input, init) => (own ?? fetch)(input, init),
    running: new Map(),
  });
}

function baseOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "")
    throw invalid("url", text, "Use the door's URL, for example https://<id>.lambda-url.<region>.on.aws.");
  if (url.username !== "") throw invalid("url", url.host, "Leave user name and password out; use `auth`.");
  return (url.origin + url.pathname).replace(/\/+$/, "").replace(/\/invoke$/, "");
}

function invalid(option: string, value: unknown, remedy: string): Error {
  return ownError("INVALID_OPTION", { what: `\`${option}\` is ${JSON.stringify(value)}.`, remedy });
}
