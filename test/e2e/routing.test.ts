import assert from "node:assert/strict";
import { BedrockAgentCoreClient, InvokeAgentRuntimeCommand } from "@aws-sdk/client-bedrock-agentcore";
import type { Credentials, DoorName } from "../../contract/wire/doors";
import { AgentCore } from "../../local/aws/agentcore/dataPlane";
import { text, TYPES, type Graph } from "../../local/program/graph";
import { Iam } from "../../local/aws/iam/iam";
import { RUNTIME_ARN } from "../support/program/components";
import { stackFile } from "../support/local/frontDoor";
import { LocalFrontDoor } from "../support/local/localFrontDoor";
import { OwnAgent } from "../support/local/ownAgent";
import { runStack } from "../support/stacks";

const DOORS = ["streamingUrl", "streamingApi"] as const;
const JSON_HEADERS = { "content-type": "application/json", accept: "application/json" };

interface ErrorReply {
  readonly error: { readonly code: string };
}

const codeOf = async (response: Response): Promise<string> => ((await response.json()) as ErrorReply).error.code;

describe("several agents behind one boundary, in real processes", () => {
  let frontDoor: LocalFrontDoor;
  before(async () => {
    frontDoor = await LocalFrontDoor.start(["--stack", "two-agents-canary"]);
  });
  after(async () => {
    await frontDoor.stop();
  });

  /** Runtime and endpoint of each call that AgentCore has had since line `from` of the log. A function's line comes after AgentCore's. */
  const met = async (from: number): Promise<string[]> => {
    await frontDoor.loggedRequests();
    return frontDoor.log.slice(from).flatMap((line) => /\[agentcore\] \w+ (.+)$/.exec(line)?.[1] ?? []);
  };
  const ask = (door: DoorName, path: string, body: object) =>
    frontDoor.send(door, path, { body: JSON.stringify(body), headers: JSON_HEADERS });

  for (const door of DOORS) {
    it(`${door} calls the agent that the path names, at its endpoint`, async () => {
      const from = frontDoor.log.length;
      const response = await ask(door, "/agents/billing/invoke", { prompt: "hello" });
      assert.equal(response.status, 200);
      assert.equal(((await response.json()) as { response: string }).response, "hello");
      assert.deepEqual(await met(from), ["billing_agent-f6g7h8i9j0 live"]);
    });

    it(`${door} answers an unknown name with AGENT_NOT_FOUND, and calls nobody`, async () => {
      const from = frontDoor.log.length;
      for (const name of ["nobody", "constructor", "__proto__", "Billing"]) {
        const response = await ask(door, `/agents/${name}/invoke`, { prompt: "hello" });
        assert.equal(response.status, 404);
        assert.equal(await codeOf(response), "AGENT_NOT_FOUND");
      }
      assert.deepEqual(await met(from), []);
    });

    it(`${door} validates the body the same, whoever is asked`, async () => {
      for (const path of ["/invoke", "/agents/billing/invoke", "/agents/nobody/invoke"]) {
        for (const body of [{}, { prompt: "" }, { prompt: ["tool"] }, []]) {
          const response = await ask(door, path, body);
          assert.equal(response.status, 400, `${path} ${JSON.stringify(body)}`);
          assert.equal(await codeOf(response), "INVALID_BODY");
        }
      }
    });

    it(`${door} answers every other path below /agents in the contract's words`, async () => {
      for (const [method, path, status, code] of [
        ["GET", "/agents", 404, "NOT_FOUND"],
        ["POST", "/agents/billing", 404, "NOT_FOUND"],
        ["GET", "/agents/billing/health", 404, "NOT_FOUND"],
        ["POST", "/agents/billing/other/deep", 404, "NOT_FOUND"],
        ["GET", "/agents/billing/invoke", 405, "METHOD_NOT_ALLOWED"],
        ["GET", `/agents/billing/sessions/${"s".repeat(40)}`, 405, "METHOD_NOT_ALLOWED"],
      ] as const) {
        const response = await frontDoor.send(door, path, { method });
        assert.deepEqual([response.status, await codeOf(response)], [status, code], `${method} ${path}`);
      }
    });

    it(`${door} stops a session at the agent that has it, and at no other`, async () => {
      const session_id = `stop-${door}-${"x".repeat(30)}`;
      await (await ask(door, "/agents/billing/invoke", { prompt: "hello", session_id })).text();
      const elsewhere = await frontDoor.send(door, `/sessions/${session_id}`, { method: "DELETE" });
      assert.equal(await codeOf(elsewhere), "SESSION_NOT_FOUND");
      const stopped = await frontDoor.send(door, `/agents/billing/sessions/${session_id}`, { method: "DELETE" });
      assert.equal(stopped.status, 200);
      assert.deepEqual(await stopped.json(), { session_id, status: "stopped" });
      const again = await frontDoor.send(door, `/agents/billing/sessions/${session_id}`, { method: "DELETE" });
      assert.equal(await codeOf(again), "SESSION_NOT_FOUND");
    });
  }

  it("names agent and qualifier in the function's log", async () => {
    await (await ask("streamingUrl", "/agents/billing/invoke", { prompt: "hello" })).text();
    await frontDoor.loggedRequests();
    const lines = await frontDoor.requestLines();
    assert.ok(lines.some((line) => line["agent"] === "billing" && line["qualifier"] === "live"));
    assert.ok(lines.every((line) => line["agent"] !== "nobody"));
  });

  it("splits sessions between the canary and the rest by its weight, and never moves one", async () => {
    const sessions = Array.from({ length: 200 }, (_, index) => `canary-session-${String(index).padStart(20, "0")}`);
    const endpoint = async (session_id: string): Promise<string> => {
      const from = frontDoor.log.length;
      await (await ask("streamingUrl", "/agents/search/invoke", { prompt: "x", session_id })).text();
      return (await met(from))[0] ?? "";
    };
    const first: string[] = [];
    for (const session of sessions) first.push(await endpoint(session));
    const canary = first.filter((each) => each === "search_agent-k1l2m3n4o5 beta").length;
    assert.equal(canary + first.filter((each) => each === "search_agent-k1l2m3n4o5 DEFAULT").length, sessions.length);
    // Half of 200, five standard deviations (7.07 each) either side.
    assert.ok(Math.abs(canary - 100) <= 35, String(canary));
    for (const [index, session] of sessions.slice(0, 40).entries()) assert.equal(await endpoint(session), first[index]);
  });
});

