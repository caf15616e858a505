import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  agentBill,
  BILL_LINES,
  billOf,
  DOOR_ITSELF,
  sharedBill,
  tiered,
  total,
  type Bill,
} from "../../../local/cost/bill";
import type { DeclaredDoor } from "../../../local/cost/declared";
import { EDGE, REST, usageOf } from "./doors";

/** Evaluates `a x b / c + d`, written by hand on the page. */
const byHand = (sum: string): number =>
  sum
    .split(" + ")
    .map((product) =>
      product
        .split(/ (?=[x/] )/)
        .reduce(
          (value, factor, index) =>
            index === 0
              ? Number(factor)
              : factor.startsWith("x ")
                ? value * Number(factor.slice(2))
                : value / Number(factor.slice(2)),
          0,
        ),
    )
    .reduce((a, b) => a + b, 0);

describe("the bill of a door", () => {
  const USUAL = ["--requests", "1e6", "--seconds", "5", "--memory", "512"];
  const itself = (door: DeclaredDoor, architecture: "arm64" | "x86_64", ...more: string[]): string =>
    total(billOf(door, usageOf(...USUAL, ...more), architecture), DOOR_ITSELF).toFixed(2);

  it("of a million requests of 5 s at 512 MB is that of AWS's own arithmetic", () => {
    for (const name of ["bufferedApi", "streamingApi"] as const) {
      assert.equal(itself({ ...REST, name }, "x86_64"), "45.37");
      assert.equal(itself({ ...REST, name }, "arm64"), "37.03");
    }
    assert.equal(itself(EDGE, "x86_64"), "41.87");
    assert.equal(itself(EDGE, "arm64"), "33.53");
  });

  it("takes off what is free for every account, and not the first year's offers", () => {
    assert.equal(itself(EDGE, "x86_64", "--free-tier"), "35.00");
    assert.equal(itself(REST, "x86_64", "--free-tier"), "38.50");
  });

  it("uses the memory of the stack unless it is given", () => {
    const time = (door: DeclaredDoor, ...args: string[]) => billOf(door, usageOf(...args))["Lambda time"];
    assert.equal(time({ ...REST, memoryMb: 1024 }), 2 * time(REST));
    assert.equal(time({ ...REST, memoryMb: 1024 }, "--memory", "512"), time(REST));
  });

  it("counts a call for every 10 MB that a REST door streams, and none of a buffered answer beyond the first", () => {
    const calls = (name: DeclaredDoor["name"], bytes: number) =>
      billOf({ ...REST, name }, usageOf("--bytes", String(bytes)))["API Gateway calls"].toFixed(2);
    const MB10 = 10 * 1024 * 1024;
    assert.equal(calls("streamingApi", 0), "3.50");
    assert.equal(calls("streamingApi", MB10), "3.50");
    assert.equal(calls("streamingApi", MB10 + 1), "7.00");
    assert.equal(calls("bufferedApi", 5e6), "3.50");
    assert.equal(calls("streamingUrl", 5e6), "0.00");
  });

  it("counts warm environments by the hour, and their invocations at their own price", () => {
    const bill = billOf({ ...REST, provisioned: 2 }, usageOf(...USUAL));
    assert.equal(bill["Lambda kept warm"].toFixed(2), (2 * 730 * 3600 * 0.5 * 0.0000033334).toFixed(2));
    // 2 environments give 5,256,000 s of the 5,000,000 s: all of it.
    assert.equal(bill["Lambda time"].toFixed(2), (2_500_000 * 0.0000077778).toFixed(2));
  });

  it("counts a body of more than 16 KB again for each 16 KB that the web ACL inspects", () => {
    const acl = (bytes: number) =>
      billOf(REST, usageOf("--prompt-bytes", String(bytes)))["web ACL requests"].toFixed(2);
    assert.deepEqual([1, 16_384, 16_385, 65_536, 6e6].map(acl), ["0.60", "0.60", "0.90", "1.50", "1.50"]);
    assert.equal(billOf({ ...REST, webAcl: undefined }, usageOf())["web ACL requests"], 0);
  });

  it("counts CloudTrail, the authorizer and Lambda@Edge only where they are", () => {
    const plain = billOf(REST, usageOf());
    assert.deepEqual([plain.CloudTrail, plain["authorizer, at most"], plain["Lambda@Edge"]], [0, 0, 0]);
    assert.equal(billOf(REST, usageOf("--cloudtrail")).CloudTrail, 1);
    assert.ok(billOf({ ...REST, authorizer: true }, usageOf())["authorizer, at most"] > 0.2);
    const signed = { ...EDGE, edge: { webAcl: undefined, signer: true } };
    assert.ok(billOf(signed, usageOf())["Lambda@Edge"] > 0.6);
  });

  it("records the first trace of each second and 5 % of the others", () => {
    const traces = (requests: string, door = REST) => billOf(door, usageOf("--requests", requests)).traces.toFixed(2);
    assert.equal(traces("1e6"), "5.00");
    assert.equal(traces("1e8"), ((2_628_000 + 0.05 * (1e8 - 2_628_000)) * 5e-6).toFixed(2));
    assert.equal(traces("1e6", { ...REST, traced: false }), "0.00");
  });

  it("counts each tier at its own price", () => {
    const tiers = [
      { upTo: 10, usd: 3 },
      { upTo: 20, usd: 2 },
      { upTo: Infinity, usd: 1 },
    ];
    assert.deepEqual(
      [0, 5, 10, 15, 25].map((amount) => tiered(tiers, amount)),
      [0, 15, 30, 40, 55],
    );
    assert.equal(tiered(tiers, 12, 4), 24);
    assert.equal(tiered(tiers, 3, 4), 0);
    // 400M calls: 333M at $3.50 and 67M at $2.80.
    const calls = billOf(REST, usageOf("--requests", "4e8"))["API Gateway calls"];
    assert.equal(calls.toFixed(2), (333 * 3.5 + 67 * 2.8).toFixed(2));
  });

  it("never falls as one amount rises", () => {
    const amounts = {
      requests: [1, 1e3, 1e6, 1e9],
      seconds: [1, 5, 60, 900],
      bytes: [0, 1e4, 7e6, 2e8],
      "prompt-bytes": [0, 2e4, 6e6],
    };
    for (const door of [REST, EDGE, { ...REST, name: "bufferedApi" as const }])
      for (const [option, values] of Object.entries(amounts)) {
        const totals = values.map((value) => total(billOf(door, usageOf(`--${option}`, String(value)))));
        assert.deepEqual(
          totals,
          [...totals].sort((a, b) => a - b),
          `${door.name} ${option}`,
        );
        assert.ok(totals.every((usd) => Number.isFinite(usd) && usd >= 0));
      }
  });

  it("counts what a stack has beside its doors", () => {
    const declared = { region: "us-east-1", doors: [], alarmMetrics: 12, dashboards: 4, endpoints: 6 };
    const rounded = (free: boolean) => Object.values(sharedBill(declared, free)).map((usd) => usd.toFixed(2));
    assert.deepEqual(rounded(false), ["1.20", "12.00", "43.80"]);
    assert.deepEqual(rounded(true), ["0.20", "3.00", "43.80"]);
  });
});

