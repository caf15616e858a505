import assert from "node:assert/strict";
import { DialectReader } from "../../contract/wire/dialects/reader";
import { StreamReport } from "../../functions/answer/streamReport";
import { AgentFailed, CollectedEvents } from "../../functions/answer/collectedEvents";
import { EventBoundary } from "../../functions/answer/boundary/eventBoundary";
import { bytesOf, RECORDED } from "./recorded";

const LIMIT = 6_000_000;

/** The collected answer, or `failed`. */
function collectedOf(parts: readonly Uint8Array[]): string {
  const events = new CollectedEvents(LIMIT, new DialectReader());
  try {
    for (const part of parts) events.push(part);
    return `${events.finish().response} ${JSON.stringify(events.usage)}`;
  } catch (error) {
    assert.ok(error instanceof AgentFailed);
    return "failed";
  }
}

/** What a streaming door sends, and what its log says. */
function streamedOf(parts: readonly Uint8Array[]): string {
  const boundary = new EventBoundary();
  const report = new StreamReport(new DialectReader());
  const sent: Uint8Array[] = [];
  for (const part of parts) {
    for (const ready of boundary.push(part)) {
      if (!report.hasFailed) sent.push(report.push(ready, boundary.isOpen).bytes);
    }
    if (report.hasFailed) break;
  }
  if (!report.hasFailed) sent.push(report.push(boundary.rest(), false).bytes);
  return JSON.stringify([Buffer.concat(sent).toString(), report.hasFailed, report.usage]);
}

describe("what agents of real frameworks answered, cut at every byte", function () {
  this.timeout(600_000);
  for (const [file, { isWhole }] of Object.entries(RECORDED)) {
    if (isWhole) continue;
    it(file, () => {
      for (const end of ["\n", "\r\n"]) {
        const bytes = Buffer.from(bytesOf(file).toString().replaceAll("\r\n", "\n").replaceAll("\n", end));
        const [collected, streamed] = [collectedOf([bytes]), streamedOf([bytes])];
        for (let at = 1; at < bytes.length; at++) {
          const parts = [bytes.subarray(0, at), bytes.subarray(at)];
          assert.equal(collectedOf(parts), collected, `cut at byte ${String(at)}`);
          assert.equal(streamedOf(parts), streamed, `cut at byte ${String(at)}`);
        }
      }
    });
  }
});
