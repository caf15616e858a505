import type { HookRequest, HookResult } from "../../contract/runtime/hooks";

/** Adds a field that the agent expects and clients do not send, and refuses what this door is not for. */
export function beforeInvoke({ prompt, fields, caller }: HookRequest): HookResult {
  if (fields["topic"] === "salaries") return { refuse: "TOPIC_CLOSED", text: "Ask the staff department." };
  return {
    fields: { topic: fields["topic"] ?? "general", words: prompt.split(/\s+/).length },
    headers: { Tenant: caller?.hash ?? "public" },
  };
}
