import { lambdaHost, parseFunctionArn } from "../../contract/aws/functionArn";
import { ENVIRONMENT } from "../../contract/runtime/environment";
import type { HookAnswer, HookRequest, HookResult } from "../../contract/runtime/hooks";
import { signedPost } from "../sdk/signedPost";

const functionArn = process.env[ENVIRONMENT.hookFunction] ?? "";
const region = parseFunctionArn(functionArn)?.region;
if (region === undefined) throw new Error(`Environment variable ${ENVIRONMENT.hookFunction} is missing or malformed.`);
const post = signedPost("lambda", region);
// The SDK's variable for another endpoint, such as a stand-in on a laptop.
const origin = process.env["AWS_ENDPOINT_URL_LAMBDA"] ?? `https://${lambdaHost(region)}`;
const url = new URL(`/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`, origin);

/** Calls the function with `{ hook: "beforeInvoke", ... }` and returns its answer. */
export async function beforeInvoke({ signal, ...request }: HookRequest): Promise<HookResult> {
  const answer = await invoke("RequestResponse", { hook: "beforeInvoke", ...request }, signal);
  return (await answer.json()) as HookResult;
}

/** Gives `{ hook: "onAnswer", ... }` to the function, and does not wait for its end. */
export async function onAnswer(answer: HookAnswer): Promise<void> {
  await (await invoke("Event", { hook: "onAnswer", ...answer }, AbortSignal.timeout(1000))).body?.cancel();
}

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 *
 * @throws Error whose text contains nothing that the function said
 */
async function invoke(type: "RequestResponse" | "Event", event: object, signal: AbortSignal): Promise<Response> {
  const headers = { "content-type": "application/json", "x-amz-invocation-type": type };
  const response = await post({ url, headers, body: JSON.stringify(event), signal });
  if (!response.ok || response.headers.has("x-amz-function-error")) {
    await response.body?.cancel();
    throw new Error(`The function with the hooks answered with status ${response.status}.`);
  }
  return response;
}
