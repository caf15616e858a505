import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import ts from "typescript";
import { parse } from "yaml";
import type { DoorName } from "../../../contract/wire/doors";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { ROOT, RunningFrontDoor, stackFile } from "../../support/local/frontDoor";
import { BLOCKS, type Block } from "./blocks";
import { parsePage } from "./dom";

const marked = BLOCKS.filter(({ mark }) => mark === "run");
const blocksOn = (page: string, language: string): Block[] =>
  marked.filter((block) => block.page === page && block.language === language);

const present = (command: string): boolean => spawnSync(command, ["--version"]).error === undefined;

/** Whether this machine has what a block needs: its program, and for Python the package that it names. */
const runnable = ({ language, text }: Block): boolean =>
  present(RUNNERS[language]?.[0] ?? "") &&
  (!text.includes("botocore") || spawnSync("python3", ["-c", "import botocore"]).status === 0);

/** How each language is run: a program with its arguments, which reads the block from its standard input. */
const RUNNERS: Readonly<
  Record<string, readonly [command: string, args: readonly string[], text: (text: string) => string]>
> = {
  sh: ["bash", ["-euo", "pipefail"], (text) => text],
  python: ["python3", ["-"], (text) => text],
  ts: [
    process.execPath,
    ["--input-type=module"],
    (text) =>
      ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } })
        .outputText,
  ],
};

