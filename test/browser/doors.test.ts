import assert from "node:assert/strict";
import { DOOR_NAMES, DOORS, type DoorName } from "../../contract/wire/doors";
import { stackFile } from "../support/local/frontDoor";
import { LocalFrontDoor } from "../support/local/localFrontDoor";
import { OwnAgent } from "../support/local/ownAgent";
import type * as doors from "./pages/doors";
import { OwnPage } from "./support/page";

type DoorsPage = OwnPage<typeof doors>;

const JSON_TYPE = { "content-type": "application/json" };
const PROMPT = JSON.stringify({ prompt: "step" });
const WHOLE = JSON.stringify({ prompt: "whole" });
const EVENTS = ["1", "2", "3"];
const JWT = {
  apiAuth: "jwt",
  jwt: { issuer: "https://login.example.com/", audience: ["https://agent.example.com"] },
};

interface ErrorReply {
  readonly error: { readonly code: string; readonly request_id: string };
}

/** What a page sends to open a door. */
function opened(frontDoor: LocalFrontDoor, name: DoorName): Pick<doors.Call, "headers" | "hash" | "sign"> {
  const { auth } = frontDoor.door(name);
  if (auth.type === "EDGE") return { headers: JSON_TYPE, hash: true };
  if (auth.type === "AWS_IAM") {
    const { service, region } = auth;
    return { headers: JSON_TYPE, sign: { service, region, credentials: frontDoor.announced.credentials } };
  }
  return { headers: { ...JSON_TYPE, [auth.header]: auth.value } };
}

const codeOf = ({ body }: doors.Answer): string => (JSON.parse(String(body)) as ErrorReply).error.code;

