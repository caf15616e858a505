import assert from "node:assert/strict";
import { StreamingUrl } from "../../../../components/index";
import { Graph, text, TYPES } from "../../../../local/program/graph";
import { Invocable, provisioned } from "../../../../local/aws/lambda/invocable";
import { only, record, RUNTIME_ARN } from "../../../support/program/components";

const CALLER = "arn:aws:iam::123456789012:role/partner";

/** A copy of a graph in which some inputs are changed. */
function changed(graph: Graph, type: string, change: Readonly<Record<string, unknown>>): Graph {
  return new Graph(
    graph.resources.map((resource) =>
      resource.type === type
        ? { ...resource, inputs: { ...resource.inputs, ...change }, outputs: { ...resource.outputs, ...change } }
        : resource,
    ),
  );
}

describe("what the local Lambda lets be invoked", () => {
  let graph: Graph;
  let functions: Parameters<typeof Invocable.find>[1];
  before(async () => {
    graph = await record(false, () => {
      new StreamingUrl("url", {
        agentRuntimeArn: RUNTIME_ARN,
        maxDurationSeconds: 60,
        callers: [CALLER],
        reservedConcurrency: 3,
        provisionedConcurrency: 2,
      });
    });
    const fn = only(graph, TYPES.function);
    functions = [
      { name: text(fn, "name"), arn: text(fn, "arn"), invoke: () => Promise.reject(new Error("Nothing is invoked.")) },
    ];
  });

  it("is the alias, by ARN or beside the function's name, with permissions of its own", () => {
    const { name = "", arn = "" } = functions[0] ?? {};
    const byArn = Invocable.find(graph, functions, `${arn}:live`);
    const byName = Invocable.find(graph, functions, name, "live");
    assert.equal(byArn?.arn, `${arn}:live`);
    assert.equal(byName?.arn, `${arn}:live`);
    assert.equal(byArn.permissions.length, 2);
  });

  it("has no permissions of the alias where the function itself is named", () => {
    assert.deepEqual(Invocable.find(graph, functions, functions[0]?.arn ?? "")?.permissions, []);
  });

  it("has no permissions of the function where the alias is named", () => {
    const unqualified = changed(graph, TYPES.permission, { qualifier: undefined });
    assert.deepEqual(Invocable.find(unqualified, functions, functions[0]?.name ?? "", "live")?.permissions, []);
  });

  it("is no alias that is not declared, and no other function", () => {
    const { name = "", arn = "" } = functions[0] ?? {};
    for (const [nameOrArn, qualifier] of [[name, "next"], [`${arn}:next`], [`${arn}x`], [`${name}x`]] as const)
      assert.equal(Invocable.find(graph, functions, nameOrArn, qualifier), undefined);
  });

  it("keeps as many sandboxes warm as are provisioned, and refuses what Lambda refuses", () => {
    const fn = only(graph, TYPES.function);
    assert.equal(provisioned(graph, fn), 2);
    const unpublished = changed(graph, TYPES.alias, { functionVersion: "$LATEST" });
    assert.throws(() => provisioned(unpublished, fn), /\$LATEST cannot be kept warm/);
    const greedy = changed(graph, TYPES.provisionedConcurrency, { provisionedConcurrentExecutions: 4 });
    assert.throws(() => provisioned(greedy, fn), /provisions 4 of 3 reserved/);
    assert.equal(provisioned(changed(graph, TYPES.provisionedConcurrency, { functionName: "other" }), fn), undefined);
  });
});
