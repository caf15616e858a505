import assert from "node:assert/strict";
import { breakEven } from "../../../local/cost/breakEven";
import { limitsOf, loadOf } from "../../../local/cost/capacity";
import type { DeclaredDoor } from "../../../local/cost/declared";
import { EDGE, REST, URL_DOOR, usageOf } from "./doors";

describe("streams at once", () => {
  it("are the rate times the seconds", () => {
    const { rate, streams } = loadOf(usageOf("--requests", "2628000", "--seconds", "30", "--peak", "4"));
    assert.deepEqual([rate.average, rate.busiest, streams.average, streams.busiest], [1, 4, 30, 120]);
  });

  it("end at the lowest quota on the way, which is named with its remedy", () => {
    const first = (door: DeclaredDoor, ...args: string[]) => limitsOf(door, usageOf(...args))[0];
    // 10 reserved environments of 30 s each.
    const reserved = first({ ...REST, reserved: 10 }, "--seconds", "30");
    assert.match(reserved?.name ?? "", /reservedConcurrency 10/);
    assert.equal(reserved?.requestsPerSecond.toFixed(3), (10 / 30).toFixed(3));
    // 5,000 sessions of 1 request, which last 5 + 900 s.
    const sessions = first(URL_DOOR, "--requests-per-session", "1");
    assert.match(sessions?.name ?? "", /5,000 active sessions/);
    assert.equal(sessions?.requestsPerSecond.toFixed(3), (5000 / 905).toFixed(3));
    const stage = first(REST, "--requests-per-session", "1000", "--session-idle", "0");
    assert.match(stage?.name ?? "", /throttleRateLimit 50/);
    assert.match(stage?.raise ?? "", /throttleRateLimit/);
  });

  it("name only the limits on the door's own way, sorted", () => {
    const names = (door: DeclaredDoor) => limitsOf(door, usageOf()).map(({ name }) => name.split(":")[0]);
    assert.ok(!names(URL_DOOR).includes("API Gateway") && !names(URL_DOOR).includes("CloudFront"));
    assert.ok(names(REST).includes("API Gateway") && !names(REST).includes("CloudFront"));
    assert.ok(names(EDGE).includes("CloudFront"));
    for (const door of [REST, URL_DOOR, EDGE]) {
      const rates = limitsOf(door, usageOf("--seconds", "60")).map((limit) => limit.requestsPerSecond);
      assert.deepEqual(
        rates,
        [...rates].sort((a, b) => a - b),
      );
    }
  });
});

describe("which door costs less", () => {
  it("changes at the amount at which the totals meet", () => {
    // The key of the edge is $1 a month; a million requests are $2.85 less there.
    const { first, change } = breakEven([REST, EDGE], usageOf(), "requests");
    assert.equal(first, 0);
    assert.ok(change && change.then === 1, JSON.stringify(change));
    // Less a call of API Gateway and its access log; more CloudFront's request and its bytes to the origin. Bytes out differ by $0.005 a GB.
    const log = 700 / 1e9;
    const perRequest = 3.5e-6 + log * 0.5 + log * (30 / (730 / 24)) * 0.15 * 0.03 - 1e-6 - 2e-8 + 4e-6 * 0.005;
    assert.ok(Math.abs(change.from - 1 / perRequest) <= 2, `${String(change.from)} and ${String(1 / perRequest)}`);
  });

  it("is the same for two doors with one price", () => {
    assert.deepEqual(breakEven([REST, { ...REST, name: "bufferedApi" }], usageOf(), "requests"), {
      of: "requests",
      first: "same",
      change: undefined,
    });
  });

  it("stays if one door costs less at any amount", () => {
    assert.deepEqual(breakEven([URL_DOOR, EDGE], usageOf(), "requests"), {
      of: "requests",
      first: 0,
      change: undefined,
    });
  });

  it("counts what a byte costs at each", () => {
    // A million requests: CloudFront is $1 and $0.02 for the prompts, and $0.005 a GB less for the answers.
    const bare = { ...EDGE, keys: 0, edge: { webAcl: undefined, signer: false } };
    const { first, change } = breakEven([URL_DOOR, bare], usageOf(), "bytes");
    assert.equal(first, 0);
    assert.ok(change && Math.abs(change.from - 204_000) <= 1, JSON.stringify(change));
  });
});
