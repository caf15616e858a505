import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { FakeDoor } from "../support/client/fakeDoor";
import { STREAMS } from "../support/client/streams";
import { Tokens } from "../support/http/tokens";
import { ROOT, stackFile } from "../support/local/frontDoor";
import { LocalFrontDoor } from "../support/local/localFrontDoor";
import { openBrowser } from "./support/chromium";

/** The page of docs/client.md. */
const [, PAGE = ""] = /```html\n([^]*?)```/.exec(readFileSync(join(ROOT, "docs", "client.md"), "utf8")) ?? [];

const MODULES = join(ROOT, "node_modules", "eventsource-parser", "dist", "index.js");

describe("the page of docs/client.md, with the built client", () => {
  let folder: string;
  let server: Server;
  let origin: string;
  let frontDoor: LocalFrontDoor;
  let token: () => Promise<string>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "front-door-client-"));
    await promisify(execFile)(process.execPath, [join(ROOT, "client", "build.mjs"), join(folder, "client")]);
    server = createServer((request, response) => {
      const { url = "/" } = request;
      if (url === "/token") {
        void token().then((text) => response.end(text));
        return;
      }
      if (url === "/") {
        const page = PAGE.replace("https://d111111abcdef8.cloudfront.net", frontDoor.door("streamingUrl").url).replace(
          "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/v1",
          frontDoor.door("streamingApi").url,
        );
        response.writeHead(200, { "Content-Type": "text/html" }).end(page);
        return;
      }
      const file = url === "/parser.js" ? MODULES : join(folder, url);
      response
        .writeHead(200, { "Content-Type": "text/javascript" })
        .end(url === "/favicon.ico" ? "" : readFileSync(file));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const config = {
      doors: ["streamingUrl", "streamingApi"],
      apiAuth: "jwt",
      jwt: { issuer: "https://login.example.com/", audience: ["https://agent.example.com"] },
      edge: true,
      callers: [],
      corsOrigins: [origin],
    };
    frontDoor = await LocalFrontDoor.start(["--config-file", stackFile(config)]);
    token = () => Tokens.of(frontDoor.announced).issued();
  });
  after(async () => {
    await frontDoor.stop();
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  it("has a script of 15 lines", () => {
    const [, script = ""] = /<script type="module">\n([^]*?)\n *<\/script>/.exec(PAGE) ?? [];
    assert.ok(script.includes("connect(") && script.split("\n").length <= 15, script);
  });

  it("chats through the edge and door 3, and shows an error with its remedy", async () => {
    const context = await (await openBrowser()).newContext();
    try {
      const page = await context.newPage();
      await page.goto(origin);
      // Its script loads the client after the page's own load event.
      await page.waitForFunction('document.querySelector("form").onsubmit !== null');
      await page.fill("input", "count 3 every 1");
      for (const door of ["edge", "api"]) {
        await page.selectOption("select", door);
        await page.evaluate('document.querySelector("pre").textContent = ""');
        await page.click("button");
        await page.waitForFunction('document.querySelector("pre").textContent.includes("3 ")');
        assert.equal(await page.textContent("pre"), "1 2 3 ");
      }
      await page.fill("input", "x".repeat(70_000));
      await page.click("button");
      await page.waitForFunction('document.querySelector("pre").textContent.includes(":")');
      assert.match((await page.textContent("pre")) ?? "", /BODY_TOO_LARGE: .+Shorten `prompt`/);
    } finally {
      await context.close();
    }
  });

  it("reads every stream byte by byte in the browser, and hears of a broken one", async () => {
    const door = await FakeDoor.start();
    const context = await (await openBrowser()).newContext();
    try {
      const page = await context.newPage();
      await page.goto(origin);
      const read = async (): Promise<unknown[]> =>
        await page.evaluate(`(async () => {
          const { connect } = await import("/client/index.js");
          const all = [];
          try {
            for await (const event of connect({ url: ${JSON.stringify(door.url)} }).ask("hi").events()) all.push(event);
          } catch (error) {
            return [all, error.code, error.requestId];
          }
          return [all, null, null];
        })()`);
      for (const [title, [stream, events]] of Object.entries(STREAMS)) {
        door.streams(stream);
        const expected = events.map((event) => ({ type: "", ...event }));
        assert.deepEqual(await read(), [expected, null, null], title);
      }
      door.streams("data: a\n\ndata: b", "break");
      // Chromium drops what the page has not read when the connection breaks.
      assert.deepEqual((await read()).slice(1), ["ANSWER_CUT", "request-1"]);
    } finally {
      await context.close();
      door.stop();
    }
  });
});
