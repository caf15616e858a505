import type { Refusal } from "../../contract/wire/errors";
import type { AgentCall, Target } from "../agent/agent";
import type { Reading } from "../answer/speech";
import type { RedactionCounts } from "./redact/redact";

/** What a door must do for a request. */
export type Decision =
  | {
      readonly kind: "error";
      readonly refusal: Refusal;
      readonly allow?: string;
      readonly redactions?: RedactionCounts;
      readonly cause?: unknown;
    }
  | { readonly kind: "health" }
  | { readonly kind: "stop"; readonly sessionId: string; readonly target: Target }
  | {
      readonly kind: "invoke";
      /** The caller's session id. */
      readonly sessionId: string;
      readonly call: AgentCall;
      /** How the agent's events are read, and what of them the client gets. */
      readonly reading: Reading;
      /** True if the client asks for the whole answer in one piece, also at a streaming door. */
      readonly collect: boolean;
      readonly redactions: RedactionCounts;
    };
