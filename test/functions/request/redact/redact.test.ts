import assert from "node:assert/strict";
import fc from "fast-check";
import { DETECTORS, type Detector } from "../../../../contract/runtime/doorPolicy";
import { doorPolicy, type RedactionConfig } from "../../../../contract/config/keys/policy";
import { redactor, type Redacted } from "../../../../functions/request/redact/redact";

const redact = async (config: RedactionConfig, payload: Record<string, unknown>): Promise<Redacted> =>
  (await redactor(doorPolicy({ redaction: config }).redaction))(payload);

const masked = async (detector: Detector, prompt: string): Promise<string> => {
  const { result } = await redact({ detectors: { [detector]: "mask" } }, { prompt });
  return "payload" in result ? String(result.payload["prompt"]) : result.code;
};

/** The example of the AWS documentation. */
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/** Texts by detector. Matches are between « and »; a text without marks must not change. */
const TEXTS: Readonly<Record<Detector, readonly string[]>> = {
  email: [
    "write to «jane.doe+x@mail.example.com».",
    "«a@b.co», «c@d.org»",
    "<«jörg@bücher.example»>",
    "mailto:«o'neil@example.ie»?subject=x",
    "a user@host without a domain",
    "@mention and x@",
    "a@b",
    "1@2.3",
    `${"b".repeat(65 - 63)}«${"b".repeat(63)}x@example.com»`,
    "EMAIL=«jane@example.com»\r\n",
    '{"email":"«jane@example.com»"}',
    "from=«jane%40example.com»&x",
    "请联系«jane@example.com»。谢谢",
    "(«jane@xn--bcher-kva.xn--p1ai»)",
    "value = '«ann@example.com»'",
    "番号は«ann@example.com»です",
    "git@github.com:owner/repo.git",
  ],
  phone: [
    "call «+49 30 901820» now",
    "«+1 (555) 234-5678»",
    "tel:«+442079460958»",
    "«0049 30 901820»",
    "«(212) 555-0123» or «212-555-0123» or «212.555.0123»",
    "on 2026-11-24 at 12:30",
    "version 1.2.3, 100 000 000 units, order 12345678",
    "555-0123",
    "total 664 774 6578 units",
    "phone: «212 555 0123»; or «1 212 555 0123»",
    "TEL_«212-555-0123»",
    "211-555-0123 and 212-911-0123",
    "«+49 171 1234567» 10.0.0.1",
    "«+49 30 901820» «0049 171 1234567»",
    "«+49 30 901820» «(212) 555-0123» «212-555-0123»",
    "«+44 20 7946 0012», «+44 (0)20 7946 0958»",
    "«+49 30 / 901 820»",
    "+1 000 000 views, +12.345.678 more, order 0061914622",
  ],
  card: [
    "pay with «4111 1111 1111 1111» please",
    "«5500-0000-0000-0004»",
    "«378282246310005»",
    "«4111111111111111» 2028",
    "12 «4111 1111 1111 1111»",
    "«6011.1111.1111.1117»",
    "4111 1111 1111 1112",
    "1234567890123456",
    "41111111111111111111111111",
    "0000 0000 0000 0000",
    "CARD=«4111111111111111»;",
    "card_«4111-1111-1111-1111»",
    "n=«4111+1111+1111+1111»&x=%20«4111111111111111»%20",
    "«4111\u00a01111\u00a01111\u00a01111»",
    "an article, 4006381333931 or 4000000000006",
    "«36227206271667», «6304000000000000», «2223003122003222», «3530111333300000», «6200000000000005»",
    "4111 1111 1111 116, 3714496353984310, 2100000000000005",
  ],
  ssn: [
    "ssn «123-45-6789»",
    "«123 45 6789»",
    "000-12-3456, 666-12-3456, 912-34-5678",
    "123-00-6789 and 123-45-0000",
    "123-45-67890",
    "123456789",
    "123-45 6789",
    "SSN-«123-45-6789»",
    "ssn_«123-45-6789», SSN=«123-45-6789», [«123-45-6789»]",
    "x%3D«123-45-6789»%0A and \\n«123-45-6789»\\n",
    "«123‑45‑6789»",
    "12-123-45-6789 and 123-45-6789-1",
  ],
  iban: [
    "to «DE89 3704 0044 0532 0130 00» today",
    "«GB29NWBK60161331926819»",
    "«gb29 nwbk 6016 1331 9268 19»",
    "AB12 «NL91 ABNA 0417 1643 00».",
    "DE89 3704 0044 0532 0130 01",
    "DE89 3704 0044",
    "XX89370400440532013000",
    "IBAN-«DE89370400440532013000»\r\n",
    "iban_«DE89370400440532013000»/x%3D«DE89370400440532013000»",
    "«DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000»",
  ],
  awsKey: [
    "key «AKIAIOSFODNN7EXAMPLE»",
    "«ASIAIOSFODNN7EXAMPLE»:«wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY»",
    "AKIA and AKIAIOSFODNN7EXAMPL",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "ZGEzOWEzZWU1ZTZiNGIwZDMyNTViZmVmOTU2MDE4OTBhZmQ4MDcwOQ==",
    `AWS_SECRET_ACCESS_KEY=«${SECRET}»\r\n`,
    `aws_secret_access_key: "«${SECRET}»"`,
    `{"SecretAccessKey":"«${SECRET}»"}`,
    `secret-«${SECRET}», secret_«${SECRET}», [«${SECRET}»], secret/«${SECRET}»`,
    `x=%3D«${SECRET}»%26 and \\n«${SECRET}»\\n`,
    `k=«${SECRET.replaceAll("/", "%2F")}»&x, «${SECRET.replaceAll("/", "\\/")}»`,
    `key:«AKIAIOSFODNN7EXAMPLE»|%20«AKIAIOSFODNN7EXAMPLE»`,
    `${"QUJDRGVm".repeat(8)}==`,
    `${"Ab1/".repeat(10)}==`,
    `${"Ab1/".repeat(16)}\n${"Ab1/".repeat(10)}`,
    `${"Ab1x".repeat(6)}-${"Ab1x".repeat(10)}`,
    "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9Aa12.x",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "123e4567-e89b-12d3-a456-426614174000",
    "0x52908400098527886E0F7030069857D2E4169EE7",
  ],
  ipv4: [
    "host «10.0.0.1», «192.168.255.254»:8080",
    "http://«169.254.169.254»/latest",
    "256.1.1.1 and 1.2.3 and 1.2.3.4.5",
    "999.999.999.999",
    "section 2.8.6.3, Sections 2.8.6.3 and 2.8.6.4, § 2.8.6.3, chapter 1.2.3.4",
    "v1.2.3.4, version: 1.2.3.4, updated to 10.4.2.1-rc1",
    "IP=«10.0.0.1», ip-«10.0.0.1», ip_«10.0.0.1»/24, («10.0.0.1») %20«10.0.0.1»",
    "Server.«10.0.0.1»",
    'Kapitel 2.8.6.3, AssemblyVersion("1.0.0.0"), the kernel is 5.15.0.1',
  ],
};

