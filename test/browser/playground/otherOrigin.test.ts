import assert from "node:assert/strict";
import { request, type IncomingHttpHeaders } from "node:http";
import type { Page } from "playwright-core";
import { Playground } from "../../../local/playground/server";
import { stackFile } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { OwnAgent } from "../../support/local/ownAgent";
import { OwnPage } from "../support/page";

/**
 * What a page of another origin tries, as a script with `origin` of the playground, its `token`, and the `body` of a call. It has the token, which it
 * could only guess: each way fails without that secret as well. The result is a promise of anything.
 */
const WAYS: Readonly<Record<string, string>> = {
  "fetch, simple": `fetch(ask, { method: "POST", body })`,
  "fetch with a preflight": `fetch(ask, { method: "POST", body, headers })`,
  "fetch with a preflight, and credentials": `fetch(ask, { method: "POST", body, headers, credentials: "include" })`,
  "fetch, no-cors": `fetch(ask, { method: "POST", body, mode: "no-cors", headers: { "content-type": "text/plain" } })`,
  "fetch of a GET with a query": `fetch(ask + query, { mode: "no-cors" })`,
  XMLHttpRequest: `new Promise((done) => { const call = new XMLHttpRequest(); call.onloadend = done; call.open("POST", ask); for (const name in headers) call.setRequestHeader(name, headers[name]); call.send(body); })`,
  "a form, urlencoded": `form("application/x-www-form-urlencoded")`,
  "a form, text/plain that reads as JSON": `form("text/plain")`,
  "a form, multipart": `form("multipart/form-data")`,
  "an image": `tag("img", "src")`,
  "a script": `tag("script", "src")`,
  "a module": `import(ask + query)`,
  "a style sheet": `tag("link", "href", { rel: "stylesheet" })`,
  "a prefetch": `tag("link", "href", { rel: "preload", as: "fetch" })`,
  "a video": `tag("video", "src")`,
  "a frame with the page and its token": `frame(origin + "/#token=" + token)`,
  "a frame with the call": `frame(ask + query)`,
  "a WebSocket": `new Promise((done) => { const socket = new WebSocket(ask.replace("http", "ws") + query); socket.onopen = socket.onerror = done; })`,
  "an EventSource": `new Promise((done) => { const source = new EventSource(ask + query); source.onopen = source.onerror = () => { source.close(); done(); }; })`,
  "a beacon, simple": `Promise.resolve(navigator.sendBeacon(ask, body))`,
  "a beacon with JSON": `Promise.resolve(navigator.sendBeacon(ask, new Blob([body], { type: "application/json" })))`,
  "another method with an override": `fetch(ask + query + "&_method=POST", { mode: "no-cors", headers: { accept: "application/json" } })`,
  "an override header": `fetch(ask, { headers: { ...headers, "x-http-method-override": "POST" } })`,
  "a service worker of the other origin": `navigator.serviceWorker.register(origin + "/app.js")`,
  "a worker": `new Promise((done) => { const worker = new Worker(origin + "/app.js", { type: "module" }); worker.onerror = done; })`,
};

const HELPERS = `
const ask = origin + "/api/ask";
const query = "?token=" + token + "&call=" + encodeURIComponent(body);
const headers = { "content-type": "application/json", "x-playground-token": token };
const loaded = (made) => new Promise((done) => { made.onload = made.onerror = made.onloadstart = done; document.body.append(made); });
const tag = (name, source, more = {}) => loaded(Object.assign(document.createElement(name), more, { [source]: ask + query }));
const frame = (src) => loaded(Object.assign(document.createElement("iframe"), { src }));
const form = (enctype) => {
  const target = Object.assign(document.createElement("iframe"), { name: "target" + Math.random() });
  document.body.append(target);
  const made = Object.assign(document.createElement("form"), { method: "POST", action: ask, enctype, target: target.name });
  made.append(Object.assign(document.createElement("input"), { name: body.slice(0, -1) + ',"x":"', value: '"}' }));
  document.body.append(made);
  return new Promise((done) => { target.onload = done; made.submit(); });
};`;

