/** A request before it is sent. Names of headers are in lower case. */
export interface Outgoing {
  readonly method: "POST" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for a request without one. */
  readonly body: string | undefined;
}

/** Adds what a door wants to know of its caller. */
export interface Signer {
  /** @returns the headers to add, with names in lower case */
  readonly sign: (request: Outgoing) => Promise<Readonly<Record<string, string>>> | Readonly<Record<string, string>>;
  /**
   * Called if the door answered 401, before the agent ran.
   * @returns whether `sign` gives something else now, so that another try makes sense
   */
  readonly renew?: () => Promise<boolean>;
}

/** Gives a bearer token, without `Bearer`. Called for the first request, shortly before the token expires, and once if a door refuses it. */
export type TokenSource = () => string | Promise<string>;
