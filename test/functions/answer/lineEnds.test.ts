import assert from "node:assert/strict";
import fc from "fast-check";
import { LineEnds } from "../../../functions/answer/boundary/lineEnds";

describe("the ends of lines", () => {
  it("are each CR and each LF, and nothing else, also in bytes that are no text", () => {
    const piece = fc.constantFrom("\r", "\n", "\r\n", "a", "\u2028", "\u0085", "ü", "\v", "\f");
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.uint8Array({ maxLength: 4 }))), (pieces) => {
        const chunk = Buffer.concat(pieces.map((each) => (typeof each === "string" ? Buffer.from(each) : each)));
        const ends = new LineEnds(chunk);
        const found: number[] = [];
        for (let at = ends.next(0); at < chunk.length; at = ends.next(at + 1)) found.push(at);
        const expected = [...chunk.keys()].filter((at) => chunk[at] === 0x0a || chunk[at] === 0x0d);
        assert.deepEqual(found, expected);
      }),
    );
  });

  it("are found from any place", () => {
    const ends = new LineEnds(Buffer.from("a\nb\rc\nd"));
    assert.deepEqual([ends.next(2), ends.next(4), ends.next(6), ends.next(7)], [3, 5, 7, 7]);
  });
});
