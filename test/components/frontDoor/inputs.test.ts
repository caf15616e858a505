import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FrontDoor, type FrontDoorArgs } from "../../../components/index";
import { text, TYPES, type Graph } from "../../../local/program/graph";
import { MODES, record, RUNTIME_ARN, sources, UNKNOWN, wire } from "../../support/program/components";

const assume = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const role = (name: string) => new aws.iam.Role(name, { assumeRolePolicy: assume });
const other = (name: string) => RUNTIME_ARN.replace("my_agent", name);
const late = <T>(value: T) => pulumi.output(Promise.resolve(value));

/** An arg of every kind as an Output, in stacks that accept it together. */
const STACKS: Readonly<Record<string, () => FrontDoorArgs>> = {
  "runtimes, callers, topics, logs and an edge's domain": () => ({
    agentRuntimeArn: late(RUNTIME_ARN),
    agents: { billing: { agentRuntimeArn: late(other("billing")) } },
    doors: ["streamingUrl", "streamingApi"],
    callers: { client: role("client").arn, partner: "210987654321", pool: late("arn:aws:iam::123456789012:user/pool") },
    lockRuntime: true,
    breakGlassPrincipals: [late("arn:aws:iam::123456789012:role/break-glass")],
    alarms: true,
    alarmTopicArns: [new aws.sns.Topic("on-call").arn],
    logKmsKeyArn: late("arn:aws:kms:us-east-1:123456789012:key/2234abcd-12ab-34cd-56ef-1234567890ab"),
    domain: {
      name: late("agent.mycompany.dev"),
      certificateArn: late("arn:aws:acm:us-east-1:123456789012:certificate/21111111-2222-3333-4444-555555555555"),
      hostedZoneId: late("Z2D633PJN98FT9"),
    },
    apiAuth: "custom",
    customAuthorizer: { functionArn: late("arn:aws:lambda:us-east-1:123456789012:function:judge:live") },
  }),
  "an edge with users": () => ({
    agentRuntimeArn: late(RUNTIME_ARN),
    doors: ["streamingUrl"],
    edge: true,
    edgeAuth: "jwt",
    jwt: {
      issuer: late("https://login.mycompany.dev/"),
      audience: [late("agent")],
      jwksUri: late("https://login.mycompany.dev/keys"),
    },
    edgeDomain: {
      name: late("agent.mycompany.dev"),
      certificateArn: late("arn:aws:acm:us-east-1:123456789012:certificate/21111111-2222-3333-4444-555555555555"),
      hostedZoneId: late("Z2D633PJN98FT9"),
    },
    logKmsKeyArn: late("arn:aws:kms:us-east-1:123456789012:key/2234abcd-12ab-34cd-56ef-1234567890ab"),
  }),
  "a pool and a network": () => ({
    agentRuntimeArn: late(RUNTIME_ARN),
    doors: ["streamingApi"],
    apiAuth: "cognito",
    cognito: {
      userPoolArn: late("arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Ab3dEf124"),
      scopes: ["a/b"],
    },
    privateApi: true,
    apiVpcEndpointIds: late(["vpce-1a1b2c3d4e5f60718"]),
    privateNetwork: true,
    vpcId: late("vpc-1a1b2c3d4e5f60718"),
    subnetIds: late(["subnet-1a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60719"]),
    existingEndpoints: { logs: late("sg-1a1b2c3d4e5f60718") },
    endpointRuntimeArns: [late(other("guest"))],
  }),
};

describe("FrontDoor with Inputs", () => {
  for (const [title, args] of Object.entries(STACKS))
    for (const { mode, preview } of MODES)
      it(`declares the same resources as with plain values, ${mode}: ${title}`, async () => {
        const graph = await doorOf(preview, () => args());
        for (const resource of graph.resources) assert.doesNotMatch(JSON.stringify(wire(resource)), /unknown:\d/);
        const plain = await plainArgs(args);
        const expected = await doorOf(preview, () => plain);
        assert.deepEqual(shape(graph), shape(expected));
        // In an update all values are known, and what is declared is the same.
        if (!preview) assert.deepEqual(declared(graph), declared(expected));
      });

  it("names what belongs to a key after the key, and what belongs to a text after its hash", async () => {
    const graph = await doorOf(true, () => ({ ...URL, callers: { client: role("c").arn } }));
    const permissions = graph.all(TYPES.permission);
    assert.deepEqual(permissions.map(({ name }) => name).sort(), [
      "door-streaming-url-caller-client-function",
      "door-streaming-url-caller-client-url",
    ]);
    for (const each of permissions) {
      assert.deepEqual(sources(graph, each, "principal"), ["Role c"]);
      assert.equal(wire(each)["principal"], UNKNOWN);
      // With an id of the program's, the provider deletes a replaced permission first.
      assert.equal(wire(each)["statementId"], undefined);
      assert.match(text(each, "statementIdPrefix"), /^caller-[0-9a-f]{16}-(?:url|function)-$/);
    }
  });
});

