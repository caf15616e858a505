import { orAborted } from "./abort";
import { FrontDoorError } from "./errors/error";
import { ownError } from "./errors/own";
import { refusal } from "./errors/refusal";
import type { Outgoing, Signer } from "./signer";

/** What a connection has for each of its requests. */
export interface Sender {
  readonly signers: readonly Signer[];
  readonly fetch: typeof fetch;
}

/**
 * Sends a request once. After 401, if a signer has something new, once more: with that status the door has not called the agent. Nothing else is
 * repeated, because the agent may have run.
 *
 * @throws FrontDoorError unless the status is one of success
 */
export async function send(sender: Sender, request: Outgoing, signal: AbortSignal): Promise<Response> {
  try {
    const response = await attempt(sender, request, signal);
    if (response.ok) return response;
    const error = await errorOf(response, signal);
    if (response.status !== 401 || !(await orAborted(signal, renewed(sender.signers)))) throw error;
    const second = await attempt(sender, request, signal);
    if (second.ok) return second;
    throw await errorOf(second, signal);
  } catch (cause) {
    if (signal.aborted) throw ownError("ABORTED", { cause: signal.reason });
    throw cause instanceof FrontDoorError ? cause : ownError("NETWORK", { cause });
  }
}

async function attempt({ signers, fetch }: Sender, request: Outgoing, signal: AbortSignal): Promise<Response> {
  let { headers } = request;
  for (const signer of signers) {
    headers = { ...headers, ...(await orAborted(signal, Promise.resolve(signer.sign({ ...request, headers })))) };
  }
  const { method, url, body } = request;
  // A redirect is not followed: it would take the prompt and the token to another place.
  const init = { method, headers: { ...headers }, signal, redirect: "manual" } as const;
  return await orAborted(signal, fetch(url, body === undefined ? init : { ...init, body }));
}

async function errorOf(response: Response, signal: AbortSignal): Promise<FrontDoorError> {
  // A browser hides the status of a redirect.
  if (response.status < 400) return ownError("NOT_A_DOOR", { status: response.status });
  const body = await orAborted(signal, response.text()).catch((error: unknown) => {
    if (signal.aborted) throw error;
    return "";
  });
  return refusal(response, body);
}

async function renewed(signers: readonly Signer[]): Promise<boolean> {
  for (const { renew } of signers) if (await renew?.()) return true;
  return false;
}
