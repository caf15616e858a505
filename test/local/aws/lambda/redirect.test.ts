import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../../support/local/frontDoor";

describe("the redirects of a sandbox", () => {
  it("lead exactly the listed URLs to a double, and leave no trace in the environment", async () => {
    const server = createServer((request, response) => response.end(request.url)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const script = `
      const say = async (input) => fetch(input).then((r) => r.text(), () => "elsewhere");
      Promise.all([
        say("https://login.invalid/keys"), say(new URL("https://login.invalid/keys")), say(new Request("https://login.invalid/keys")),
        say("https://login.invalid/keys?x"), say("https://login.invalid/other"), say("https://login.invalid.evil/keys"),
        say("${origin}/own"), process.env.LOCAL_REDIRECTS,
      ]).then((all) => console.log(JSON.stringify(all)));`;
    try {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--require", join(ROOT, "local", "aws", "lambda", "redirect.cjs"), "-e", script],
        { env: { LOCAL_REDIRECTS: JSON.stringify({ "https://login.invalid/keys": `${origin}/double` }) } },
      );
      const listed = Array.from({ length: 3 }, () => "/double");
      const others = Array.from({ length: 3 }, () => "elsewhere");
      assert.deepEqual(JSON.parse(stdout), [...listed, ...others, "/own", null]);
    } finally {
      server.close();
    }
  });
});
