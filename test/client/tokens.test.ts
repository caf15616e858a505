import assert from "node:assert/strict";
import { bearer } from "../../client/bearer";
import { bodyHash } from "../../client/bodyHash";
import { connect } from "../../client/index";
import { errorBody } from "../../contract/wire/errors";
import { FakeDoor } from "../support/client/fakeDoor";

const expiring = (exp: number, name: string): string =>
  ["e30", Buffer.from(JSON.stringify({ exp, name })).toString("base64url"), "sig"].join(".");

describe("a token that a function fetches", () => {
  let door: FakeDoor;
  before(async () => {
    door = await FakeDoor.start();
  });
  beforeEach(() => {
    door.received.length = 0;
  });
  after(() => {
    door.stop();
  });

  const used = (): (string | undefined)[] => door.received.map(({ headers }) => headers.authorization);
  /** Accepts one token. */
  const accepts = (token: string, status = 401): void => {
    door.reply = (response, { headers }) => {
      if (headers.authorization === `Bearer ${token}`) response.writeHead(200).end("yes");
      else response.writeHead(status).end(JSON.stringify(errorBody({ code: "UNAUTHORIZED" }, "request-1")));
    };
  };
  const counting = (): (() => string) => {
    let count = 0;
    return () => `t${String(++count)}`;
  };

  it("is fetched once for several questions, also at the same time", async () => {
    accepts("t1");
    const own = connect({ url: door.url, auth: counting() });
    await Promise.all([own.session().ask("a").text(), own.session().ask("b").text()]);
    await own.ask("c").text();
    assert.deepEqual(used(), ["Bearer t1", "Bearer t1", "Bearer t1"]);
  });

  it("is fetched again if the door answers 401, and the question is sent once more", async () => {
    accepts("t2");
    const own = connect({ url: door.url, auth: counting() });
    assert.equal(await own.ask("a").text(), "yes");
    assert.equal(await own.ask("b").text(), "yes");
    assert.deepEqual(used(), ["Bearer t1", "Bearer t2", "Bearer t2"]);
  });

  it("is fetched again once only, and a question with the same token is not sent again", async () => {
    accepts("none");
    await assert.rejects(connect({ url: door.url, auth: counting() }).ask("a").text(), { code: "UNAUTHORIZED" });
    assert.deepEqual(used(), ["Bearer t1", "Bearer t2"]);
    for (const auth of [() => "same", bearer("fixed")])
      await assert.rejects(connect({ url: door.url, auth }).ask("a").text(), { code: "UNAUTHORIZED" });
    assert.deepEqual(used().slice(2), ["Bearer same", "Bearer fixed"]);
  });

  it("is fetched before it expires", async () => {
    const now = Date.now() / 1000;
    const tokens = [expiring(now + 5, "a"), expiring(now + 3600, "b")];
    door.reply = (response) => response.writeHead(200).end("yes");
    const own = connect({ url: door.url, auth: () => tokens.shift() ?? "none" });
    const [first, second] = tokens;
    for (const prompt of ["a", "b", "c"]) await own.ask(prompt).text();
    assert.deepEqual(used(), [`Bearer ${String(first)}`, `Bearer ${String(second)}`, `Bearer ${String(second)}`]);
  });

  it("that is not there is an error of its own, and nothing is sent", async () => {
    const broken = (): string => {
      throw new Error("no session");
    };
    for (const auth of [broken, () => "", () => "a b", () => Promise.resolve(undefined as unknown as string)])
      await assert.rejects(connect({ url: door.url, auth }).ask("a").text(), { code: "TOKEN_UNAVAILABLE" });
    assert.equal(door.received.length, 0);
  });

  it("goes along in X-Auth-Token at the edge, with the hash of the body", async () => {
    door.reply = (response) => response.writeHead(200).end("yes");
    const auth = [bearer(() => "t", { header: "X-Auth-Token" }), bodyHash()];
    await connect({ url: `${door.url}/invoke`, auth })
      .ask("hé")
      .text();
    const [{ path, headers, body } = assert.fail()] = door.received;
    assert.deepEqual([path, headers["x-auth-token"], headers.authorization], ["/invoke", "t", undefined]);
    const digest = await crypto.subtle.digest("SHA-256", Buffer.from(body));
    assert.equal(headers["x-amz-content-sha256"], Buffer.from(digest).toString("hex"));
  });
});

describe("no question is sent twice", () => {
  for (const [title, status, headers] of [
    ["a throttle that says when to come back", 429, { "Retry-After": "1" }],
    ["a server that is not there", 503, {}],
    ["a gateway that saw no end", 504, {}],
    ["a redirect", 307, { Location: "/elsewhere" }],
    ["a refusal", 403, {}],
  ] as const) {
    it(`after ${title}`, async () => {
      const door = await FakeDoor.start();
      try {
        door.reply = (response) => response.writeHead(status, headers).end("<html>no</html>");
        await assert.rejects(
          connect({ url: door.url, auth: () => "t" })
            .ask("a")
            .text(),
        );
        assert.equal(door.received.length, 1);
      } finally {
        door.stop();
      }
    });
  }
});
