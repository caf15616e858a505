import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import type { BrowserContext, Page } from "playwright-core";
import { openBrowser } from "./chromium";

const PAGES = join(__dirname, "..", "pages");
const HOST = "127.0.0.1";

/** An exported function of a page's script. */
type Call = (...args: never[]) => unknown;

/** A page of an origin of its own, which runs a script of pages/. Every request that it makes is recorded. */
export class OwnPage<Script extends object> {
  /** URLs that the page has asked for, also in vain. */
  readonly requested: string[] = [];
  /** What the page has written to its console. */
  readonly console: string[] = [];
  private constructor(
    private readonly server: Server,
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  /** @param onReport called with what the script reports by `report(...)`; the script waits for it */
  static async open<Script extends object>(
    name: string,
    onReport: (value: unknown) => void = () => undefined,
  ): Promise<OwnPage<Script>> {
    const script = await bundle(name);
    const server = createServer((request, response) => {
      const [type, body] = request.url === "/script.js" ? ["text/javascript", script] : ["text/html", html(name)];
      response.writeHead(200, { "Content-Type": `${type}; charset=utf-8` }).end(body);
    });
    server.listen(0, HOST);
    await once(server, "listening");
    const context = await (await openBrowser()).newContext();
    const page = await context.newPage();
    const own = new OwnPage<Script>(server, context, page);
    context.on("request", (request) => own.requested.push(request.url()));
    page.on("websocket", (socket) => own.requested.push(socket.url()));
    page.on("console", (message) => own.console.push(message.text()));
    page.on("pageerror", (error) => own.console.push(String(error)));
    await context.exposeFunction("report", onReport);
    await page.goto(own.origin);
    return own;
  }

  get origin(): string {
    return `http://${HOST}:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Calls an exported function of the script. Arguments and result are JSON. */
  async call<Name extends keyof Script & string>(
    name: Name,
    ...args: Script[Name] extends Call ? Parameters<Script[Name]> : never
  ): Promise<Script[Name] extends Call ? Awaited<ReturnType<Script[Name]>> : never> {
    // A text, because the loader of the tests adds calls of its helpers to functions.
    return await this.page.evaluate(`script.${name}(...${JSON.stringify(args)})`);
  }

  /** @throws AssertionError if the page has asked another host than its own */
  async close(): Promise<void> {
    await this.context.close();
    this.server.close();
    this.server.closeAllConnections();
    assert.deepEqual(
      this.requested.filter((url) => new URL(url).hostname !== HOST),
      [],
      "the page asks no host but its own",
    );
  }
}

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(PAGES, `${name}.ts`)],
    bundle: true,
    platform: "browser",
    format: "iife",
    globalName: "script",
    target: "es2022",
    legalComments: "none",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

function html(title: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>${title}</title>
<main><p id="answer"></p><p id="error" role="alert"></p></main><script src="/script.js"></script></html>`;
}
