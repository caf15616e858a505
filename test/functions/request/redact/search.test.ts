import assert from "node:assert/strict";
import fc from "fast-check";
import { ERRORS } from "../../../../contract/wire/errors";
import { MAX_BODY_BYTES } from "../../../../contract/aws/limits";
import { doorPolicy, type PatternConfig, type RedactionConfig } from "../../../../contract/config/keys/policy";
import { validatePolicy } from "../../../../contract/config/validate/policy";
import { bufferedHandler } from "../../../../functions/handler/bufferedHandler";
import { redactor, type Redact } from "../../../../functions/request/redact/redact";
import { streamingHandler } from "../../../../functions/handler/streamingHandler";
import { OutOfTime, withinTime } from "../../../../functions/request/redact/withinTime";
import { callStreaming, contextWith, EVENTS, handlerSettings } from "../../../support/handlers/handlers";
import { withDataPlane } from "../../../support/handlers/withDataPlane";

const SIZE = MAX_BODY_BYTES - 100;
/** Repeats the text up to the size limit of a body. */
const full = (unit: string, end = ""): string =>
  unit.repeat((SIZE - end.length) / (Buffer.byteLength(JSON.stringify(unit)) - 2)) + end;

/** Patterns that the config accepts, with texts that make them slow. */
const HOSTILE: readonly (readonly [pattern: string, text: string])[] = [
  // From each match, the rest of the text is searched: quadratic time.
  ["id:[0-9]+(?: .*confidential)?", full("id:1 ")],
  ["[0-9](?:.*x)?", full("1")],
  ["[0-9](?:(?s:.*)x)?", full("1\n")],
  ["a(?:[^!]*!)?", full("a")],
  ["a(?:[^!]*!)?", full("a ä😀")],
  ["(?i)k(?:\\pL*\\pN)?", full("k")],
  ["\\w+?(?:.*=.*=)?", full("ab=")],
  ["(?:a|ab|abc)(?:.*z)?", full("abc")],
  ["(?m)^a(?:(?s:.*)^z)?", full("a\n")],
  ["\\ba(?:.*\\bz\\b)?", full("a ")],
  ["(a)(?:(.*)(b))?", full("a")],
  ["a(?:.{1,1000}b)?", full("a")],
  ["(?:a(?:.*b)?)|(?:c(?:.*d)?)", full("ac")],
  // One match is slow: the length of the text times that of the pattern.
  ["(?:a?){500}a{500}z", full("ab", "z")],
  ["(a?){500}a{500}b{500}", full("ab")],
  ["(?i)(?:a[a-z]{0,50}b){1,15}!", full("ab", "!")],
  ["(?:[a-z]{0,100}){9}[0-9]{2}!", full("abcdefghij", "1!")],
  ["(?:.{0,30}a){30}!", full("ab", "!")],
  ["(?:\\pL{0,30}[aä]){30}!", full("aä", "!")],
  ["[a-q][^u-z]{500}x!", full("ab", "!")],
  // Many matches, some of them empty; and patterns that should be fast.
  ["a", full("a")],
  ["a|b*c", full("a b")],
  ["\\b", full("a ")],
  ["a??", full("a")],
  [".*.*.*=.*", full("=")],
  ["(?:(?:(?:a{0,10}){0,10}){0,9})!", full("a", "!")],
  ["(.*)(.*)(.*)(.*)(.*)!", full("a", "!")],
];

/** These need seconds on any machine. */
const HOPELESS = HOSTILE.slice(0, 4);

const patternsOf = (...patterns: string[]): PatternConfig[] =>
  patterns.map((pattern, index) => ({ name: `p${index}`, pattern }));
const redactorOf = (redaction: RedactionConfig): Promise<Redact> => redactor(doorPolicy({ redaction }).redaction);
const codeOf = ({ result }: ReturnType<Redact>): string | undefined => ("code" in result ? result.code : undefined);

