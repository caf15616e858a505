import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { createServer, get, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { mock } from "node:test";
import { EdgeDistribution, EdgeSigner, StreamingUrl, WebAcl } from "../../../../components/index";
import { forward } from "../../../../local/aws/cloudfront/origin";
import { plainGraph } from "../../../../local/program/assets";
import { Graph, text, TYPES, type Resource } from "../../../../local/program/graph";
import { close, listen, type Listening } from "../../../../local/aws/http";
import { sign, verify } from "../../../../local/aws/iam/sigv4";
import { Target } from "../../../../local/aws/target";
import { PLACE, record, RUNTIME_ARN } from "../../../support/program/components";

const KEY = { accessKeyId: "ASIAEDGE", secretAccessKey: "secret", sessionToken: "token" };

describe("the way from the edge to its origin", () => {
  const LIMIT_MS = 5_000;
  const open: Listening[] = [];
  afterEach(async () => {
    mock.timers.reset();
    for (const each of open.splice(0)) await close(each);
  });

  /** Starts an edge in front of an origin, and records each request's log line. */
  async function edge(origin: RequestListener, readTimeoutMs = LIMIT_MS) {
    const behind = createServer(origin).listen(0, "127.0.0.1");
    await once(behind, "listening");
    const url = `http://127.0.0.1:${(behind.address() as AddressInfo).port}`;
    open.push({ server: behind, origin: url });
    const made: unknown[] = [];
    /** Emits `full` when the viewer's connection accepts no more bytes. */
    const blocked = new EventEmitter();
    const front = await listen(async (request: IncomingMessage, response: ServerResponse) => {
      const viewer = { id: "id", clientIp: "192.0.2.1", method: "GET", url: request.url ?? "", body: Buffer.alloc(0) };
      const headers = new Map(Object.entries(request.headersDistinct).map(([name, values]) => [name, values ?? []]));
      const write = response.write.bind(response) as (chunk: unknown) => boolean;
      response.write = (chunk: unknown) => {
        const accepted = write(chunk);
        if (!accepted) blocked.emit("full");
        return accepted;
      };
      const options = { url, credentials: KEY, region: "us-east-1", readTimeoutMs };
      const served = await forward(options, { ...viewer, headers }, response);
      made.push(served);
      if ("failed" in served && !response.headersSent) response.writeHead(served.failed).end();
      else if ("failed" in served) response.destroy();
    });
    open.push(front);
    return { url: front.origin, made, blocked };
  }

  it("is signed so that the origin can verify it, with the viewer's headers but for Host and Authorization", async () => {
    let seen: IncomingMessage | undefined;
    const { url } = await edge((request, response) => {
      seen = request;
      response.end("ok");
    });
    const headers = { authorization: "Bearer mine", "x-auth-token": "token", "x-forwarded-for": "198.51.100.1" };
    assert.equal(await (await fetch(`${url}/a%20b/c?x=1&x=a%2Bb&y=`, { headers })).text(), "ok");
    assert.ok(seen);
    const request = { method: "GET", url: seen.url ?? "", headers: seen.headers, body: Buffer.alloc(0) };
    const identity = { ...KEY, arn: "arn" };
    const verdict = verify(request, { service: "lambda", region: "us-east-1" }, () => identity);
    assert.ok(verdict.ok, JSON.stringify(verdict));
    assert.equal(seen.headers["x-auth-token"], "token");
    assert.equal(seen.headers["x-forwarded-for"], "198.51.100.1, 192.0.2.1");
    assert.notEqual(seen.headers.host, new URL(url).host);
  });

  /** Starts an edge whose clock the test moves. */
  const timedEdge = (origin: RequestListener) => {
    mock.timers.enable({ apis: ["setTimeout"] });
    return edge(origin, LIMIT_MS);
  };

  it("ends with 504 if the origin does not begin", async () => {
    const asked = new EventEmitter();
    const { url, made } = await timedEdge(() => asked.emit("request"));
    const [response] = await Promise.all([
      fetch(url),
      once(asked, "request").then(() => {
        mock.timers.tick(LIMIT_MS);
      }),
    ]);
    assert.equal(response.status, 504);
    assert.match(JSON.stringify(made), /silent for 5000 ms/);
  });

  it("breaks off if the origin falls silent within its answer", async () => {
    const { url } = await timedEdge((_, response) => {
      response.write("first");
    });
    const response = await fetch(url);
    assert.equal(response.status, 200);
    const reader = response.body?.getReader();
    assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), "first");
    mock.timers.tick(LIMIT_MS);
    await assert.rejects(async () => await reader?.read());
  });

  it("bears silences that are shorter, however many", async () => {
    let written: ServerResponse | undefined;
    const { url } = await timedEdge((_, response) => {
      written = response;
      response.write(".");
    });
    let text = "";
    // A piece arrives, then the origin is silent, then it writes the next one.
    for await (const piece of (await fetch(url)).body ?? []) {
      text += Buffer.from(piece as Uint8Array).toString();
      mock.timers.tick(LIMIT_MS - 1);
      if (text.length < 6) written?.write(".");
      else written?.end();
    }
    assert.equal(text, "......");
  });

  it("does not mistake a viewer who does not read for a silent origin", async () => {
    const size = 20_000_000;
    const { url, blocked } = await timedEdge((_, response) => {
      response.end(Buffer.alloc(size));
    });
    let waits = 0;
    blocked.on("full", () => {
      waits++;
      // When the edge waits for the viewer.
      queueMicrotask(() => {
        mock.timers.tick(LIMIT_MS * 10);
      });
    });
    const [response] = (await once(get(url), "response")) as [IncomingMessage];
    let read = 0;
    for await (const chunk of response) read += (chunk as Buffer).byteLength;
    assert.equal(read, size);
    assert.notEqual(waits, 0);
  });

  it("answers 502 if there is no origin", async () => {
    const { url } = await edge((request) => request.socket.destroy());
    assert.equal((await fetch(url)).status, 502);
  });

  it("signs as it verifies", () => {
    const scope = { service: "lambda", region: "us-east-1" };
    const request = { method: "POST", url: "/x?b=2&a=1", headers: { host: "h" } };
    const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const signed = sign(request, scope, KEY, empty);
    const headers = { ...request.headers, ...signed };
    const check = (changed: object) =>
      verify({ ...request, headers, body: Buffer.alloc(0), ...changed }, scope, () => ({ ...KEY, arn: "arn" })).ok;
    assert.ok(check({}));
    assert.ok(!check({ url: "/x?b=2&a=2" }) && !check({ method: "PUT" }) && !check({ body: Buffer.from("x") }));
  });
});

