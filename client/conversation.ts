import { isSessionId } from "../contract/wire/sessionId";
import { EVENT_STREAM, JSON_TYPE } from "../contract/wire/headers";
import { Answer } from "./answer";
import { FrontDoorError } from "./errors/error";
import { ownError } from "./errors/own";
import { send, type Sender } from "./send";

/** A door that is called. */
export interface Connection extends Sender {
  /** Without a slash at its end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly textPath: string | undefined;
  /** The answers that are being read, by session and agent. */
  readonly running: Map<string, Answer>;
}

export interface AskOptions {
  /** Further fields for the agent. */
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
  /** One of the stack's `agents`, in place of the default one. */
  readonly agent?: string | undefined;
  /** Another session than this one, for this question only. */
  readonly sessionId?: string | undefined;
  /** Aborts the question: the reader gets `ABORTED` at once, and the stream is cancelled. */
  readonly signal?: AbortSignal | undefined;
  /**
   * What a streaming door sends: the agent's events, only their text, or the collected answer.
   * @default events
   */
  readonly as?: "events" | "text" | "json" | undefined;
  /** Asks although the session is still answering another question. */
  readonly concurrent?: boolean | undefined;
}

export interface Prompt extends AskOptions {
  readonly prompt: string;
}

const ACCEPT = { events: EVENT_STREAM, text: `${EVENT_STREAM}; events=text`, json: JSON_TYPE };

/** Names of `agents` in the stack config. */
const AGENT = /^[A-Za-z0-9][\w-]*$/;

let count = 0;

/** A conversation: the door gives it an id with its first answer, and each further question continues it. */
export class Conversation {
  /** Stands for the session as long as the door has not given its id. */
  private readonly unnamed = `new ${String(count++)}`;
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly connection: Connection,
    private readonly given?: string,
  ) {
    if (given !== undefined && !isSessionId(given)) throw invalid("sessionId", given);
  }

  /** The id of the session; undefined before its first answer. Each agent has its own. */
  sessionId(agent = ""): string | undefined {
    return this.ids.get(agent) ?? this.given;
  }

  /**
   * Asks a question. It is sent when the answer is first read, and never twice.
   *
   * @param question the prompt, or the prompt with options
   */
  ask(question: string | Prompt, options: AskOptions = {}): Answer {
    const { prompt, ...own } = typeof question === "object" ? { ...question } : { prompt: question };
    const { fields, agent = "", sessionId, signal, as = "events", concurrent = false } = { ...options, ...own };
    if (typeof prompt !== "string" || prompt === "") throw invalid("prompt", prompt);
    if (agent !== "" && !AGENT.test(agent)) throw invalid("agent", agent);
    if (sessionId !== undefined && !isSessionId(sessionId)) throw invalid("sessionId", sessionId);
    if (!Object.hasOwn(ACCEPT, as)) throw invalid("as", as);
    const reserved = ["prompt", "session_id"].find((name) => fields && Object.hasOwn(fields, name));
    if (reserved !== undefined) throw invalid(`fields.${reserved}`, fields?.[reserved]);

    const { url, headers, textPath, running } = this.connection;
    const held: string[] = [];
    return new Answer({
      signal,
      textPath,
      textOnly: as === "text",
      onStart: (answer) => {
        const key = this.key(agent, sessionId);
        if (running.has(key) && !concurrent) throw ownError("QUESTION_RUNNING");
        running.set(key, answer);
        held.push(key);
      },
      onSession: (id) => {
        if (sessionId === undefined) this.ids.set(agent, id);
        const key = this.key(agent, id);
        const answer = running.get(held[0] ?? "");
        if (answer && !running.has(key)) held.push(key);
        if (answer && !running.has(key)) running.set(key, answer);
      },
      onEnd: () => {
        for (const key of held.splice(0)) running.delete(key);
      },
      open: async (aborted) => {
        const id = sessionId ?? this.sessionId(agent);
        const request = {
          method: "POST",
          url: new URL(`${url}${pathOf(agent)}/invoke`),
          headers: { ...headers, "content-type": JSON_TYPE, accept: ACCEPT[as] },
          body: JSON.stringify({ ...fields, prompt, session_id: id }),
        } as const;
        return await send(this.connection, request, aborted);
      },
    });
  }

  /**
   * Stops the session and what it is answering.
   *
   * @returns false if there was none, or if it had ended
   */
  async stop({ agent = "", sessionId = this.sessionId(agent), signal }: StopOptions = {}): Promise<boolean> {
    const { url, headers, running } = this.connection;
    const keys = [this.key(agent, sessionId), this.key(agent, undefined)];
    try {
      if (sessionId === undefined) return false;
      const path = `${pathOf(agent)}/sessions/${encodeURIComponent(sessionId)}`;
      const request = { method: "DELETE", url: new URL(url + path), headers, body: undefined } as const;
      const response = await send(this.connection, request, signal ?? new AbortController().signal);
      await response.body?.cancel();
      return true;
    } catch (error) {
      if (error instanceof FrontDoorError && error.code === "SESSION_NOT_FOUND") return false;
      throw error;
    } finally {
      for (const key of keys) running.get(key)?.abort();
    }
  }

  private key(agent: string, sessionId: string | undefined): string {
    return `${agent}/${sessionId ?? this.sessionId(agent) ?? this.unnamed}`;
  }
}

export interface StopOptions {
  readonly agent?: string | undefined;
  /** Another session than this one. */
  readonly sessionId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

function pathOf(agent: string): string {
  return agent === "" ? "" : `/agents/${agent}`;
}

const REMEDIES: Readonly<Record<string, string>> = {
  prompt: "Use a text that is not empty.",
  agent: "Use a name of `agents` in the stack config.",
  sessionId: "Use the id of an earlier answer: 33 to 100 characters of A-Z a-z 0-9 _ -.",
  as: "Use events, text or json.",
};

function invalid(option: string, value: unknown): FrontDoorError {
  return ownError("INVALID_QUESTION", {
    what: `\`${option}\` is ${value === undefined ? "undefined" : JSON.stringify(value)}.`,
    remedy: REMEDIES[option] ?? "Use the option of this name: it is not one of the further fields.",
  });
}
