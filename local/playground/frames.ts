/** One line of the answer to the page. `ms` is the time since the door was called. */
export type Frame =
  | {
      readonly kind: "head";
      readonly ms: number;
      readonly status: number;
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly request: {
        readonly method: string;
        readonly url: string;
        readonly headers: readonly (readonly [name: string, value: string])[];
      };
      readonly sessionId?: string | undefined;
    }
  /** An event of the stream; `text` is what the agent says in it. */
  | {
      readonly kind: "event";
      readonly ms: number;
      readonly event: string;
      readonly data: string;
      readonly text?: string;
    }
  /** A comment of the stream: the door's heartbeat. */
  | { readonly kind: "comment"; readonly ms: number; readonly data: string }
  /** An answer that is no stream of events; `text` is what the agent says in it. */
  | { readonly kind: "body"; readonly ms: number; readonly data: string; readonly text?: string }
  | {
      readonly kind: "error";
      readonly ms: number;
      readonly message: string;
      readonly code?: string | undefined;
      readonly remedy?: string | undefined;
      readonly status?: number | undefined;
      readonly requestId?: string | undefined;
    }
  | { readonly kind: "end"; readonly ms: number; readonly bytes: number };
