import type { ServerResponse } from "node:http";
import type { APIGatewayProxyResult } from "aws-lambda";
import { BUFFERED_INTEGRATION_SECONDS } from "../../../contract/aws/limits";
import { text, type Resource } from "../../program/graph";
import { TooManyRequests } from "../lambda/function";
import type { Invocable } from "../lambda/invocable";
import { MalformedAnswer, respondWithStream } from "../lambda/respond";
import type { Outcome } from "../lambda/runtimeApi";
import type { Served } from "../requestLog";
import type { GatewayResponses } from "./responses";

const TIMED_OUT = Symbol("timed out");

/**
 * Calls the function in the integration's transfer mode. If the URI is for the other mode, the call fails, as on AWS.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
export async function integrate(
  integration: Resource,
  target: Invocable,
  event: object,
  response: ServerResponse,
  responses: GatewayResponses,
): Promise<Served> {
  const { type, responseTransferMode, timeoutMilliseconds } = integration.inputs;
  const streaming = responseTransferMode === "STREAM";
  const expected = streaming ? "/2021-11-15/" : "/2015-03-31/";
  if (type !== "AWS_PROXY" || !text(integration, "uri").includes(expected)) {
    return responses.send(
      response,
      "API_CONFIGURATION_ERROR",
      "the integration's type or URI does not fit its transfer mode",
    );
  }
  const timeoutMs = typeof timeoutMilliseconds === "number" ? timeoutMilliseconds : BUFFERED_INTEGRATION_SECONDS * 1000;
  try {
    const outcome = await within(timeoutMs, target.invoke(event));
    if (outcome === TIMED_OUT) return responses.send(response, "INTEGRATION_TIMEOUT");
    if (outcome.kind === "error") {
      const note = `${outcome.error.errorType}: ${outcome.error.errorMessage}`;
      return responses.send(response, streaming ? "API_CONFIGURATION_ERROR" : "BAD_GATEWAY", note);
    }
    if (streaming) {
      if (outcome.kind !== "stream")
        return responses.send(response, "API_CONFIGURATION_ERROR", "the answer is not streamed");
      const bytes = await respondWithStream(outcome, response, { requirePrelude: true, rename: remapped });
      return { status: response.statusCode, bytes };
    }
    return sendProxyResult(outcome, response, responses);
  } catch (error) {
    // A rejected invocation is a 500. https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html
    if (error instanceof TooManyRequests)
      return responses.send(response, "API_CONFIGURATION_ERROR", "function concurrency");
    if (error instanceof MalformedAnswer) return responses.send(response, "API_CONFIGURATION_ERROR", error.message);
    throw error;
  }
}

async function within(ms: number, outcome: Promise<Outcome>): Promise<Outcome | typeof TIMED_OUT> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(resolve, ms, TIMED_OUT);
  });
  try {
    const first = await Promise.race([outcome, timeout]);
    // The function continues after the timeout. Its stream must be read, or the sandbox blocks.
    if (first === TIMED_OUT) void outcome.then((late) => late.kind === "stream" && late.body.resume());
    return first;
  } finally {
    clearTimeout(timer);
  }
}

function sendProxyResult(outcome: Outcome, response: ServerResponse, responses: GatewayResponses): Served {
  const result = outcome.kind === "payload" ? parseResult(outcome.body) : undefined;
  if (!result) {
    if (outcome.kind === "stream") outcome.body.resume();
    return responses.send(response, "BAD_GATEWAY", "the function's answer is not a proxy result");
  }
  const { statusCode, headers = {}, multiValueHeaders = {}, body, isBase64Encoded = false } = result;
  for (const [name, value] of Object.entries(headers)) response.setHeader(remapped(name), String(value));
  for (const [name, values] of Object.entries(multiValueHeaders)) response.setHeader(name, values.map(String));
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  response.setHeader("Content-Length", bytes.byteLength);
  response.writeHead(statusCode).end(bytes);
  return { status: statusCode, bytes: bytes.byteLength };
}

function parseResult(payload: Buffer): APIGatewayProxyResult | undefined {
  try {
    const result = JSON.parse(payload.toString()) as Partial<APIGatewayProxyResult> | null;
    const statusCode = Number(result?.statusCode);
    return Number.isInteger(statusCode) ? { ...result, statusCode, body: result?.body ?? "" } : undefined;
  } catch {
    return undefined;
  }
}

/** Response headers that API Gateway renames. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
const REMAPPED = /^(?:www-authenticate|authorization|connection|date|server|user-agent)$/i;

function remapped(name: string): string {
  return REMAPPED.test(name) ? `X-Amzn-Remapped-${name}` : name;
}