describe("one handle at two agents", () => {
  it("is two sessions, and the default agent's are as they were", async () => {
    const agent = await OwnAgent.start((_, response) => {
      response.writeHead(200, { "Content-Type": "application/json" }).end('{"answer":"ok"}');
    });
    const file = stackFile({
      doors: ["streamingUrl"],
      agents: { other: { agentRuntimeArn: RUNTIME_ARN }, third: { agentRuntimeArn: RUNTIME_ARN } },
    });
    const frontDoor = await LocalFrontDoor.start(["--config-file", file, "--agent", agent.url]);
    try {
      for (const path of ["/invoke", "/agents/other/invoke", "/agents/third/invoke"]) {
        const body = JSON.stringify({ prompt: "hi", session_id: "h".repeat(40) });
        await (await frontDoor.send("streamingUrl", path, { body, headers: JSON_HEADERS })).text();
      }
      const ids = agent.received.map(({ headers }) => headers["x-amzn-bedrock-agentcore-runtime-session-id"]);
      assert.equal(new Set(ids).size, 3);
    } finally {
      await frontDoor.stop();
      await agent.stop();
    }
  });
});

describe("a stack with named agents only, that nobody may stop", () => {
  it("has no /invoke, and no sessions to stop", async () => {
    const file = stackFile({
      agentRuntimeArn: "",
      agents: { only: { agentRuntimeArn: RUNTIME_ARN } },
      stopSession: false,
    });
    const frontDoor = await LocalFrontDoor.start(["--config-file", file]);
    try {
      for (const door of ["bufferedApi", "streamingUrl", "streamingApi"] as const) {
        const none = await frontDoor.invoke(door, { prompt: "hi" });
        assert.deepEqual([none.status, await codeOf(none)], [404, "AGENT_NOT_FOUND"]);
        const body = JSON.stringify({ prompt: "hi", session_id: "s".repeat(40) });
        const one = await frontDoor.send(door, "/agents/only/invoke", { body, headers: JSON_HEADERS });
        assert.equal(one.status, 200);
        await one.text();
        for (const path of [`/sessions/${"s".repeat(40)}`, `/agents/only/sessions/${"s".repeat(40)}`]) {
          const stop = await frontDoor.send(door, path, { method: "DELETE" });
          assert.deepEqual([stop.status, await codeOf(stop)], [404, "NOT_FOUND"]);
        }
      }
      assert.ok(!frontDoor.log.some((line) => line.includes("stopruntimesession")), "AgentCore was never asked");
    } finally {
      await frontDoor.stop();
    }
  });
});