describe("an edge that is declared", () => {
  const build = async () =>
    await record(false, () => {
      const door = new StreamingUrl("door", { agentRuntimeArn: RUNTIME_ARN, maxDurationSeconds: 60, publicEdge: true });
      new EdgeDistribution("edge", {
        functionUrl: door.url,
        functionName: door.functionName,
        functionAlias: door.alias,
        webAclArn: new WebAcl("acl", { scope: "CLOUDFRONT" }).arn,
        bodySignerArn: new EdgeSigner("signer").qualifiedArn,
      });
    });

  const changed = (graph: Graph, type: string, name: string, change: (inputs: Resource["inputs"]) => object) =>
    new Graph(
      graph.resources.map((each) =>
        each.type === type && each.name === name
          ? { ...each, inputs: { ...each.inputs, ...change(each.inputs) } }
          : each,
      ),
    );

  const deploy = async (graph: Graph, onLog: (line: string) => void = () => undefined) =>
    await Target.deploy(await plainGraph(graph), {
      stack: "test",
      region: PLACE.region,
      agentUrl: "http://127.0.0.1:9",
      runtimeAuth: "sigv4",
      port: 0,
      onLog,
    });

  const health = async (graph: Graph) => {
    const target = await deploy(graph);
    try {
      const response = await fetch(`${target.frontDoor.doors[0]?.url ?? ""}/health`);
      await response.text();
      return response.status;
    } finally {
      await target.stop();
    }
  };

  it("says which part of its log the signer could not write on AWS, and runs all the same", async () => {
    const lines: string[] = [];
    const graph = await build();
    const weak = new Graph(
      graph.resources.map((each) =>
        each.name === "signer-policy"
          ? { ...each, outputs: { ...each.outputs, policy: text(each, "policy").replace(':*"', '"') } }
          : each,
      ),
    );
    for (const [declared, count] of [
      [graph, 0],
      [weak, 3],
    ] as const) {
      lines.length = 0;
      const target = await deploy(declared, (line) => lines.push(line));
      await target.stop();
      const says =
        /\[signer-\w+\] On AWS there is no log: the function's role does not allow logs:CreateLogGroup on arn:aws:logs:[\w-]+:123456789012:log-group:\/aws\/lambda\/us-east-1\.signer-\w+:log-stream:\.$/;
      assert.equal(lines.filter((line) => says.test(line)).length, count, lines.join("\n"));
      assert.equal(lines.filter((line) => line.includes("no log")).length, count);
    }
  });

  it("gets through to its function", async () => {
    assert.equal(await health(await build()), 200);
  });

  for (const name of ["edge-url", "edge-function"]) {
    it(`does not without the permission ${name}, nor with another distribution's`, async () => {
      const graph = await build();
      const without = new Graph(graph.resources.filter((each) => each.type !== TYPES.permission || each.name !== name));
      assert.equal(await health(without), 403);
      const sourceArn = "arn:aws:cloudfront::123456789012:distribution/EOTHER";
      assert.equal(await health(changed(graph, TYPES.permission, name, () => ({ sourceArn }))), 403);
    });
  }

  for (const [title, type, name, change, says] of [
    [
      "an OAC that lets viewers sign",
      TYPES.originAccessControl,
      "edge-oac",
      () => ({ signingBehavior: "no-override" }),
      /signs always only/,
    ],
    [
      "a cache",
      TYPES.distribution,
      "edge",
      ({ defaultCacheBehavior }) => ({
        defaultCacheBehavior: { ...(defaultCacheBehavior as object), cachePolicyId: "658327ea" },
      }),
      /CachingDisabled only/,
    ],
    ["a regional web ACL", TYPES.webAcl, "acl", () => ({ scope: "REGIONAL" }), /scope CLOUDFRONT/],
    [
      "a signer that is not published",
      TYPES.distribution,
      "edge",
      ({ defaultCacheBehavior }) => {
        const behavior = defaultCacheBehavior as { lambdaFunctionAssociations: { lambdaArn: string }[] };
        const lambdaFunctionAssociations = behavior.lambdaFunctionAssociations.map((each) => ({
          ...each,
          lambdaArn: each.lambdaArn.replace(/:1$/, ":$LATEST"),
        }));
        return { defaultCacheBehavior: { ...behavior, lambdaFunctionAssociations } };
      },
      /one published function/,
    ],
  ] as [string, string, string, (inputs: Resource["inputs"]) => object, RegExp][]) {
    it(`is not served with ${title}`, async () => {
      await assert.rejects(deploy(changed(await build(), type, name, change)), says);
    });
  }
});
