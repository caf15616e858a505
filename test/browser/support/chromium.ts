import { chromium, type Browser } from "playwright-core";
import { chromiumPath, NO_CHROMIUM } from "./tier";

/** The browser that all test files of this process share. */
let browser: Promise<Browser> | undefined;

// A root hook, because test files load this module outside of a suite.
after("close the browser", async () => {
  await (await browser)?.close();
  browser = undefined;
});

/** @throws Error if there is no Chromium */
export function openBrowser(): Promise<Browser> {
  return (browser ??= launch());
}

/** Starts the browser headless, with an empty profile that is removed at its end. It knows no host but 127.0.0.1. */
async function launch(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error(NO_CHROMIUM);
  return await chromium.launch({
    executablePath,
    // The sandbox needs rights that containers and CI do not have. The pages are this project's.
    chromiumSandbox: false,
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
}