/** Runs a block with these environment variables. It must end with exit code 0. */
async function run(
  { language, text, place }: Block,
  env: Readonly<Record<string, string>>,
  before = "",
): Promise<string> {
  const [command, args, translate] = RUNNERS[language] ?? [];
  assert.ok(command !== undefined && translate, place);
  return await new Promise((resolve, reject) => {
    const options = { cwd: ROOT, env: { ...process.env, NODE_OPTIONS: "", AWS_SESSION_TOKEN: "", ...env } };
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${place}: ${stdout}${stderr}`));
      else resolve(stdout);
    });
    child.stdin?.end(before + translate(text));
  });
}

/** What the pages tell readers to put into their environment. */
function environmentOf(frontDoor: LocalFrontDoor | RunningFrontDoor, name: DoorName): Record<string, string> {
  const { url, auth } = frontDoor.door(name);
  const { accessKeyId, secretAccessKey } = frontDoor.announced.credentials;
  return {
    DOOR_URL: url,
    AWS_REGION: frontDoor.announced.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(auth.type === "API_KEY" && { DOOR_KEY: auth.value }),
  };
}

/** The pages of the doors, with what their clients print of the answer to `count 3 every 100`. */
const DOOR_PAGES: readonly (readonly [page: string, door: DoorName, answer: RegExp])[] = [
  ["docs/doors/buffered.md", "bufferedApi", /1 2 3 /],
  ["docs/doors/streaming-url.md", "streamingUrl", /"1 "[^]*"2 "[^]*"3 "/],
  ["docs/doors/streaming-api.md", "streamingApi", /"1 "[^]*"2 "[^]*"3 "/],
];

/** Pages whose commands need no door of their own kind, with what they print. */
const OTHER_PAGES: Readonly<Record<string, RegExp>> = {
  "README.md": /1 2 3 4 5 6 7 8 9 10/,
  "docs/local.md": /10[^]*What can you do\?/,
  "docs/logging.md": /^[0-9a-f]{16}\n/m,
  "docs/edge.md": /data: /,
};

describe("the commands of the pages", () => {
  it("that are marked are run, each page of them", () => {
    const pages = [...DOOR_PAGES.map(([page]) => page), ...Object.keys(OTHER_PAGES), "docs/doors/browser.md"];
    assert.deepEqual([...new Set(marked.map(({ page }) => page))].sort(), pages.sort());
  });

  describe("with all doors", () => {
    const page = parse(BLOCKS.find((block) => block.page === "docs/doors/browser.md")?.text ?? "") as Record<
      string,
      unknown
    >;
    const corsOrigins = page["agentcore-front-door:corsOrigins"] as string[];
    let frontDoor: RunningFrontDoor;
    before(async () => {
      frontDoor = await RunningFrontDoor.start(["--config-file", stackFile({ corsOrigins })]);
    });
    after(async () => {
      await frontDoor.stop();
    });

    for (const [page, door, answer] of DOOR_PAGES)
      for (const language of Object.keys(RUNNERS))
        for (const block of blocksOn(page, language))
          it(`run: ${block.place} ${language}`, async function () {
            if (!runnable(block)) this.skip();
            assert.match(await run(block, environmentOf(frontDoor, door)), answer);
          });

    for (const page of ["README.md", "docs/local.md", "docs/logging.md"])
      for (const block of blocksOn(page, "sh"))
        it(`run: ${block.place}`, async () => {
          // Other front doors can run on this machine: the client is told which one to ask.
          const pid = String(frontDoor.child.pid);
          const ask = `npm() { [ "$2" = ask ] && set -- "$@" --pid ${pid}; command npm "$@"; }\n`;
          const printed = await run(block, {}, ask);
          assert.match(printed, OTHER_PAGES[page] ?? /never/);
        });

    it("fail where the door refuses: the clients see it", async () => {
      for (const [page, door] of DOOR_PAGES)
        for (const block of ["ts", "python"].flatMap((language) => blocksOn(page, language)).filter(runnable)) {
          const env = { ...environmentOf(frontDoor, door), DOOR_KEY: "wrong" };
          if (door !== "streamingUrl") await assert.rejects(run(block, env), /INVALID_API_KEY|403/, block.place);
        }
    });

    for (const door of ["streamingApi", "bufferedApi"] as const)
      it(`run: docs/doors/browser.md at ${door}`, async () => {
        const { DOOR_URL = "", DOOR_KEY = "" } = environmentOf(frontDoor, door);
        const page = await openPage(blocksOn("docs/doors/browser.md", "html")[0]?.text ?? "", corsOrigins[0] ?? "");
        const first = await page.ask({ url: DOOR_URL, key: DOOR_KEY, prompt: "count 3 every 100" });
        assert.equal(first, "1 2 3 ");
        assert.match(await page.ask({ url: DOOR_URL, key: DOOR_KEY, prompt: "fail" }), /AGENT_ERROR|failed/);
        assert.match(await page.ask({ url: DOOR_URL, key: "wrong", prompt: "Hello" }), /INVALID_API_KEY/);
        assert.deepEqual(page.sessions.slice(1), [page.answered, page.answered]);
      });
  });

  describe("with a public edge", () => {
    let frontDoor: LocalFrontDoor;
    before(async () => {
      frontDoor = await LocalFrontDoor.start(["--stack", "public-edge"]);
    });
    after(async () => {
      await frontDoor.stop();
    });

    for (const block of blocksOn("docs/edge.md", "sh"))
      it(`run: ${block.place}`, async () => {
        const printed = await run(block, { EDGE_URL: frontDoor.door("streamingUrl").url });
        assert.match(printed, OTHER_PAGES["docs/edge.md"] ?? /never/);
      });
  });
});

interface Page {
  /** Session ids that the page has sent. */
  readonly sessions: (string | undefined)[];
  /** Session id of the first answer. */
  readonly answered: string | undefined;
  /** Fills the form in, sends it, and returns what the page shows in the end. */
  readonly ask: (fields: { url: string; key: string; prompt: string }) => Promise<string>;
}

/** Runs the script of a page as a browser does: with a document, and with CORS in front of `fetch`. */
async function openPage(html: string, origin: string): Promise<Page> {
  const { document, Event } = parsePage(html);
  const sessions: (string | undefined)[] = [];
  let answered: string | undefined;
  const browserFetch = async (
    url: string,
    init: { method: string; headers: Record<string, string>; body: Uint8Array },
  ) => {
    const names = Object.keys(init.headers).map((name) => name.toLowerCase());
    const preflight = await fetch(url, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": init.method, "access-control-request-headers": names.join() },
    });
    assert.ok(preflight.ok, String(preflight.status));
    const allowed = preflight.headers.get("access-control-allow-headers")?.toLowerCase().split(/, */) ?? [];
    assert.deepEqual(
      names.filter((name) => !allowed.includes(name)),
      [],
    );
    sessions.push((JSON.parse(new TextDecoder().decode(init.body)) as { session_id?: string }).session_id);
    const response = await fetch(url, { ...init, headers: { ...init.headers, origin } });
    assert.equal(response.headers.get("access-control-allow-origin"), origin);
    answered ??= response.headers.get("x-session-id") ?? undefined;
    return response;
  };
  let done: Promise<unknown> = Promise.resolve();
  const context = createContext({
    document,
    crypto,
    TextEncoder,
    TextDecoderStream,
    fetch: browserFetch,
    follow: (asked: Promise<unknown>) => (done = asked),
  });
  const script = document.querySelector("script")?.textContent ?? "";
  // The page does not say when it is done; the test follows the promise of its own `ask`.
  const followed = script.replace("ask().catch(", "follow(ask()).catch(");
  assert.notEqual(followed, script);
  await (runInContext(`(async () => {\n${followed}\n})()`, context) as Promise<unknown>);
  return {
    sessions,
    get answered() {
      return answered;
    },
    ask: async (fields) => {
      for (const [id, value] of Object.entries(fields)) {
        const input = document.querySelector(`#${id}`);
        assert.ok(input, id);
        input.value = value;
      }
      document.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
      await done.catch(() => undefined);
      return document.querySelector("pre")?.textContent ?? "";
    },
  };
}

describe("the stack files that the pages copy", () => {
  it("exist", () => {
    const copies = BLOCKS.flatMap(({ text }) => [...text.matchAll(/^cp (stacks\/\S+)/gm)].map(([, file = ""]) => file));
    assert.ok(copies.length >= 4);
    for (const file of copies) assert.ok(readFileSync(join(ROOT, file), "utf8").includes("config:"), file);
  });
});
