import type { Writable } from "node:stream";
import { exchangeFactory } from "./exchange";
import type { Finished } from "./log";
import { errorReply, wholeReply, type Reply } from "../answer/reply";
import type { LambdaContext, Run } from "./run";
import type { HandlerSettings } from "./settings";
import { Sink } from "../answer/sink";
import { streamAnswer, type Open } from "../answer/stream";

/** Doors 2 and 3: sends the agent's bytes as they arrive. */
export function streamingHandler(settings: HandlerSettings, receive = exchangeFactory(settings)) {
  return async (event: unknown, stream: awslambda.HttpResponseStream, context: LambdaContext): Promise<void> => {
    const { run, decision, agent, log } = await receive(event, context);
    let opened: Writable | undefined;
    // from() does not send the prelude; the first write does. The empty write sends it at once, also if no payload follows.
    // https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/95
    const open: Open = (statusCode, headers) => {
      opened = awslambda.HttpResponseStream.from(stream, { statusCode, headers });
      opened.write("");
      return opened;
    };
    let brokeOff: boolean | undefined;
    try {
      const finished =
        decision.kind === "invoke" && !decision.collect
          ? await streamAnswer(decision, agent, run, open)
          : await wholeReply(decision, agent, run);
      if ("brokeOff" in finished) ({ brokeOff } = finished);
      log("body" in finished ? await sendWhole(finished, run, open) : finished);
    } catch (cause) {
      // An error in the door's own code. An answer that has begun can only be ended.
      if (!opened) log(await sendWhole(errorReply(run, { code: "INTERNAL" }, cause), run, open));
      else {
        opened.end();
        log({ status: 200, code: "INTERNAL", cause, bytes: 0 });
      }
    }
    // An error breaks the stream, and the sandbox continues: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html
    if (brokeOff) throw new Error("The agent's answer broke off, and so does this one.");
  };
}

async function sendWhole(
  { statusCode, headers, body, code, cause, usage, dropped }: Reply,
  run: Run,
  open: Open,
): Promise<Finished> {
  const left = await new Sink(open(statusCode, { ...headers }), run.deadline).end(body);
  return {
    status: statusCode,
    bytes: Buffer.byteLength(body),
    code: left ? code : (code ?? "CLIENT_TOO_SLOW"),
    cause,
    usage,
    dropped,
  };
}
