import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { ERRORS } from "../../../contract/wire/errors";
import { bufferedHandler } from "../../../functions/handler/bufferedHandler";
import { streamingHandler } from "../../../functions/handler/streamingHandler";
import { callStreaming, contextWith, EVENTS, handlerSettings } from "../../support/handlers/handlers";
import { withDataPlane } from "../../support/handlers/withDataPlane";

const SLOW = "Runtime initialization time exceeded. Please make sure that initialization completes in 30s.";
const UNHEALTHY =
  "Runtime health check failed or timed out. Please make sure that health check is implemented according to the requirements here - https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-service-contract.html";

type Send = (response: ServerResponse) => void;

const refuses =
  (message: string, status = 424, type: string | undefined = "RuntimeClientError"): Send =>
  (response) => {
    response.writeHead(status, { "Content-Type": "application/json", ...(type && { "x-amzn-errortype": type }) });
    response.end(JSON.stringify({ message }));
  };
const answers: Send = (response) => {
  response.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: hello\n\n");
};

describe("a start that fails", () => {
  const { plane, log } = withDataPlane();
  const { random } = Math;
  beforeEach(() => {
    // No pause between attempts: this is tested elsewhere.
    Math.random = () => 0;
  });
  afterEach(() => {
    Math.random = random;
  });

  for (const runtimeAuth of ["sigv4", "oauth"] as const) {
    const settings = () => handlerSettings({ runtimeAuth });
    const ask = EVENTS["Function URL event 2.0"]({
      headers: { "Content-Type": "application/json", "X-Auth-Token": "Bearer a.eyJzdWIiOiJhbm4iLCJpc3MiOiJpIn0.b" },
      body: JSON.stringify({ prompt: "hello" }),
    });
    const handlers = {
      streaming: async () => {
        const { prelude, body } = await callStreaming(streamingHandler(settings()), ask);
        return { status: prelude.statusCode, retryAfter: prelude.headers?.["Retry-After"], body };
      },
      buffered: async () => {
        const { statusCode, headers, body } = await bufferedHandler(settings())(ask, contextWith());
        return { status: statusCode, retryAfter: headers?.["Retry-After"], body };
      },
    };

    for (const [name, call] of Object.entries(handlers)) {
      /** Makes calls while the runtime sends these answers in turn; the last one is repeated. Returns the code and the log. */
      const during = async (...sent: readonly Send[]) => {
        plane.answer = (response) => {
          (sent[plane.requests.length - 1] ?? sent.at(-1) ?? answers)(response);
        };
        const { status, retryAfter, body } = await call();
        const code = /"code":"([A-Z_]+)"/.exec(body)?.[1];
        assert.equal(log.lines.length, 1);
        const line = JSON.parse(log.lines[0] ?? "") as Record<string, unknown>;
        assert.equal(line["attempts"], plane.requests.length);
        assert.equal(new Set(plane.requests.map((request) => request.body)).size, 1, "the same prompt");
        return { status, retryAfter, code, body, line, attempts: plane.requests.length };
      };

      describe(`${name}, ${runtimeAuth}`, () => {
        for (const [title, send, reason] of [
          ["of the page", refuses(SLOW), "initialization_timeout"],
          ["with another number", refuses(SLOW.replace("30s", "120s")), "initialization_timeout"],
          ["without its advice", refuses("Runtime initialization time exceeded"), "initialization_timeout"],
          ["of a health check", refuses(UNHEALTHY), "health_check"],
          ["of a health check, short", refuses("Runtime health check failed or timed out"), "health_check"],
          ["of a health check, one half", refuses("Runtime health check timed out."), "health_check"],
          ["of a health check, shortest", refuses("Health check failed"), "health_check"],
          ["as 403, which the page has", refuses(SLOW, 403), "initialization_timeout"],
          ["without a name of the exception", refuses(UNHEALTHY, 424, ""), "health_check"],
        ] as const) {
          it(`the text ${title}: two attempts, then AGENT_START_FAILED and the reason in the log`, async () => {
            const { status, retryAfter, code, body, line, attempts } = await during(send);
            assert.deepEqual([status, code, attempts], [503, "AGENT_START_FAILED", 2]);
            assert.equal(retryAfter, String(ERRORS.AGENT_START_FAILED.retryAfterSeconds));
            assert.deepEqual([line["code"], line["reason"], line["level"]], ["AGENT_START_FAILED", reason, "ERROR"]);
            assert.doesNotMatch(body + log.lines.join(""), /Please make sure|Runtime (initialization|health)/);
          });
        }

        it("an agent that starts the second time answers, and no reason is logged", async () => {
          const { status, body, line, attempts } = await during(refuses(SLOW), answers);
          assert.deepEqual([status, attempts, line["code"], line["reason"]], [200, 2, undefined, undefined]);
          assert.match(body, /hello/);
        });

        it("one more start, also between other refusals", async () => {
          const busy = refuses("Session operation in progress, please retry", 409, "RetryableConflictException");
          assert.equal((await during(busy, refuses(SLOW), refuses(SLOW), answers)).code, "AGENT_START_FAILED");
          assert.equal(plane.requests.length, 3);
          plane.requests.length = log.lines.length = 0;
          assert.equal((await during(refuses(SLOW), busy, answers)).status, 200);
          assert.equal(plane.requests.length, 3);
        });

        for (const [title, send, code] of [
          [
            "the agent's own error",
            refuses("Received error (500) from runtime. Please check your CloudWatch logs"),
            "AGENT_ERROR",
          ],
          ["one that quotes it", refuses(`Received error (500) from runtime: ${SLOW}`), "AGENT_ERROR"],
          ["one that it begins", refuses(`${SLOW} Received error (500) from runtime.`), "AGENT_ERROR"],
          ["a sentence behind it", refuses(`${SLOW} Then the agent ran.`), "AGENT_ERROR"],
          ["a sentence behind the other", refuses(`${UNHEALTHY}. Then the agent ran.`), "AGENT_ERROR"],
          ["a line behind it", refuses(`${SLOW}\nThe order was placed.`), "AGENT_ERROR"],
          ["another sentence for its advice", refuses("Runtime health check failed. The agent ran."), "AGENT_ERROR"],
          ["its words with a cause", refuses("Runtime health check failed: the order was placed"), "AGENT_ERROR"],
          ["quotation marks", refuses(`"${SLOW}"`), "AGENT_ERROR"],
          ["JSON that holds it", refuses(JSON.stringify({ error: UNHEALTHY })), "AGENT_ERROR"],
          [
            "a sentence that goes on",
            refuses("Runtime initialization time exceeded in the agent's tool"),
            "AGENT_ERROR",
          ],
          ["a later line", refuses(`Tool failed.\n${UNHEALTHY}`), "AGENT_ERROR"],
          ["another start", refuses("An error occurred when starting the runtime."), "AGENT_ERROR"],
          ["no text", refuses(""), "AGENT_ERROR"],
          ["500 with the text", refuses(SLOW, 500, "InternalServerException"), "AGENT_ERROR"],
          ["502 with the text", refuses(SLOW, 502, "SomethingNew"), "AGENT_ERROR"],
        ] as const) {
          it(`${title}: one attempt, and ${code}`, async () => {
            const { status, retryAfter, line, attempts, ...answer } = await during(send);
            assert.deepEqual([status, answer.code, attempts, retryAfter], [502, code, 1, undefined]);
            assert.equal(line["reason"], undefined);
          });
        }
      });
    }
  }
});
