import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bufferedHandler } from "../../functions/handler/bufferedHandler";
import { streamingHandler } from "../../functions/handler/streamingHandler";
import { proxyEvent } from "../../local/aws/apigateway/event";
import { callStreaming, contextWith, handlerSettings } from "../support/handlers/handlers";
import { withSessionKey } from "../support/handlers/sessionKey";
import { withDataPlane } from "../support/handlers/withDataPlane";
import { ROOT } from "../support/local/frontDoor";

const FOLDER = join(ROOT, "docs", "test-events");
const files = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));
const event = (file: string): object => JSON.parse(readFileSync(join(FOLDER, `${file}.json`), "utf8")) as object;

/** What a function of the door answers. */
interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

describe("docs/test-events", () => {
  const { plane, log } = withDataPlane();
  withSessionKey();

  const buffered = async (file: string): Promise<Answer> => {
    const { statusCode, body } = await bufferedHandler({ ...handlerSettings(), door: "bufferedApi" })(
      event(file),
      contextWith(),
    );
    return { status: statusCode, body };
  };
  const streamed = async (file: string, publicEdge = false): Promise<Answer> => {
    const settings = handlerSettings();
    const { prelude, body } = await callStreaming(
      streamingHandler({ ...settings, policy: { ...settings.policy, publicEdge } }),
      event(file),
    );
    return { status: prelude.statusCode, body };
  };
  const caller = (): unknown => (JSON.parse(log.lines.at(-1) ?? "{}") as { caller?: string }).caller;

  /** Every event, by the function that it is for, with status, part of the body and kind of the caller in the log. */
  const CASES: Readonly<
    Record<string, readonly [run: (file: string) => Promise<Answer>, body: RegExp, caller: string]>
  > = {
    "buffered-api-invoke": [buffered, /"response":"hello"/, "iam"],
    "streaming-api-invoke": [streamed, /^data: hello\n\n$/, "iam"],
    "streaming-url-invoke": [streamed, /^data: hello\n\n$/, "iam"],
    "streaming-url-edge-invoke": [(file) => streamed(file, true), /^data: hello\n\n$/, "none"],
    "rest-stop-session": [buffered, /session_id/, "iam"],
    "rest-health": [streamed, /ok/, "iam"],
  };

  it("are all known here and on their page", () => {
    assert.deepEqual(files.map((file) => file.replace(/\.json$/, "")).sort(), Object.keys(CASES).sort());
    const page = readFileSync(join(FOLDER, "README.md"), "utf8");
    for (const file of files) assert.ok(page.includes(`](${file})`), file);
  });

  for (const [file, [run, body, kind]] of Object.entries(CASES))
    it(`is taken by its function: ${file}`, async () => {
      const answer = await run(file);
      assert.equal(answer.status, 200, answer.body);
      assert.match(answer.body, body);
      assert.equal(caller(), kind);
      if (!file.endsWith("invoke")) return;
      assert.equal(plane.requests.length, 1);
      assert.deepEqual(JSON.parse(plane.requests[0]?.body ?? ""), { prompt: "Hello" });
    });

  it("have one session at every door: of the role in the event", async () => {
    await buffered("buffered-api-invoke");
    await streamed("streaming-api-invoke");
    await streamed("streaming-url-invoke");
    const sessions = new Set(
      plane.requests.map(({ headers }) => headers["x-amzn-bedrock-agentcore-runtime-session-id"]),
    );
    const owner = JSON.stringify(["aws", "123456789012", "agent-client"]);
    const handle = "test-event-0123456789abcdef0123456789";
    const hash = createHash("sha256")
      .update(JSON.stringify(["iam", owner, handle]))
      .digest("hex");
    assert.deepEqual([...sessions], [`fd-${hash}`]);
  });

  it("have the fields that API Gateway sends", () => {
    const request = { method: "POST", url: "/live/invoke", headers: {}, rawHeaders: [], socket: {} };
    const sent = proxyEvent(
      request as unknown as IncomingMessage,
      Buffer.from("{}"),
      { resourcePath: "/invoke", pathParameters: null, method: { inputs: {} } } as never,
      {
        restApi: { id: "x" } as never,
        stageName: "live",
        basePath: "/live",
        accountId: "1",
        path: "/invoke",
        principal: {},
      },
    );
    const keys = (value: unknown): string[] => Object.keys(value as object).sort();
    const context = (value: object): { identity: object } =>
      (value as { requestContext: { identity: object } }).requestContext;
    for (const file of files.filter((each) => !each.startsWith("streaming-url"))) {
      const shown = event(file.replace(/\.json$/, ""));
      assert.deepEqual(keys(shown), keys(sent), file);
      assert.deepEqual(keys(context(shown)), keys(context(sent)), file);
      assert.deepEqual(keys(context(shown).identity), keys(context(sent).identity), file);
    }
  });
});
