import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { DOOR_NAMES } from "../../../contract/wire/doors";
import { Playground } from "../../../local/playground/server";
import { ROOT } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { openBrowser } from "../support/chromium";

/** Kept after the run, and not in the repository. */
const SCREENSHOTS = join(ROOT, ".cache", "screenshots");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

describe("the playground", () => {
  let frontDoor: LocalFrontDoor;
  let playground: Playground;
  let context: BrowserContext;
  let page: Page;
  const requested: string[] = [];
  const complaints: string[] = [];
  before(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    frontDoor = await LocalFrontDoor.start();
    playground = await Playground.start(() => frontDoor.announced, 0);
    context = await (await openBrowser()).newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    context.on("request", (request) => requested.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(playground.url);
    await page.locator(".door").nth(2).waitFor();
  });
  after(async () => {
    await context.close();
    await playground.stop();
    await frontDoor.stop();
  });

  const door = (name: string) => page.locator(".door", { has: page.getByRole("heading", { name, exact: true }) });
  const inState = async (state: string): Promise<void> => {
    for (const name of DOOR_NAMES)
      await door(name)
        .and(page.locator(`[data-state="${state}"]`))
        .waitFor();
  };
  const ask = async (prompt: string): Promise<void> => {
    await page.fill("#prompt", prompt);
    await page.press("#prompt", "Enter");
  };
  const seriousFaults = async (): Promise<string[]> => {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<{ violations: Violation[] }>("axe.run()");
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  };

  it("takes the token out of the address, and keeps it", async () => {
    assert.equal(page.url(), `${new URL(playground.url).origin}/`);
    assert.equal(await page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length"), 0);
  });

  it("shows every door of the stack", async () => {
    for (const name of DOOR_NAMES) await door(name).waitFor();
    assert.match((await page.textContent("#stack")) ?? "", /stack dev in us-east-1, 3 doors/);
  });

  it("streams one prompt through all doors side by side, with figures, events and headers", async () => {
    await ask("count 20 every 20");
    await inState("done");
    const words = Array.from({ length: 20 }, (_, index) => `${String(index + 1)} `).join("");
    for (const name of DOOR_NAMES) {
      assert.equal(await door(name).locator(".answer").textContent(), name === "bufferedApi" ? words : words, name);
      for (const figure of ["first", "total"])
        assert.match((await door(name).locator(`[data-figure="${figure}"]`).textContent()) ?? "", /^[\d.]+ m?s$/);
      const events = name === "bufferedApi" ? 1 : 20;
      assert.equal(await door(name).locator("tbody tr").count(), events, name);
      assert.equal(await door(name).locator(".timeline .tick").count(), events, name);
      const headers = await door(name).locator("pre").textContent();
      assert.match(headers ?? "", /^POST http:\/\/127\.0\.0\.1[^]*x-request-id: /);
      const { credentials } = frontDoor.announced;
      assert.ok(!headers?.includes(credentials.secretAccessKey));
    }
    await page.screenshot({ path: join(SCREENSHOTS, "playground-light.png"), fullPage: true });
    assert.deepEqual(await seriousFaults(), []);
  });

  it("keeps a session for each door", async () => {
    const sessionOf = async (): Promise<string | undefined> =>
      /x-session-id: (\S+)/.exec((await door("streamingUrl").locator("pre").textContent()) ?? "")?.[1];
    const first = await sessionOf();
    await ask("hello");
    await inState("done");
    assert.equal(await sessionOf(), first);
  });

  it("stops on Escape, also at the door", async () => {
    const from = frontDoor.log.length;
    await ask("count 1000 every 20");
    await door("streamingUrl").locator("tbody tr").nth(3).waitFor({ state: "attached" });
    await page.keyboard.press("Escape");
    await inState("done");
    assert.equal(await door("streamingUrl").locator(".state").textContent(), "stopped");
    assert.match(await frontDoor.servedLine("streamingUrl", from), /streamingUrl (?:POST|DELETE) /);
    await door("streamingUrl")
      .locator("tbody tr", { hasText: /DELETE \/sessions\/\{id\}: 2\d\d/ })
      .waitFor({ state: "attached" });
    await page.locator("#ask:enabled").waitFor();
  });

  it("shows an error with its code, remedy and request id, dark", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await ask("fail after 3");
    await inState("failed");
    for (const name of DOOR_NAMES) {
      assert.match((await door(name).locator(".state").textContent()) ?? "", /AGENT_ERROR/);
      assert.match((await door(name).locator(".remedy").textContent()) ?? "", /Send the request again/);
      assert.match((await door(name).locator(".facts").textContent()) ?? "", /^request [0-9a-f-]{36}$/);
    }
    await page.screenshot({ path: join(SCREENSHOTS, "playground-dark.png"), fullPage: true });
    assert.deepEqual(await seriousFaults(), []);
  });

  it("names the remedy if the caller has no credentials", async () => {
    await page.getByText("Caller, session and form").click();
    await page.selectOption("#caller", "none");
    await ask("hello");
    await inState("failed");
    for (const name of DOOR_NAMES) {
      assert.match((await door(name).locator(".state").textContent()) ?? "", /^403/);
      assert.notEqual(await door(name).locator(".remedy").textContent(), "");
    }
    await page.selectOption("#caller", "stack");
  });

  it("collects JSON if that form is chosen", async () => {
    await page.selectOption("#form", "collect");
    await ask("count 3 every 10");
    await inState("done");
    assert.equal(await door("streamingUrl").locator("[data-figure=events]").textContent(), "1 body");
    await page.selectOption("#form", "stream");
  });

  it("fits the width of a phone, and asks by the keyboard alone", async () => {
    await page.setViewportSize({ width: 375, height: 740 });
    await page.focus("#prompt");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await inState("done");
    assert.ok((await page.evaluate<number>("document.documentElement.scrollWidth")) <= 375);
    await page.screenshot({ path: join(SCREENSHOTS, "playground-phone.png"), fullPage: true });
    assert.deepEqual(await seriousFaults(), []);
  });

  it("says what to do without the token of this start", async () => {
    const other = await context.newPage();
    await other.goto(`${new URL(playground.url).origin}/#token=${"x".repeat(32)}`);
    await other.getByText("Open the URL that npm start printed").waitFor();
    await other.close();
  });

  it("asked no other host than its own, and complained about nothing but refusals", () => {
    const { origin } = new URL(playground.url);
    assert.ok(requested.length > 10);
    assert.deepEqual(
      requested.filter((url) => new URL(url).origin !== origin),
      [],
    );
    assert.deepEqual(complaints, []);
  });
});