const URL = { agentRuntimeArn: RUNTIME_ARN, doors: ["streamingUrl"] };

/** Invalid args, with what the error says. */
const REFUSED: readonly (readonly [title: string, args: FrontDoorArgs, says: RegExp])[] = [
  [
    "an Output that decides",
    { ...URL, doors: late(["streamingUrl"]) as never },
    /`doors` is an Output, but it decides which resources exist/,
  ],
  ["an Output as a map", { ...URL, callers: late({}) as never }, /`callers` is an Output, but it decides/],
  [
    "an Output in a list of callers",
    { ...URL, callers: [late("x")] as unknown as string[] },
    /Use a map from a key of your own to the Output: \{ client: role\.arn \}/,
  ],
  ["a key that no name can have", { ...URL, callers: { "a b": late("x") } }, /`callers` has the key "a b"/],
  [
    "an alias without a lock",
    { ...URL, aliasKeys: { "/invoke": ["old"] } },
    /`aliasKeys` is set, but `lockRuntime` is false/,
  ],
  [
    "an alias of no agent",
    {
      ...URL,
      lockRuntime: true,
      aliasKeys: { bill: ["old"] },
      agents: { bills: { agentRuntimeArn: late(other("x")) } },
    },
    /`aliasKeys` has the key "bill", which is no agent \(did you mean `bills`\?\)/,
  ],
  [
    "an alias that is an agent",
    {
      ...URL,
      lockRuntime: true,
      aliasKeys: { "/invoke": ["bills"] },
      agents: { bills: { agentRuntimeArn: late(other("x")) } },
    },
    /names "bills", which is an agent now/,
  ],
];

/** Outputs with a wrong value, with what the error says once it is known. */
const WRONG: readonly (readonly [title: string, args: () => FrontDoorArgs, says: RegExp])[] = [
  [
    "a runtime",
    () => ({ ...URL, agentRuntimeArn: late("arn:x") }),
    /`agentRuntimeArn` is "arn:x", which is not the ARN/,
  ],
  [
    "a runtime of another Region",
    () => ({ ...URL, agents: { a: { agentRuntimeArn: late(RUNTIME_ARN.replace("us-east-1", "eu-west-1")) } } }),
    /`agents\.a\.agentRuntimeArn` is in eu-west-1/,
  ],
  ["a caller", () => ({ ...URL, callers: { client: late("nobody") } }), /`callers` contains "nobody"/],
  [
    "a list of subnets",
    () => ({
      agentRuntimeArn: RUNTIME_ARN,
      privateNetwork: true,
      vpcId: "vpc-1a1b2c3d4e5f60718",
      subnetIds: late(["subnet-1a1b2c3d4e5f60718"]),
    }),
    /`subnetIds` names 1 subnets/,
  ],
  [
    "two Outputs of one runtime",
    () => ({
      doors: ["streamingUrl"],
      lockRuntime: true,
      agents: { a: { agentRuntimeArn: late(RUNTIME_ARN) }, b: { agentRuntimeArn: late(RUNTIME_ARN) } },
    }),
    /`agents\.b\.agentRuntimeArn` and `agents\.a\.agentRuntimeArn` are the same runtime.*Use the same Output/,
  ],
];

describe("FrontDoor refuses", () => {
  for (const [title, args, says] of REFUSED)
    it(`${title}, before anything exists`, async () => {
      await assert.rejects(
        doorOf(true, () => args),
        says,
      );
    });

  for (const [title, args, says] of WRONG)
    it(`an Output with a wrong value when it is known: ${title}`, async () => {
      await assert.rejects(
        doorOf(false, () => args()),
        says,
      );
    });
});

function doorOf(preview: boolean, args: () => FrontDoorArgs): Promise<Graph> {
  return record(preview, () => {
    new FrontDoor("door", args());
  });
}

/** The args with the values of their Outputs, in a program of its own. */
async function plainArgs(args: () => FrontDoorArgs): Promise<FrontDoorArgs> {
  let plain: FrontDoorArgs = {};
  await record(false, async () => {
    plain = await new Promise((resolve) =>
      pulumi.output(args()).apply((value) => {
        resolve(value);
      }),
    );
  });
  return plain;
}

/** Types of the resources of the door. Names differ: those of a key have the key, and those of a text have a hash. */
function shape(graph: Graph): string[] {
  return ofDoor(graph)
    .map(({ type }) => type)
    .sort();
}

function ofDoor(graph: Graph) {
  return graph.resources.filter(({ name }) => name.startsWith("door"));
}

/** Inputs of the resources whose names have neither key nor hash, without what is made of those names. */
function declared(graph: Graph): readonly (readonly [string, unknown])[] {
  return ofDoor(graph)
    .filter(
      ({ name, type, custom }) =>
        custom && !/caller-|runtime-lock|-(?:out|in)-/.test(name) && type !== TYPES.deployment,
    )
    .map((resource): readonly [string, unknown] => {
      // The code is the same file for both.
      return [resource.name, { ...wire(resource), code: undefined }];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