describe("the search for a stack's patterns", () => {
  describe("in a handler", () => {
    const { plane, log } = withDataPlane();
    beforeEach(() => {
      plane.streams("data: x\n\n");
    });

    const event = (body: object): object =>
      EVENTS["REST event 1.0"]({ headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    /** Both handlers reserve a second; the rest of the time is for the search. */
    const answers = async (redaction: RedactionConfig, body: object, leftMs: number) => {
      const settings = handlerSettings({ redaction });
      const remaining = settings.marginMs + leftMs;
      const { prelude, body: streamed } = await callStreaming(streamingHandler(settings), event(body), remaining);
      const whole = await bufferedHandler(settings)(event(body), contextWith(remaining));
      return [
        { status: prelude.statusCode, body: streamed },
        { status: whole.statusCode, body: whole.body },
      ];
    };
    const assertRefused = ({ status, body }: { status: number | undefined; body: string }, detail: string): void => {
      const { code, message } = (JSON.parse(body) as { error: { code: string; message: string } }).error;
      assert.deepEqual([status, code], [ERRORS.REDACTION_TIMEOUT.status, "REDACTION_TIMEOUT"]);
      assert.ok(message.includes(detail), message);
    };

    for (const [pattern, text] of HOSTILE) {
      it(`${pattern} on ${JSON.stringify(text.slice(0, 6))} ends, and nothing unsearched reaches the agent`, async () => {
        const patterns = patternsOf(pattern);
        // Two of them match the empty text, which the config refuses. The door must still not fail.
        const refusedInConfig = [...validatePolicy({ redaction: { patterns } })];
        assert.ok(refusedInConfig.every((mistake) => mistake.includes("matches the empty text")));
        let refusals = 0;
        for (const answer of await answers({ patterns }, { prompt: text }, 50)) {
          if (!answer.body.includes("REDACTION_TIMEOUT")) continue;
          refusals++;
          assertRefused(answer, "It was looking for p0 in `prompt`.");
        }
        assert.ok(plane.requests.length <= 2 - refusals);
        assert.equal(log.lines.length, 2);
        assert.equal(log.lines.filter((line) => line.includes('"code":"REDACTION_TIMEOUT"')).length, refusals);
      });
    }

    for (const [pattern, text] of HOPELESS) {
      it(`${pattern} on ${JSON.stringify(text.slice(0, 6))} runs out of time: 503, and one line`, async () => {
        for (const answer of await answers({ patterns: patternsOf(pattern) }, { prompt: text }, 50)) {
          assertRefused(answer, "It was looking for p0 in `prompt`.");
        }
        assert.equal(plane.requests.length, 0);
        for (const line of log.lines) {
          const { status, code, level, errors } = JSON.parse(line) as Record<string, unknown>;
          assert.deepEqual([status, code, level, errors], [503, "REDACTION_TIMEOUT", "ERROR", 1]);
        }
        assert.equal(log.lines.length, 2);
      });
    }

    it("takes all patterns, fields and texts of a request together", async () => {
      const [[pattern] = [""]] = HOPELESS;
      const texts = Array.from({ length: 60 }, () => "id:1 ".repeat(200));
      const redaction = {
        fields: ["notes", "more"],
        patterns: patternsOf(...Array.from({ length: 40 }, () => pattern)),
      };
      for (const answer of await answers(redaction, { prompt: "x", notes: { texts }, more: 1 }, 50)) {
        assertRefused(answer, "in `notes`.");
      }
      assert.equal(plane.requests.length, 0);
    });

    for (const left of [0, -1, -60_000]) {
      it(`does not begin with ${left} ms left`, async () => {
        for (const answer of await answers({ detectors: { email: "mask" } }, { prompt: "a@b.example" }, left)) {
          assertRefused(answer, ERRORS.REDACTION_TIMEOUT.message);
        }
        assert.equal(plane.requests.length, 0);
      });
    }
  });

  it("is as before after it has run out of time, wherever it was stopped", async () => {
    const patterns = patternsOf("id:[0-9]+(?: .*confidential)?", "(?i)k(?:\\pL*\\pN)?", "(?:[a-z]{0,20}){9}[0-9]{2}!");
    const redact = await redactorOf({ patterns });
    const sample = { prompt: "id:1 and id:22 x confidential; K7 kelvin; abc12!" };
    const { result } = redact(sample);
    for (let ms = 1; ms <= 20; ms++) {
      assert.equal(codeOf(redact({ prompt: full("id:1 ") }, ms)), "REDACTION_TIMEOUT");
      assert.equal(codeOf(redact({ prompt: full("kelvin") }, ms)), "REDACTION_TIMEOUT");
      assert.deepEqual(redact(sample).result, result);
    }
  });

  it("ends if masks are masked again and again", async () => {
    const patterns = ["a", "b", "c"].map((letter) => ({ name: letter.repeat(32), pattern: "[a-z]" }));
    const { result, counts } = (await redactorOf({ patterns }))({ prompt: "a".repeat(20_000) });
    assert.ok("code" in result && result.code === "REDACTION_TIMEOUT");
    assert.equal(counts["a".repeat(32)], 20_000);
  });

  it("finds what it found before", async () => {
    const harmless = [
      "TCK-[0-9]+",
      "\\b[A-Z]{2}[0-9]{4}\\b",
      "(?:ab|a)+",
      "x[^ ]*y",
      "[äöü]+",
      "😀+",
      "a.c",
      "[0-9]{2,3}",
    ];
    const searches = await Promise.all(
      harmless.map(async (pattern) => await redactorOf({ patterns: patternsOf(pattern) })),
    );
    const unit = fc.constantFrom("TCK-", "1", "22", "AB", "ab", "a", "x", "y", "c", " ", "ä", "😀", "\n", "-");
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), fc.nat(harmless.length - 1), (parts, index) => {
        const [prompt, redact] = [parts.join(""), searches[index]];
        assert.ok(redact);
        const expected = prompt.replace(new RegExp(harmless[index] ?? "", "gu"), "[p0]");
        assert.deepEqual(redact({ prompt }).result, { payload: { prompt: expected } });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("work within a time", () => {
  it("gives its result, and throws its own error", () => {
    assert.equal(
      withinTime(1_000, () => 7),
      7,
    );
    const own = new TypeError("own");
    assert.throws(
      () =>
        withinTime(1_000, () => {
          throw own;
        }),
      own,
    );
  });

  it("is ended in its midst, also where it would catch everything, and the next is not", () => {
    const endless = (): void => {
      try {
        for (;;);
      } catch {
        endless();
      } finally {
        endless();
      }
    };
    assert.throws(() => {
      withinTime(5, endless);
    }, OutOfTime);
    assert.throws(() => withinTime(5, () => /(?:a+)+$/.test(`${"a".repeat(60)}!`)), OutOfTime);
    assert.equal(
      withinTime(1_000, () => "next"),
      "next",
    );
  });

  for (const ms of [0, -1, 0.9, NaN]) {
    it(`does not begin in ${ms} ms`, () => {
      assert.throws(() => withinTime(ms, () => assert.fail()), OutOfTime);
    });
  }
});
