import assert from "node:assert/strict";
import { Graph, text, TYPES, type Resource } from "../../../../local/program/graph";
import { Iam } from "../../../../local/aws/iam/iam";
import { missingLogRights } from "../../../../local/aws/lambda/logRights";
import { runStack, TEST_STACKS } from "../../../support/stacks";

/** A resource as a program records it. */
const resource = (type: string, name: string, inputs: object, outputs: object): Resource => ({
  urn: `urn:${type}::${name}`,
  type,
  name,
  parent: "",
  protect: false,
  ignoreChanges: [],
  wire: undefined,
  custom: true,
  id: name,
  inputs: { ...inputs },
  outputs: { ...inputs, ...outputs },
  computed: {},
  dependencies: [],
  propertyDependencies: new Map(),
});

const GROUP = "arn:aws:logs:us-east-1:123456789012:log-group";

/** The missing rights of a function with one role and one handwritten statement. */
function missing(Action: string | string[], Resource: string, more: readonly Resource[] = [], fn: object = {}) {
  const role = resource(TYPES.role, "role", {}, { arn: "arn:aws:iam::123456789012:role/role" });
  const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource }] });
  const declared = resource(
    TYPES.function,
    "fn",
    { role: "arn:aws:iam::123456789012:role/role", ...fn },
    { name: "fn", arn: "arn:aws:lambda:us-east-1:123456789012:function:fn" },
  );
  return of(
    new Graph([role, resource(TYPES.rolePolicy, "policy", { role: "role", policy }, {}), declared, ...more]),
    declared,
  );
}

function of(graph: Graph, fn: Resource): string[] {
  const iam = new Iam(graph);
  return missingLogRights(graph, fn, iam, iam.assumeRole(text(fn, "role"), text(fn, "name")).accessKeyId);
}

const actionsOf = (rights: readonly string[]): string[] => rights.map((right) => right.split(" ")[0] ?? "");

describe("what a function's role lacks for its log", () => {
  for (const stack of ["dev", ...TEST_STACKS]) {
    it(`is nothing in the stack ${stack}`, async () => {
      const graph = await runStack(stack, false);
      for (const fn of graph.all(TYPES.function)) assert.deepEqual(of(graph, fn), [], fn.name);
    });
  }

  const all = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

  it("is judged on the ARNs that CloudWatch Logs evaluates", () => {
    assert.deepEqual(missing(all, "*"), []);
    assert.deepEqual(missing(all, `${GROUP}:/aws/lambda/fn:*`), []);
    assert.deepEqual(missing(all, `${GROUP}:/aws/lambda/fn:log-stream:*`), []);
    assert.deepEqual(actionsOf(missing(all, `${GROUP}:/aws/lambda/fn:log-stream:`)), all.slice(1));
    assert.deepEqual(actionsOf(missing(all, `${GROUP}:/aws/lambda/fn`)), all);
    assert.deepEqual(actionsOf(missing(all, `${GROUP}:/aws/lambda/other:*`)), all);
    assert.deepEqual(actionsOf(missing("logs:PutLogEvents", "*")), all.slice(0, 2));
  });

  it("leaves the making of a group out where the stack makes it", () => {
    const group = resource(TYPES.logGroup, "logs", { name: "mine" }, { arn: `${GROUP}:mine` });
    const fn = { loggingConfig: { logFormat: "JSON", logGroup: "mine" } };
    assert.deepEqual(missing(all.slice(1), `${GROUP}:mine:*`, [group], fn), []);
    assert.deepEqual(actionsOf(missing(all.slice(1), `${GROUP}:mine:*`, [], fn)), all.slice(0, 1));
  });

  it("is looked at where viewers are, for a function at the edge", () => {
    const edge = resource(
      TYPES.distribution,
      "edge",
      {
        defaultCacheBehavior: {
          lambdaFunctionAssociations: [{ lambdaArn: "arn:aws:lambda:us-east-1:123456789012:function:fn:1" }],
        },
      },
      {},
    );
    assert.deepEqual(missing(all, `${GROUP.replace("us-east-1", "*")}:/aws/lambda/us-east-1.fn:*`, [edge]), []);
    const elsewhere = missing(all, `${GROUP}:/aws/lambda/us-east-1.fn:*`, [edge]);
    assert.ok(elsewhere.length > 0 && elsewhere.every((right) => !right.includes(":us-east-1:123456789012:")));
    assert.ok(missing(all, `${GROUP.replace("us-east-1", "*")}:/aws/lambda/fn:*`, [edge]).length > 0);
  });
});
