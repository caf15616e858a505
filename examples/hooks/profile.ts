import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { HookAnswer, HookRequest, HookResult } from "../../contract/runtime/hooks";

const database = new DynamoDBClient({ maxAttempts: 2 });

/** Adds the profile of the user who asks. Clients cannot set it: the field is replaced in each request. */
export async function beforeInvoke({ caller, signal }: HookRequest): Promise<HookResult> {
  if (!caller) return { refuse: "SIGN_IN", text: "Sign in first." };
  const key = { user: { S: caller.subject } };
  const { Item } = await database.send(new GetItemCommand({ TableName: "profiles", Key: key }), {
    abortSignal: signal,
  });
  return { fields: { profile: { language: Item?.["language"]?.S ?? "en", plan: Item?.["plan"]?.S ?? "free" } } };
}

/** Writes one line per answer, for a report of what each plan costs. */
export function onAnswer({ requestId, caller, usage }: HookAnswer): void {
  if (usage) console.log(JSON.stringify({ requestId, user: caller?.hash, ...usage }));
}