describe("a page of another origin", () => {
  let agent: OwnAgent;
  let frontDoor: LocalFrontDoor;
  let playground: Playground;
  let page: OwnPage<object>;
  let origin: string;
  let token: string;
  const body = JSON.stringify({ door: "streamingUrl", prompt: "hello" });
  before(async () => {
    agent = await OwnAgent.start((_, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: answered\n\n");
    });
    const file = stackFile({ doors: ["streamingUrl"], apiAuth: "iam" });
    frontDoor = await LocalFrontDoor.start(["--config-file", file, "--agent", agent.url]);
    playground = await Playground.start(() => frontDoor.announced, 0);
    ({ origin } = new URL(playground.url));
    token = new URL(playground.url).hash.replace("#token=", "");
    page = await OwnPage.open<object>("wire");
  });
  after(async () => {
    await page.close();
    await playground.stop();
    await frontDoor.stop();
    await agent.stop();
  });

  /** The playground's own page asks: whatever was sent before has been handled. */
  const asksOnce = async (): Promise<void> => {
    const before = agent.received.length;
    const own: Page = await page.page.context().newPage();
    await own.goto(playground.url);
    await own.locator(".door").waitFor();
    await own.press("#prompt", "Enter");
    await own.locator('[data-state="done"]').waitFor();
    assert.equal(await own.locator(".answer").textContent(), "answered");
    await own.close();
    assert.equal(agent.received.length, before + 1, "only the playground's own page has called the agent");
  };

  for (const [way, script] of Object.entries(WAYS)) {
    it(`cannot make the playground call an agent: ${way}`, async () => {
      const values = JSON.stringify({ origin, token, body });
      const tried = `(async () => { const { origin, token, body } = ${values}; ${HELPERS}
        try { await ${script}; return "tried"; } catch (error) { return String(error); } })()`;
      assert.ok((await page.page.evaluate<string>(tried)).length > 0);
      assert.equal(agent.received.length, 0);
    });
  }

  it("cannot make it do so by opening the page with a token that it has guessed", async () => {
    const popup = page.page.waitForEvent("popup");
    await page.page.evaluate(
      `void (window.opened = window.open(${JSON.stringify(`${origin}/#token=${"a".repeat(32)}`)}))`,
    );
    const opened = await popup;
    await opened.getByText("Open the URL that npm start printed").waitFor();
    // The page has cut itself off from its opener.
    assert.equal(await opened.evaluate("window.opener"), null);
    assert.equal(await page.page.evaluate("window.opened.closed"), true);
    await opened.close();
    assert.equal(agent.received.length, 0);
  });

  it("cannot under another host name that leads here, nor with headers of its own that say so", async () => {
    const call = { "content-type": "application/json", "x-playground-token": token };
    const { host } = new URL(origin);
    const port = host.split(":")[1] ?? "";
    const cases: [status: number, headers: Record<string, string>][] = [
      [421, { ...call, host: `evil.example:${port}`, origin: `http://evil.example:${port}` }],
      [421, { ...call, host: `127.0.0.1.evil.example:${port}`, origin }],
      [421, { ...call, host: "127.0.0.1", origin }],
      [403, { ...call, host, origin: `http://localhost:${port}` }],
      [403, { ...call, host, origin: "null" }],
      [403, { ...call, host }],
      [403, { ...call, host, origin, "sec-fetch-site": "same-site" }],
      [403, { ...call, host, origin, "sec-fetch-site": "cross-site" }],
      [401, { ...call, host, origin, "x-playground-token": "a".repeat(token.length) }],
      [401, { ...call, host, origin, "x-playground-token": "" }],
      [415, { ...call, host, origin, "content-type": "text/plain" }],
    ];
    for (const [status, headers] of cases)
      assert.equal((await send(port, "POST", "/api/ask", headers, body)).status, status, JSON.stringify(headers));
    for (const method of ["GET", "PUT", "OPTIONS"])
      assert.equal((await send(port, method, "/api/ask", { ...call, host, origin }, "")).status, 405, method);
    const page = await send(port, "GET", "/", { host: `evil.example:${port}` }, "");
    assert.equal(page.status, 421);
    assert.equal(agent.received.length, 0);
  });

  it("has no inline script, no frame, no other host: the headers of the page say so", async () => {
    const { host } = new URL(origin);
    const { headers } = await send(host.split(":")[1] ?? "", "GET", "/", { host }, "");
    const csp = headers["content-security-policy"] ?? "";
    for (const part of ["default-src 'none'", "connect-src 'self'", "script-src 'self'", "frame-ancestors 'none'"])
      assert.ok(String(csp).includes(part), part);
    assert.doesNotMatch(String(csp), /unsafe|\*|http/);
    assert.equal(headers["access-control-allow-origin"], undefined);
  });

  it("is the only one that cannot: the playground's own page asks once", asksOnce);
});

async function send(
  port: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number | undefined; headers: IncomingHttpHeaders }> {
  return await new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, headers: response.headers });
    })
      .on("error", reject)
      .end(body);
  });
}
