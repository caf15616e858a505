import assert from "node:assert/strict";
import { DOOR_NAMES } from "../../contract/wire/doors";
import { JSON_HEADERS } from "../support/http/badInput";
import type { SendInit } from "../support/local/frontDoorClient";
import { LocalFrontDoor } from "../support/local/localFrontDoor";
import { arrivals } from "../support/http/sse";

const STREAMING = ["streamingUrl", "streamingApi"] as const;

interface ErrorReply {
  readonly error: { readonly code: string; readonly message: string; readonly request_id: string };
}

interface Collected {
  readonly session_id: string;
  readonly response: unknown;
  readonly content_type: string;
}

describe("the three doors in real processes", () => {
  let frontDoor: LocalFrontDoor;
  before(async () => {
    frontDoor = await LocalFrontDoor.start();
  });
  after(async () => {
    await frontDoor.stop();
  });

  for (const door of STREAMING) {
    it(`${door} passes each event on before the agent has made the next`, async () => {
      const response = await frontDoor.invoke(door, { prompt: "count 20 every 100" });
      assert.equal(response.status, 200);
      assert.match(response.headers.get("content-type") ?? "", /^text\/event-stream/);
      assert.match(response.headers.get("x-session-id") ?? "", /^session-[0-9a-f-]{36}$/);
      assert.equal(response.headers.get("cache-control"), "no-store, no-transform");
      const events = await arrivals(response);
      assert.equal(events.length, 20);
      const made = events.map(({ data }) => (JSON.parse(data) as { at: number }).at);
      for (const [index, next] of made.slice(1).entries()) {
        assert.ok(
          (events[index]?.at ?? Infinity) < next,
          `event ${index + 1} arrived before event ${index + 2} was made`,
        );
      }
    });

    it(`${door} collects where the client accepts JSON only`, async () => {
      const response = await frontDoor.invoke(door, { prompt: "count 3 every 1" }, { accept: "application/json" });
      const { response: text, content_type } = (await response.json()) as Collected;
      assert.deepEqual([response.status, text], [200, "1 2 3 "]);
      assert.match(content_type, /^text\/event-stream/);
    });

    it(`${door} passes the agent's own mid-stream error on`, async () => {
      const events = await arrivals(await frontDoor.invoke(door, { prompt: "fail after 2" }));
      assert.deepEqual(
        events.map(({ event }) => event),
        [undefined, undefined, "error"],
      );
    });

    it(`${door} passes a JSON answer on as it is`, async () => {
      const response = await frontDoor.invoke(door, { prompt: "json" });
      assert.match(response.headers.get("content-type") ?? "", /^application\/json/);
      assert.deepEqual(await response.json(), { answer: "json", streamed: false });
    });

    it(`${door} streams more than a buffered answer can hold`, async () => {
      const events = await arrivals(await frontDoor.invoke(door, { prompt: "bytes 8000000" }));
      const length = events.reduce((sum, { data }) => sum + (JSON.parse(data) as { text: string }).text.length, 0);
      assert.equal(length, 8_000_000);
    });
  }

  it("bufferedApi returns the whole answer at once", async () => {
    const response = await frontDoor.invoke("bufferedApi", { prompt: "count 20 every 100" });
    const { session_id, response: text } = (await response.json()) as Collected;
    assert.equal(text, Array.from({ length: 20 }, (_, index) => `${index + 1} `).join(""));
    assert.equal(response.headers.get("x-session-id"), session_id);
    assert.match(session_id, /^session-[0-9a-f-]{36}$/);
  });

  it("bufferedApi parses a JSON answer", async () => {
    const reply = (await (await frontDoor.invoke("bufferedApi", { prompt: "json" })).json()) as Collected;
    assert.deepEqual(reply.response, { answer: "json", streamed: false });
  });

  it("bufferedApi says when an answer is too large for it", async () => {
    const response = await frontDoor.invoke("bufferedApi", { prompt: "bytes 7000000" });
    const { error } = (await response.json()) as ErrorReply;
    assert.deepEqual([response.status, error.code], [502, "ANSWER_TOO_LARGE"]);
  });

  for (const door of DOOR_NAMES) {
    describe(door, () => {
      it("serves requests side by side", async () => {
        const started = Date.now();
        const responses = await Promise.all(
          Array.from({ length: 4 }, () => frontDoor.invoke(door, { prompt: "count 2 every 2000" })),
        );
        await Promise.all(responses.map((response) => response.text()));
        assert.ok(Date.now() - started < 7_500, "four answers of two seconds each did not wait for one another");
      });

      it("takes a caller's own session and gives it back", async () => {
        const session_id = `mine_${"x".repeat(40)}`;
        const response = await frontDoor.invoke(door, { prompt: "hello", session_id });
        await response.text();
        assert.equal(response.headers.get("x-session-id"), session_id);
      });

      it("answers GET /health without the agent", async () => {
        const response = await frontDoor.send(door, "/health", { method: "GET" });
        assert.deepEqual([response.status, await response.json()], [200, { status: "ok" }]);
      });

      it("answers an agent's failure before the first byte with a status", async () => {
        const response = await frontDoor.invoke(door, { prompt: "fail" });
        const { error } = (await response.json()) as ErrorReply;
        assert.deepEqual([response.status, error.code], [502, "AGENT_ERROR"]);
      });
    });
  }

  describe("without proof of who calls", () => {
    const invoked = () => frontDoor.loggedRequests();
    const body = JSON.stringify({ prompt: "hello" });
    const plain = { method: "POST", headers: JSON_HEADERS, body };

    for (const door of DOOR_NAMES) {
      it(`${door} answers 403 to a request without key or signature, and does not call its function`, async () => {
        const before = await invoked();
        const response = await fetch(`${frontDoor.door(door).url}/invoke`, plain);
        assert.equal(response.status, 403);
        assert.match(response.headers.get("content-type") ?? "", /json/);
        await response.json();
        assert.equal(await invoked(), before);
      });
    }

    for (const [title, init] of Object.entries<SendInit>({
      "a changed body": {
        body: JSON.stringify({ prompt: "hello" }),
        afterSigning: { "x-amz-content-sha256": "0".repeat(64) },
      },
      "a changed date": { body, afterSigning: { "x-amz-date": "20200101T000000Z" } },
      "a changed signature": {
        body,
        afterSigning: { authorization: "AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=00" },
      },
      "a bearer token instead": { body, afterSigning: { authorization: "Bearer token" } },
    })) {
      it(`streamingUrl answers 403 to ${title}`, async () => {
        const before = await invoked();
        const response = await frontDoor.send("streamingUrl", "/invoke", { ...init, headers: JSON_HEADERS });
        assert.equal(response.status, 403);
        const type = title === "a changed body" ? "InvalidSignatureException" : "AccessDeniedException";
        assert.equal(response.headers.get("x-amzn-errortype"), type);
        assert.equal(await invoked(), before);
      });
    }

    it("a key of one REST door opens the other, too, and another text none", async () => {
      const { auth } = frontDoor.door("streamingApi");
      assert.ok(auth.type === "API_KEY");
      for (const [value, status] of [
        [auth.value, 200],
        [auth.value.toUpperCase(), 403],
      ] as const) {
        const headers = { ...JSON_HEADERS, [auth.header]: value };
        const response = await fetch(`${frontDoor.door("bufferedApi").url}/invoke`, { ...plain, headers });
        assert.equal(response.status, status);
        if (status === 403) assert.equal(((await response.json()) as ErrorReply).error.code, "INVALID_API_KEY");
      }
    });
  });
});