describe("redaction", () => {
  for (const detector of DETECTORS) {
    for (const text of TEXTS[detector]) {
      it(`${detector}: ${text}`, async () => {
        assert.equal(await masked(detector, text.replace(/[«»]/g, "")), text.replace(/«[^»]*»/g, `[${detector}]`));
      });
    }
  }

  it("is off unless it is asked for", async () => {
    const { result, counts } = await redact({}, { prompt: "a@b.example 4111 1111 1111 1111" });
    assert.deepEqual(result, { payload: { prompt: "a@b.example 4111 1111 1111 1111" } });
    assert.deepEqual(counts, {});
  });

  it("searches the chosen fields to their depth, numbers as well, and no others", async () => {
    const payload = {
      prompt: "a@b.example",
      notes: { by: ["c@d.example", { card: 4111111111111111, n: 7 }], ok: true, none: null },
      other: "e@f.example",
    };
    const { result, counts } = await redact(
      { fields: ["prompt", "notes", "absent"], detectors: { email: "mask", card: "mask" } },
      payload,
    );
    assert.deepEqual(result, {
      payload: {
        prompt: "[email]",
        notes: { by: ["[email]", { card: "[card]", n: 7 }], ok: true, none: null },
        other: "e@f.example",
      },
    });
    assert.deepEqual(counts, { email: 2, card: 1 });
    assert.equal(payload.prompt, "a@b.example", "the request itself is not changed");
  });

  it("rejects, names field and detector, and counts without a value", async () => {
    const { result, counts } = await redact(
      { fields: ["prompt", "notes"], detectors: { card: "reject", email: "mask" } },
      { prompt: "a@b.example", notes: "4111 1111 1111 1111" },
    );
    assert.deepEqual(result, { code: "SENSITIVE_DATA", detail: "`notes` contains card." });
    assert.deepEqual(counts, { email: 1, card: 1 });
  });

  it("runs patterns of the stack, first and in RE2", async () => {
    const patterns = [
      { name: "ticket", pattern: "(?i)tck-[0-9]+", action: "mask" },
      { name: "project", pattern: "\\bPRJ\\b", action: "reject" },
      { name: "unused", pattern: "x", action: "off" },
    ];
    const { result, counts } = await redact(
      { patterns, detectors: { email: "mask" } },
      { prompt: "😀 TCK-1@x.example tck-22 x" },
    );
    assert.deepEqual(result, { payload: { prompt: "😀 [ticket]@x.example [ticket] x" } });
    assert.deepEqual(counts, { ticket: 2 });
  });

  it("does not mask an empty match", async () => {
    const { result } = await redact({ patterns: [{ name: "edge", pattern: "\\b" }] }, { prompt: "a b" });
    assert.deepEqual(result, { payload: { prompt: "a b" } });
  });

  it("never lets a pattern backtrack: what takes a backtracking engine centuries is done at once", async () => {
    const patterns = ["(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){20}$", "([a-zA-Z]+)*$"].map((pattern, index) => ({
      name: `p${index}`,
      pattern: `${pattern.slice(0, -1)}!`,
    }));
    const { result } = await redact({ patterns }, { prompt: "a".repeat(2_000) });
    assert.ok("payload" in result);
  });

  it("masks the same again: a mask is nothing to find", async () => {
    const detectors = Object.fromEntries(DETECTORS.map((name) => [name, "mask" as const]));
    const search = await redactor(doorPolicy({ redaction: { detectors } }).redaction);
    const sample = fc.constantFrom(
      ...Object.values(TEXTS)
        .flat()
        .map((text) => text.replace(/[«»]/g, "")),
      " ",
      "x",
      "1",
      "-",
    );
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 6 }), fc.constantFrom("; ", " ", "\n", "\t"), (parts, between) => {
        const once = search({ prompt: parts.join(between) }).result;
        assert.ok("payload" in once);
        assert.deepEqual(search(once.payload), { result: once, counts: {} });
      }),
      { numRuns: 3_000 },
    );
  });

  it("ends on texts that are made to be hard", async () => {
    const detectors = Object.fromEntries(DETECTORS.map((name) => [name, "mask" as const]));
    const search = await redactor(doorPolicy({ redaction: { detectors } }).redaction);
    for (const unit of ["1", "1 ", "a", "a@", "a.", "1.", "+1", "(", "DE12 ", "4-", "A", "Aa1/", "-", "00"]) {
      const { result } = search({ prompt: unit.repeat(65_000 / unit.length) });
      assert.ok("payload" in result);
    }
  });
});
