import assert from "node:assert/strict";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Graph, TYPES, type Resource } from "../../local/graph/graph";
import { checkPolicies } from "../../local/policy/check";
import type { Finding } from "../../local/policy/host";
import { UNKNOWN, wire } from "../support/components";
import { runStack } from "../support/stacks";

const URL_RULE = "fd-lambda-function-url-aws-iam";
const ACL_RULE = "fd-apigateway-stage-web-acl";

type Change = (resources: Resource[]) => Resource[];

const edit =
  (type: string, change: (inputs: Record<string, unknown>) => Record<string, unknown>): Change =>
  (resources) =>
    resources.map((resource) =>
      resource.type === type ? { ...resource, wire: Struct.fromJavaScript(change(wire(resource)) as never) } : resource,
    );

const relink =
  (type: string, property: string, urns: (resources: readonly Resource[]) => readonly string[]): Change =>
  (resources) =>
    resources.map((resource) =>
      resource.type === type
        ? {
            ...resource,
            propertyDependencies: new Map([...resource.propertyDependencies, [property, urns(resources)]]),
          }
        : resource,
    );

const drop =
  (type: string): Change =>
  (resources) =>
    resources.filter((resource) => resource.type !== type);

const both =
  (...changes: Change[]): Change =>
  (resources) =>
    changes.reduce((current, change) => change(current), resources);

describe("the recorded preview of the real program, through the real pack over gRPC", () => {
  let graph: Graph;
  before(async () => {
    graph = await runStack("dev", true);
    assert.notEqual(graph.resources.length, 0);
  });

  const check = async (change: Change = (resources) => resources): Promise<Finding[]> =>
    await checkPolicies(new Graph(change([...graph.resources])));

  it("does not know the ARNs that the rules link", () => {
    for (const association of graph.all(TYPES.webAclAssociation)) {
      assert.deepEqual([wire(association)["resourceArn"], wire(association)["webAclArn"]], [UNKNOWN, UNKNOWN]);
    }
  });

  it("has no finding, neither mandatory nor advisory", async () => {
    assert.deepEqual(await check(), []);
  });

  for (const [title, change, expected] of [
    [
      "a Function URL open to all",
      edit(TYPES.functionUrl, (i) => ({ ...i, authorizationType: "NONE" })),
      [[URL_RULE, "mandatory"]],
    ],
    [
      "a Function URL with a kind of auth nobody knows",
      edit(TYPES.functionUrl, (i) => ({ ...i, authorizationType: "aws_iam" })),
      [[URL_RULE, "mandatory"]],
    ],
    [
      "a Function URL without auth",
      edit(TYPES.functionUrl, ({ authorizationType, ...i }) => (assert.equal(authorizationType, "AWS_IAM"), i)),
      [[URL_RULE, "mandatory"]],
    ],
    [
      "a Function URL whose auth is not known",
      edit(TYPES.functionUrl, (i) => ({ ...i, authorizationType: UNKNOWN })),
      [[`${URL_RULE}-unproven`, "advisory"]],
    ],
    [
      "stages without associations",
      drop(TYPES.webAclAssociation),
      [
        [ACL_RULE, "mandatory"],
        [ACL_RULE, "mandatory"],
      ],
    ],
    [
      "one stage without its association",
      (resources: Resource[]) => resources.filter(({ name }) => name !== "front-door-buffered-api-waf"),
      [[ACL_RULE, "mandatory"]],
    ],
    [
      "a web ACL without rules",
      edit(TYPES.webAcl, (i) => ({ ...i, rules: [] })),
      [
        [ACL_RULE, "mandatory"],
        [ACL_RULE, "mandatory"],
      ],
    ],
    [
      "a web ACL whose rules are not known",
      edit(TYPES.webAcl, (i) => ({ ...i, rules: UNKNOWN })),
      [
        [`${ACL_RULE}-unproven`, "advisory"],
        [`${ACL_RULE}-unproven`, "advisory"],
      ],
    ],
    [
      "associations that name a text made of the API's id",
      relink(TYPES.webAclAssociation, "resourceArn", (resources) =>
        resources.filter(({ type }) => type === TYPES.restApi).map(({ urn }) => urn),
      ),
      [
        [`${ACL_RULE}-unproven`, "advisory"],
        [`${ACL_RULE}-unproven`, "advisory"],
      ],
    ],
    [
      "associations whose ARN mixes two stages",
      relink(TYPES.webAclAssociation, "resourceArn", (resources) =>
        resources.filter(({ type }) => type === TYPES.stage).map(({ urn }) => urn),
      ),
      [
        [`${ACL_RULE}-unproven`, "advisory"],
        [`${ACL_RULE}-unproven`, "advisory"],
      ],
    ],
    [
      "an association with another load balancer",
      edit(TYPES.webAclAssociation, (i) => ({ ...i, resourceArn: "arn:aws:elasticloadbalancing:x" })),
      [
        [ACL_RULE, "mandatory"],
        [ACL_RULE, "mandatory"],
      ],
    ],
  ] as const) {
    it(`finds ${title}`, async () => {
      const findings = await check(change);
      assert.deepEqual(
        findings.map(({ policy, level }) => [policy, level]),
        expected,
      );
      for (const { urn, message } of findings) {
        assert.match(urn, /::front-door-(streaming-url-url|(buffered|streaming)-api-stage)$/);
        assert.match(message, /(Set authorizationType|Add an aws\.wafv2)/, "the remedy is named");
      }
    });
  }

  it("asks nothing of a private API", async () => {
    const change = both(
      drop(TYPES.webAclAssociation),
      edit(TYPES.restApi, (i) => ({ ...i, endpointConfiguration: { types: "PRIVATE" } })),
    );
    assert.deepEqual(await check(change), []);
  });

  it("takes a known ARN of the stage as well, as in an imported stack", async () => {
    const stages = graph.all(TYPES.stage);
    const change: Change = (resources) =>
      both(
        edit(TYPES.stage, (i) => ({ ...i, restApi: "abc123", stageName: "live" })),
        edit(TYPES.webAclAssociation, (i) => ({
          ...i,
          resourceArn: "arn:aws:apigateway:us-east-1::/restapis/abc123/stages/live",
        })),
        relink(TYPES.webAclAssociation, "resourceArn", () => []),
      )(resources);
    assert.equal(stages.length, 2);
    assert.deepEqual(await check(change), []);
  });
});