describe("docs/costs.md", () => {
  const page = readFileSync(join(__dirname, "../../../docs/costs.md"), "utf8");
  const LINE = /^(\S.*?) {2,}(\d.*) = \$([\d.]+)$/gm;
  const lines = [...page.matchAll(LINE)].map(([, name = "", sum = "", usd = ""]) => ({ name, sum, usd }));

  it("has examples whose arithmetic is right", () => {
    assert.ok(lines.length >= 14, String(lines.length));
    for (const { name, sum, usd } of lines) assert.equal(byHand(sum).toFixed(2), usd, name);
  });

  it("has examples that the program counts alike", () => {
    const usual = ["--prompt-bytes", "1000", "--bytes", "4000"];
    const large = billOf(REST, usageOf("--bytes", "25000000"));
    const [door, edge] = [billOf(REST, usageOf(...usual)), billOf(EDGE, usageOf(...usual))];
    const agent = agentBill(usageOf());
    for (const { name, sum, usd } of lines) {
      const counted: readonly number[] =
        name === "agent" ? [agent] : [door, large, edge].map((bill: Bill) => bill[name as keyof Bill]);
      assert.ok(name === "agent" || (BILL_LINES as readonly string[]).includes(name), name);
      assert.ok(
        counted.some((amount) => amount.toFixed(2) === usd),
        `${name} ${sum}: ${counted.join(", ")}`,
      );
    }
  });
});
