import assert from "node:assert/strict";
import fc from "fast-check";
import { baggageWith, traceOf } from "../../../functions/agent/trace";
import type { DoorRequest } from "../../../functions/request/request";

const ofClient = (baggage: string): string | undefined => {
  const header = (name: string) => (name === "baggage" ? baggage : undefined);
  return traceOf({ header } as DoorRequest, undefined).baggage;
};

/** Keys that an agent's telemetry could read as the session or as the door's request. */
const FORGED = [
  "session.id",
  "Session.Id",
  "SESSION.ID",
  "session_id",
  "session-id",
  "sessionId",
  " session.id ",
  "session%2Eid",
  "session%2eid",
  "%73ession.id",
  "%73%65%73%73%69%6F%6E%2E%69%64",
  "session%252Eid",
  "%25%37%33ession.id",
  "session.id%20",
  "+session.id+",
  "session.id%00",
  "front_door.request_id",
  "Front_Door.Request_Id",
  "front%5Fdoor.request%5Fid",
];

const KEPT = [
  "userId=alice,serverRegion=us-east-1",
  "k=v",
  " k = v ;p=1 , l=2",
  "my.session.id=1",
  "session.idle=1",
  "note=session.id",
  "k=v;session.id=x",
  "k=a%2Csession.id%3Dx",
  "k=",
  "k=%E2%82%AC;p",
];

/** Members for which the SDKs for Go and JavaScript read nothing of the baggage, the door's request id included. */
const MALFORMED = [
  "k",
  "",
  "=v",
  "k=100%",
  "k=%zz",
  "k=%ff",
  "k=%C3%28",
  'k="v"',
  "k=a b",
  "k=a\\b",
  "k k=v",
  "k@=v",
  "k=v;=p",
  "k=v;p=%",
  "k=v;;",
];

describe("baggage for the agent", () => {
  for (const key of FORGED) {
    it(`has no member of a client with the key ${JSON.stringify(key)}`, () => {
      assert.equal(ofClient(`${key}=mallory`), undefined);
      assert.equal(ofClient(`a=1,${key}=mallory;p=1,b=2,${key}`), "a=1,b=2");
      assert.equal(ofClient(`${key} = x, b=2`), "b=2");
    });
  }

  for (const text of KEPT) {
    it(`is passed on as it is: ${JSON.stringify(text)}`, () => {
      assert.equal(ofClient(text), text);
    });
  }

  for (const member of MALFORMED) {
    it(`has no malformed member: ${JSON.stringify(member)}`, () => {
      assert.equal(ofClient(`a=1,${member},b=2`), "a=1,b=2");
    });
  }

  it("never has a key that decodes to session.id, and loses no other member", () => {
    const piece = fc.oneof(
      fc.constantFrom("session", ".", "id", "%2E", "%2e", "Session", "%", "25", "2E", "_", "=", ";", ",", " "),
      fc.string({ maxLength: 3 }).filter((text) => /^[\x20-\x7e]*$/.test(text)),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 20 }), (pieces) => {
        const sent = pieces.join("");
        const kept = (ofClient(sent) ?? "").split(",");
        for (const member of kept) {
          const key = decoded(member.split(/[=;]/)[0] ?? "").trim();
          assert.notEqual(key.toLowerCase(), "session.id", sent);
        }
        for (const member of sent
          .split(",")
          .filter((each) => /^ *[\w.]+=[\w.]*(;[\w.]+)? *$/.test(each) && !/id/i.test(each)))
          assert.ok(kept.map((each) => each.trim()).includes(member.trim()), sent);
      }),
      { numRuns: 5000 },
    );
  });

  it("ends with the door's request id, and is the id alone if there is no room", () => {
    assert.equal(baggageWith("r-1"), "front_door.request_id=r-1");
    assert.equal(baggageWith("r-1", "k=v"), "k=v,front_door.request_id=r-1");
    const room = 8192 - ",front_door.request_id=r-1".length;
    assert.equal(baggageWith("r-1", "k".repeat(room)).length, 8192);
    assert.equal(baggageWith("r-1", "k".repeat(room + 1)), "front_door.request_id=r-1");
    const members = (count: number) => Array.from({ length: count }, (_, index) => `k${index}=v`).join(",");
    assert.equal(baggageWith("r-1", members(63)).split(",").length, 64);
    assert.equal(baggageWith("r-1", members(64)), "front_door.request_id=r-1");
  });
});

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
