import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { errorBody } from "../../contract/wire/errors";
import { statsText } from "../../local/ask/print";
import { FakeDoor } from "../support/client/fakeDoor";
import { ROOT } from "../support/local/frontDoor";

const SESSION = { "X-Session-Id": "s".repeat(40) };
const ANSWER = 'data: "Hel"\n\ndata: "lo"\n\n';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe("the options of npm run ask", () => {
  let door: FakeDoor;
  before(async () => {
    door = await FakeDoor.start();
  });
  beforeEach(() => {
    door.received.length = 0;
    door.streams(ANSWER, "end", SESSION);
  });
  after(() => {
    door.stop();
  });

  const start = (...args: string[]) =>
    spawn(process.execPath, ["--import", "tsx", "local/ask/main.ts", "streamingApi", ...args], {
      cwd: ROOT,
      env: { ...process.env, FRONT_DOOR_TOKEN: "", FORCE_COLOR: "1" },
    });
  const command = async (args: readonly string[], input = ""): Promise<Ended> => {
    const child = start(...args);
    child.stdin.end(input);
    const ended = once(child, "exit") as Promise<[number | null]>;
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { code, stdout, stderr };
  };
  const at = (): string[] => ["--url", door.url, "--api-key", "k"];

  it("--json prints one line, and --stats the times beside it; no colours, because nothing is a terminal", async () => {
    const { code, stdout, stderr } = await command(["hi", "--json", "--stats", ...at()]);
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(stdout), { text: "Hello", session_id: "s".repeat(40), request_id: "request-1" });
    assert.match(stderr, /^first byte \d+ ms, (?:no gaps|1 gap of \d+ ms \(longest \d+ ms\)), total \d+ ms\n$/);
  });

  it("--json prints an error as one line too, with the remedy and the wait, and exits with 1", async () => {
    door.reply = (response) => {
      response
        .writeHead(429, { "X-Request-Id": "r-1" })
        .end(JSON.stringify(errorBody({ code: "AGENT_THROTTLED" }, "r-1")));
    };
    const { code, stdout, stderr } = await command(["hi", "--json", ...at()]);
    assert.deepEqual([code, stderr], [1, ""]);
    const { error } = JSON.parse(stdout) as { error: Record<string, unknown> };
    const { status, request_id, retry_after, remedy } = error;
    assert.deepEqual([error["code"], status, request_id, retry_after], ["AGENT_THROTTLED", 429, "r-1", 5]);
    assert.equal(remedy, "Wait a few seconds, then send the request again.");
    const plain = await command(["hi", ...at()]);
    assert.deepEqual([plain.code, plain.stdout], [1, ""]);
    assert.match(plain.stderr, /^AGENT_THROTTLED .+ Wait a few seconds.+\nretry after: 5 s\nrequest: r-1\n$/);
  });

  it("--interactive asks each line in one session, of the agent that is named", async () => {
    const { code, stdout, stderr } = await command(["--interactive", "--agent", "billing", ...at()], "one\ntwo\n");
    assert.deepEqual([code, stdout], [0, "Hello\nHello\n"]);
    assert.match(stderr, new RegExp(`session: ${"s".repeat(40)}\n$`));
    assert.deepEqual(
      door.received.map(({ path, body }) => [path, body]),
      [
        ["/agents/billing/invoke", '{"prompt":"one"}'],
        ["/agents/billing/invoke", JSON.stringify({ prompt: "two", session_id: "s".repeat(40) })],
      ],
    );
  });

  it("Ctrl-C stops the session, and exits with 130", async () => {
    door.reply = (response, { method }) => {
      if (method === "DELETE") response.writeHead(200).end("{}");
      else response.writeHead(200, { "Content-Type": "text/event-stream", ...SESSION }).write('data: "Hel"\n\n');
    };
    const child = start("hi", ...at());
    const errors = text(child.stderr);
    const [piece] = (await once(child.stdout, "data")) as [Buffer];
    assert.equal(piece.toString(), "Hel");
    child.kill("SIGINT");
    const [code] = (await once(child, "exit")) as [number | null];
    assert.equal(code, 130);
    assert.match(await errors, /The session is stopped\./);
    const [, stopped] = door.received;
    assert.deepEqual([stopped?.method, stopped?.path], ["DELETE", `/sessions/${"s".repeat(40)}`]);
  });

  for (const [args, says] of [
    [["--interactive", "hi"], /Leave the prompt out with --interactive/],
    [["hi", "--raw", "--json"], /Use --raw or --json, not both/],
    [["hi", "--profile", "p"], /--profile is for doors with IAM\. Give --region too/],
    [["hi", "--nonsense"], /--nonsense/],
    [["hi", "--url", "door", "--edge"], /--url is "door"\. Use the door's URL/],
    [
      ["hi", "--url", "https://a.example", "--edge", "--session", "short"],
      /--session is "short"\. Use the id .+33 to 100/,
    ],
  ] as const) {
    it(`exits with 2 for ${args.join(" ")}, and names the remedy`, async () => {
      const { code, stdout, stderr } = await command(args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, says);
    });
  }

  it("says in the times how many gaps there were", () => {
    assert.equal(statsText([], 5), "no byte, total 5 ms");
    assert.equal(statsText([1], 5), "first byte 1 ms, no gaps, total 5 ms");
    assert.equal(statsText([1, 3], 5), "first byte 1 ms, 1 gap of 2 ms (longest 2 ms), total 5 ms");
    assert.equal(statsText([1, 3, 5, 15], 20), "first byte 1 ms, 3 gaps of 2 ms (longest 10 ms), total 20 ms");
  });
});
