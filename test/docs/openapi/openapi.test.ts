import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import { parse } from "yaml";
import { ERRORS } from "../../../contract/wire/errors";
import { GATEWAY_ERRORS, gatewayTemplate } from "../../../contract/wire/gatewayErrors";
import { wafBody, WAF_ANSWERS } from "../../../contract/wire/wafAnswers";
import { bufferedHandler } from "../../../functions/handler/bufferedHandler";
import { contextWith, EVENTS, handlerSettings, type Call } from "../../support/handlers/handlers";
import { withDataPlane } from "../../support/handlers/withDataPlane";
import { ROOT } from "../../support/local/frontDoor";
import { RUNTIME_ARN } from "../../support/program/components";

interface Response {
  readonly content?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
}
interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Response>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const text = readFileSync(join(ROOT, "docs", "openapi.yaml"), "utf8");
const document = parse(text) as Document;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

const SESSION = "test-event-0123456789abcdef0123456789";
const concrete = (path: string): string => path.replace("{agent}", "billing").replace("{session_id}", SESSION);

describe("docs/openapi.yaml", () => {
  const { plane } = withDataPlane();
  const agent = { runtimeArn: RUNTIME_ARN, qualifier: "DEFAULT", canary: undefined };
  const settings = { ...handlerSettings(), door: "bufferedApi" as const, agents: new Map([["billing", agent]]) };
  const call = async (request: Call) => {
    const reply = await bufferedHandler(settings)(EVENTS["REST event 1.0"](request), contextWith());
    return { ...reply, value: JSON.parse(reply.body) as unknown };
  };
  const body = JSON.stringify({ prompt: "Hello", session_id: SESSION });
  const headers = { "Content-Type": "application/json" };

  const compiled = new Map<string, ValidateFunction>();
  /** A validator of one of the document's schemas. */
  const schema = (name: string): ValidateFunction => {
    const reference = { $ref: `#/components/schemas/${name}`, components: document.components };
    const validate = compiled.get(name) ?? new Ajv2020({ strict: false }).compile(reference);
    compiled.set(name, validate);
    return validate;
  };
  const accepts = (name: string, value: unknown): void => {
    const validate = schema(name);
    assert.ok(validate(value), `${JSON.stringify(value)}: ${JSON.stringify(validate.errors)}`);
  };

  it("is a valid OpenAPI document, and its references resolve", async () => {
    const { Validator } = await import("@seriousme/openapi-schema-validator");
    const validator = new Validator();
    const { valid, errors } = await validator.validate(text);
    assert.ok(valid, JSON.stringify(errors));
    assert.equal(validator.version, "3.1");
    validator.resolveRefs();
    const broken = await new Validator().validate(text.replace("operationId: invoke\n", "operationId: [1]\n"));
    assert.equal(broken.valid, false);
  });

  it("has the routes that a function answers, and no other", async () => {
    const routes = operations.map(({ method, path }) => `${method} ${path}`);
    assert.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, routes.length);
    for (const path of Object.keys(document.paths))
      for (const method of ["GET", "POST", "DELETE", "PUT", "PATCH"]) {
        const { statusCode, headers: sent = {} } = await call({ method, path: concrete(path), headers, body });
        const known = routes.includes(`${method} ${path}`);
        assert.equal(statusCode === 405, !known, `${method} ${path}: ${String(statusCode)}`);
        if (!known) assert.ok(routes.includes(`${String(sent["Allow"])} ${path}`));
        else assert.equal(statusCode, 200);
      }
    for (const path of ["/", "/agents", "/agents/billing", "/sessions", "/ping"])
      assert.equal((await call({ method: "GET", path })).statusCode, 404, path);
  });

  it("describes the answers: bodies and headers", async () => {
    for (const [path, method, name] of [
      ["/invoke", "POST", "CollectedAnswer"],
      ["/agents/{agent}/invoke", "POST", "CollectedAnswer"],
      ["/sessions/{session_id}", "DELETE", "StoppedSession"],
      ["/health", "GET", "Health"],
    ] as const) {
      const reply = await call({ method, path: concrete(path), headers, body });
      accepts(name, reply.value);
      const documented = document.paths[path]?.[method.toLowerCase()]?.responses["200"];
      for (const header of Object.keys(documented?.headers ?? {}))
        assert.ok(header in (reply.headers ?? {}), `${path} ${header}`);
      assert.ok("application/json" in (documented?.content ?? {}));
    }
  });

  it("describes binary answers and tokens", async () => {
    plane.answer = (response) => {
      response.writeHead(200, { "Content-Type": "image/png" });
      response.end(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]));
    };
    accepts("CollectedAnswer", (await call({ headers, body })).value);
    plane.streams(
      'data: {"contentBlockDelta":{"delta":{"text":"Hi"}}}\n\n',
      'data: {"metadata":{"usage":{"inputTokens":5,"outputTokens":2}}}\n\n',
    );
    const { value } = await call({ headers, body });
    accepts("CollectedAnswer", value);
    assert.ok("usage" in (value as object), JSON.stringify(value));
  });

  it("has a request schema that takes what a door takes, and refuses what it refuses", async () => {
    const validate = schema("InvokeRequest");
    for (const request of [
      { prompt: "Hello" },
      { prompt: "Hello", session_id: SESSION, other: 1 },
      { prompt: "Hello", session_id: null },
      {},
      { prompt: "" },
      { prompt: 1 },
      { prompt: "Hello", session_id: "short" },
      { prompt: "Hello", session_id: `${SESSION}!` },
      [],
    ]) {
      const { statusCode } = await call({ headers, body: JSON.stringify(request) });
      assert.equal(validate(request), statusCode === 200, JSON.stringify(request));
    }
  });

  it("has every error with its status, where it can occur", async () => {
    const documented = new Map<string, Set<string>>();
    for (const { operation } of operations)
      for (const [status, { content }] of Object.entries(operation.responses)) {
        const { examples = {} } = (content?.["application/json"] ?? {}) as {
          examples?: Record<string, { value: unknown }>;
        };
        for (const [code, { value }] of Object.entries(examples)) {
          accepts("Error", value);
          documented.set(code, (documented.get(code) ?? new Set()).add(status));
        }
      }
    for (const [code, { status }] of Object.entries(ERRORS)) {
      // They answer other paths, other methods and direct invocations.
      if (code === "METHOD_NOT_ALLOWED" || code === "INVALID_EVENT") continue;
      assert.deepEqual([...(documented.get(code) ?? [])], [String(status)], code);
    }
    for (const [request, code] of [
      [{ headers, body: "{" }, "INVALID_BODY"],
      [{ headers: { "Content-Type": "text/plain" }, body }, "UNSUPPORTED_MEDIA_TYPE"],
      [{ headers, body, path: "/agents/none/invoke" }, "AGENT_NOT_FOUND"],
    ] as const) {
      const { statusCode, value } = await call(request);
      accepts("Error", value);
      const responses = document.paths["/invoke"]?.["post"]?.responses[String(statusCode)];
      const { examples } = responses?.content?.["application/json"] as { examples: object };
      assert.ok(code in examples, code);
    }
  });

  it("describes the errors of the services in front too", () => {
    for (const error of GATEWAY_ERRORS)
      accepts("Error", JSON.parse(gatewayTemplate(error).replace("$context.error.responseType", "THROTTLED")));
    for (const code of WAF_ANSWERS) accepts("Error", JSON.parse(wafBody(code, "REGIONAL", 65_536)));
  });
});
