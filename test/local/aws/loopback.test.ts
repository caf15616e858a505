import assert from "node:assert/strict";
import { get } from "node:http";
import { close, listen, sendJson } from "../../../local/aws/http";
import { loopbackRefusal } from "../../../local/aws/loopback";

describe("a port on loopback", () => {
  it("answers to this machine's names only", () => {
    for (const host of [
      "127.0.0.1:8080",
      "127.0.0.1",
      "localhost:1",
      "LOCALHOST",
      "api.localhost:80",
      "[::1]:8080",
      "127.9.9.9:1",
    ])
      assert.equal(loopbackRefusal({ headers: { host } }, "clients"), undefined, host);
    for (const host of [
      "",
      "evil.example",
      "evil.example:8080",
      "127.0.0.1.evil.example:80",
      "localhost.evil.example",
      "evillocalhost",
      "10.0.0.1",
      "0.0.0.0:80",
      "127.0.0.1:80@evil.example",
      "[::]",
    ])
      assert.match(loopbackRefusal({ headers: { host } }, "clients") ?? "", /Use 127\.0\.0\.1 or localhost/, host);
    assert.ok(loopbackRefusal({ headers: {} }, "clients"));
  });

  it("that no client calls refuses pages in a browser", () => {
    const host = "127.0.0.1:8080";
    for (const headers of [
      { origin: "http://127.0.0.1:8080" },
      { origin: "null" },
      { "sec-fetch-site": "none" },
    ] as const) {
      assert.equal(loopbackRefusal({ headers: { host, ...headers } }, "clients"), undefined);
      assert.match(loopbackRefusal({ headers: { host, ...headers } }, "processes") ?? "", /Use the URL of a door/);
    }
    assert.equal(loopbackRefusal({ headers: { host } }, "processes"), undefined);
  });

  it("never calls its handler for another host", async () => {
    let called = 0;
    const listening = await listen((_, response) => {
      called++;
      sendJson(response, 200, {});
      return Promise.resolve();
    });
    const status = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get(listening.origin, { headers: { host }, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on("error", reject);
      });
    assert.deepEqual([await status("evil.example"), called], [421, 0]);
    assert.deepEqual([await status("localhost"), called], [200, 1]);
    await close(listening);
  });
});