describe("a stack with its functions' concurrency at 0", () => {
  it("is turned off: nothing runs, and every door says so", async () => {
    const frontDoor = await LocalFrontDoor.start(["--config-file", stackFile({ reservedConcurrency: 0 })]);
    try {
      for (const door of ["bufferedApi", "streamingUrl", "streamingApi"] as const) {
        const response = await frontDoor.invoke(door, { prompt: "hi" });
        assert.equal(response.status, door === "streamingUrl" ? 429 : 500, await response.text());
      }
      assert.deepEqual(await frontDoor.sandboxes(), []);
    } finally {
      await frontDoor.stop();
    }
  });
});

describe("a stack with warm sandboxes", () => {
  it("calls the alias at each door, and has the sandboxes before the first request", async () => {
    const frontDoor = await LocalFrontDoor.start(["--stack", "provisioned"]);
    try {
      assert.equal((await frontDoor.sandboxes()).length, 6);
      for (const door of ["bufferedApi", "streamingUrl", "streamingApi"] as const) {
        const response = await frontDoor.invoke(door, { prompt: "hello" });
        assert.equal(response.status, 200);
        assert.match(await response.text(), /hello/);
      }
    } finally {
      await frontDoor.stop();
    }
  });
});

describe("a locked runtime", () => {
  let graph: Graph;
  let iam: Iam;
  let plane: AgentCore;
  let agent: OwnAgent;
  const log: string[] = [];
  before(async () => {
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
    graph = await runStack("locked", false);
    iam = new Iam(graph);
    agent = await OwnAgent.start((prompt, response) => {
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ prompt }));
    });
    plane = await AgentCore.start(agent.url, "sigv4", iam, graph, (line) => log.push(line));
  });
  after(async () => {
    await plane.stop();
    await agent.stop();
  });

  const call = async (credentials: Credentials, qualifier = "DEFAULT"): Promise<string> => {
    const client = new BedrockAgentCoreClient({
      region: "us-east-1",
      endpoint: plane.url,
      credentials,
      maxAttempts: 1,
    });
    const command = new InvokeAgentRuntimeCommand({
      agentRuntimeArn: RUNTIME_ARN,
      qualifier,
      runtimeSessionId: "s".repeat(40),
      contentType: "application/json",
      payload: Buffer.from('{"prompt":"hi"}'),
    });
    try {
      const { response } = await client.send(command);
      return (await response?.transformToString()) ?? "";
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    } finally {
      client.destroy();
    }
  };
  const anything = [{ Effect: "Allow", Action: "*", Resource: "*" }] as const;

  it("answers the roles of the doors, at each endpoint", async () => {
    for (const role of graph.all(TYPES.role)) {
      const credentials = iam.assumeRole(text(role, "arn"), "test");
      for (const qualifier of ["DEFAULT", "next"]) assert.equal(await call(credentials, qualifier), '{"prompt":"hi"}');
    }
  });

  it("refuses another role that may do anything", async () => {
    const admin = iam.addCaller("arn:aws:iam::123456789012:role/admin", anything);
    for (const qualifier of ["DEFAULT", "next", "unnamed"]) {
      assert.match(await call(admin, qualifier), /^AccessDeniedException: .*explicit deny in a resource-based policy/);
    }
    assert.equal(log.at(-1), "invocations my_agent-a1b2c3d4e5 unnamed refused: AccessDeniedException");
  });

  it("leaves the principals for emergencies as they are", async () => {
    const arn = "arn:aws:iam::123456789012:role/break-glass";
    assert.equal(await call(iam.addCaller(arn, anything)), '{"prompt":"hi"}');
    assert.match(await call(iam.addCaller(arn, [])), /^AccessDeniedException: .*is not authorized/);
  });
});
