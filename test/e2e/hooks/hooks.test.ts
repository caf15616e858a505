import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { DoorName } from "../../../contract/wire/doors";
import { ROOT, stackFile } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { OwnAgent } from "../../support/local/ownAgent";

const DOORS = ["bufferedApi", "streamingUrl", "streamingApi"] as const satisfies readonly DoorName[];
const ROLE = "arn:aws:iam::123456789012:role/agent-client";
const HOOKS = join(ROOT, "examples", "hooks");
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:my-hooks";
const TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/profiles";
const JSON_BODY = { "content-type": "application/json" };

/** A stand-in of an AWS service: it answers each call with what the test says. */
class StandIn {
  readonly received: { readonly request: IncomingMessage; readonly body: unknown }[] = [];
  answer: (body: Readonly<Record<string, unknown>>) => object | null = () => null;
  private readonly server: Server = createServer((request, response) => {
    void text(request).then((sent) => {
      const body = JSON.parse(sent) as Record<string, unknown>;
      this.received.push({ request, body });
      response.setHeader("content-type", "application/json").end(JSON.stringify(this.answer(body)));
    });
  });

  /** @param variable the SDK's variable for its URL */
  constructor(private readonly variable: string) {}

  async start(): Promise<void> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    process.env[this.variable] = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    Reflect.deleteProperty(process.env, this.variable);
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }
}

describe("hooks at every door", () => {
  const database = new StandIn("AWS_ENDPOINT_URL_DYNAMODB");
  const lambda = new StandIn("AWS_ENDPOINT_URL_LAMBDA");
  let agent: OwnAgent;
  let frontDoor: LocalFrontDoor;
  before(async () => {
    await Promise.all([database.start(), lambda.start()]);
    agent = await OwnAgent.start((_, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: hello\n\n");
    });
  });
  after(async () => {
    await Promise.all([agent.stop(), database.stop(), lambda.stop()]);
  });
  beforeEach(() => {
    for (const each of [agent, database, lambda]) each.received.length = 0;
  });

  const start = async (config: object): Promise<void> => {
    const all = { doors: [...DOORS], apiAuth: "iam", callers: [ROLE], ...config };
    frontDoor = await LocalFrontDoor.start(["--config-file", stackFile(all), "--agent", agent.url]);
  };
  const ask = async (door: DoorName, fields: object, headers: Record<string, string> = {}): Promise<Response> =>
    await frontDoor.send(door, "/invoke", {
      body: JSON.stringify({ prompt: "hello", ...fields }),
      headers: { ...JSON_BODY, ...headers },
    });

  describe("a module that reads from DynamoDB", () => {
    before(async () => {
      const statement = { actions: ["dynamodb:GetItem"], resources: [TABLE] };
      await start({ hooks: join(HOOKS, "profile.ts"), hookStatements: [statement] });
    });
    after(async () => {
      await frontDoor.stop();
    });

    for (const door of DOORS) {
      it(`adds the profile, which a client cannot set: ${door}`, async () => {
        database.answer = () => ({ Item: { language: { S: "fr" }, plan: { S: "gold" } } });
        assert.equal((await ask(door, { profile: { plan: "forged" } })).status, 200);
        assert.deepEqual(JSON.parse(agent.received[0]?.body ?? ""), {
          prompt: "hello",
          profile: { language: "fr", plan: "gold" },
        });
        const [query] = database.received;
        assert.equal(query?.request.headers["x-amz-target"], "DynamoDB_20120810.GetItem");
        assert.match(String(query.request.headers.authorization), /^AWS4-HMAC-SHA256 /);
        assert.match(JSON.stringify(query.body), /"TableName":"profiles","Key":\{"user":\{"S":"arn:aws:/);
      });
    }
  });

  describe("another function", () => {
    before(async () => {
      await start({ hookFunctionArn: FUNCTION });
    });
    after(async () => {
      await frontDoor.stop();
    });

    for (const door of DOORS) {
      it(`changes and refuses: ${door}`, async () => {
        lambda.answer = ({ prompt }) => (prompt === "hello" ? { fields: { topic: "of-function" } } : null);
        assert.equal((await ask(door, {})).status, 200);
        assert.deepEqual(JSON.parse(agent.received[0]?.body ?? ""), { prompt: "hello", topic: "of-function" });
        const call = lambda.received.find(({ body }) => (body as { hook: string }).hook === "beforeInvoke");
        assert.equal(call?.request.url, `/2015-03-31/functions/${encodeURIComponent(FUNCTION)}/invocations`);
        assert.equal(call.request.headers["x-amz-invocation-type"], "RequestResponse");
        assert.match(JSON.stringify(call.body), /^\{"hook":"beforeInvoke","prompt":"hello"/);
        lambda.answer = () => ({ refuse: "PLAN_ENDED", text: "Your plan has ended." });
        const refused = await ask(door, {});
        assert.equal(refused.status, 403);
        assert.match(await refused.text(), /HOOK_REFUSED.*`PLAN_ENDED`: Your plan has ended\./);
      });
    }
  });

  describe("fields of the stack's own", () => {
    before(async () => {
      const schema = { properties: { tenant: { type: "string", minLength: 3 }, depth: { type: "integer" } } };
      await start({ headerFields: { "X-Tenant": "tenant" }, payload: { schema } });
    });
    after(async () => {
      await frontDoor.stop();
    });

    it("are named by the same error at every door, whether they come from a body or a header", async () => {
      for (const [fields, headers, says] of [
        [{ depth: "x" }, {}, "`depth` must be integer."],
        [{}, { "x-tenant": "ab" }, "`tenant` must NOT have fewer than 3 characters."],
      ] as const) {
        for (const door of DOORS) {
          const response = await ask(door, fields, headers);
          assert.equal(response.status, 400);
          const { error } = (await response.json()) as { error: { code: string; message: string } };
          assert.equal(error.code, "FIELD_INVALID");
          assert.ok(error.message.includes(says), error.message);
        }
      }
      assert.equal(agent.received.length, 0);
    });

    it("come from a header, and never replace a field that the client sent", async () => {
      for (const door of DOORS) {
        await ask(door, {}, { "X-Tenant": "blue" });
        await ask(door, { tenant: "mine" }, { "X-Tenant": "blue" });
      }
      assert.deepEqual(
        agent.received.map(({ body }) => (JSON.parse(body) as { tenant: string }).tenant),
        DOORS.flatMap(() => ["blue", "mine"]),
      );
    });
  });
});