describe("a page that calls the doors from another origin", () => {
  let agent: OwnAgent;
  let page: DoorsPage;
  let other: DoorsPage;
  /** Events that the agent had made when the page read each of them. */
  let made: number[];
  let next: () => void;
  before(async () => {
    agent = await OwnAgent.start((prompt, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      if (prompt === "whole") {
        response.end(EVENTS.map((data) => `data: ${data}\n\n`).join(""));
        return;
      }
      made = [];
      let count = 0;
      next = () => {
        if (count > 0) made.push(count);
        if (count === EVENTS.length) response.end();
        else response.write(`data: ${String(++count)}\n\n`);
      };
      next();
    });
    // The agent makes an event when the page has read the one before: a door that waits for more never ends.
    [page, other] = await Promise.all([
      OwnPage.open<typeof doors>("doors", () => {
        next();
      }),
      OwnPage.open<typeof doors>("doors"),
    ]);
  });
  after(async () => {
    await page.close();
    await other.close();
    await agent.stop();
  });

  const start = (changes: Readonly<Record<string, unknown>>): Promise<LocalFrontDoor> =>
    LocalFrontDoor.start(["--config-file", stackFile(changes), "--agent", agent.url]);
  const ask = (frontDoor: LocalFrontDoor, from: DoorsPage, name: DoorName, body: string) =>
    from.call("send", { url: `${frontDoor.door(name).url}/invoke`, ...opened(frontDoor, name), body });

  /** Asserts that the browser, and not the door, keeps the answer from the page, and that the agent is not reached. */
  const assertBlocked = async (frontDoor: LocalFrontDoor, from: DoorsPage, name: DoorName): Promise<void> => {
    const [reached, said] = [agent.received.length, from.console.length];
    const { blocked, status } = await ask(frontDoor, from, name, WHOLE);
    assert.deepEqual([blocked, status], ["TypeError: Failed to fetch", undefined]);
    assert.match(from.console.slice(said).join("\n"), /from origin '.*' has been blocked by CORS policy/);
    assert.equal(agent.received.length, reached);
    const response = await frontDoor.invoke(name, { prompt: "whole" });
    assert.equal(response.status, 200, "a client that is not a browser is answered");
    await response.text();
  };

  /** Asserts that the page reads the whole answer, and of a streaming door each event while the agent waits. */
  const assertAnswers = async (frontDoor: LocalFrontDoor, from: DoorsPage, name: DoorName): Promise<void> => {
    const { status, session, request, body } = await ask(frontDoor, from, name, DOORS[name].buffered ? WHOLE : PROMPT);
    assert.equal(status, 200);
    assert.match(session ?? "", /^session-[\w-]{36,}$/);
    assert.ok(request);
    if (DOORS[name].buffered) {
      assert.equal((JSON.parse(String(body)) as { response: string }).response, EVENTS.join(""));
    } else {
      assert.deepEqual(body, EVENTS);
      assert.deepEqual(made, [1, 2, 3]);
    }
  };

  describe("of a stack without corsOrigins", () => {
    let frontDoor: LocalFrontDoor;
    before(async () => {
      frontDoor = await start({});
    });
    after(async () => {
      await frontDoor.stop();
    });

    for (const name of DOOR_NAMES) {
      it(`is refused by the browser at ${name}`, async () => {
        await assertBlocked(frontDoor, page, name);
      });
    }
  });

  describe("with keys and signatures", () => {
    let frontDoor: LocalFrontDoor;
    before(async () => {
      frontDoor = await start({ corsOrigins: ["https://app.example.com", page.origin] });
    });
    after(async () => {
      await frontDoor.stop();
    });

    for (const name of DOOR_NAMES) {
      it(`reads the answer of ${name}${DOORS[name].buffered ? "" : ", each event while the agent waits"}`, async () => {
        await assertAnswers(frontDoor, page, name);
      });

      it(`is refused by the browser at ${name} if its origin is not in corsOrigins`, async () => {
        await assertBlocked(frontDoor, other, name);
      });

      it(`reads at ${name} why a request is refused`, async () => {
        const reached = agent.received.length;
        const answer = await ask(frontDoor, page, name, JSON.stringify({ prompt: "whole", session_id: "short" }));
        assert.deepEqual([answer.status, codeOf(answer)], [400, "INVALID_SESSION_ID"]);
        assert.equal(agent.received.length, reached);
      });

      // docs/requests.md: an error that API Gateway makes carries the first origin of the list only.
      if (DOORS[name].rest) {
        it(`does not read API Gateway's own refusals at ${name}, because its origin is not the first`, async () => {
          const answer = await ask(frontDoor, page, name, JSON.stringify({ prompt: ["tool"] }));
          assert.equal(answer.blocked, "TypeError: Failed to fetch");
        });
      }

      it(`stops its session at ${name}`, async () => {
        const session_id = `page-${name}-${"x".repeat(30)}`;
        const first = await ask(frontDoor, page, name, JSON.stringify({ prompt: "whole", session_id }));
        assert.equal(first.session, session_id);
        const url = `${frontDoor.door(name).url}/sessions/${session_id}`;
        const { status, body } = await page.call("send", { url, method: "DELETE", ...opened(frontDoor, name) });
        assert.deepEqual([status, JSON.parse(String(body))], [200, { session_id, status: "stopped" }]);
      });
    }
  });

  describe("with tokens, and at the public edge", () => {
    let frontDoor: LocalFrontDoor;
    before(async () => {
      frontDoor = await start({ ...JWT, edge: true, callers: [], corsOrigins: [page.origin] });
    });
    after(async () => {
      await frontDoor.stop();
    });

    for (const name of DOOR_NAMES) {
      it(`reads the answer of ${name}${DOORS[name].buffered ? "" : ", each event while the agent waits"}`, async () => {
        assert.equal(frontDoor.door(name).auth.type, DOORS[name].rest ? "BEARER" : "EDGE");
        await assertAnswers(frontDoor, page, name);
      });

      it(`is refused by the browser at ${name} if its origin is not in corsOrigins`, async () => {
        await assertBlocked(frontDoor, other, name);
      });

      it(`reads at ${name} why a request is refused`, async () => {
        const reached = agent.received.length;
        const { url } = frontDoor.door(name);
        const unauthorized = { url: `${url}/invoke`, headers: JSON_TYPE, body: PROMPT };
        const large = { ...unauthorized, body: JSON.stringify({ prompt: "x".repeat(70_000) }), hash: true } as const;
        const answer = await page.call("send", DOORS[name].rest ? unauthorized : large);
        assert.deepEqual(
          [answer.status, codeOf(answer)],
          DOORS[name].rest ? [401, "UNAUTHORIZED"] : [413, "BODY_TOO_LARGE"],
        );
        assert.equal(agent.received.length, reached);
      });
    }

    it("is refused at the edge without the hash of its body", async () => {
      const reached = agent.received.length;
      const { url } = frontDoor.door("streamingUrl");
      const answer = await page.call("send", { url: `${url}/invoke`, headers: JSON_TYPE, body: PROMPT });
      assert.equal(answer.status, 403);
      assert.equal(agent.received.length, reached);
    });
  });
});
