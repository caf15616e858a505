import { functionVpc } from "../../../policy/rules/functions/vpc";
import { testRule } from "../support/cases";
import { declare, text, unknown, type Declared } from "../support/declare";

const fn = (props: Readonly<Record<string, unknown>>): Declared[] => [
  declare("function", "fn", { handler: "index.handler", ...props }),
];
const published = declare("function", "signer", { runtime: "nodejs22.x", publish: true });
const edge = (defaultCacheBehavior: unknown) => declare("distribution", "edge", { defaultCacheBehavior });
const behaviour = (lambdaArn: unknown) => ({ lambdaFunctionAssociations: [{ lambdaArn }] });

const vpc = (subnetIds: unknown, securityGroupIds: unknown = ["sg-1"]) => ({
  vpcConfig: { subnetIds, securityGroupIds },
});
const isPrivate = { private: true };

testRule(functionVpc, {
  pass: [
    { title: "two subnets and a group", settings: isPrivate, resources: fn(vpc(["subnet-1", "subnet-2"])) },
    { title: "subnets to come", settings: isPrivate, resources: fn(vpc([unknown, unknown], [unknown])) },
    {
      title: "ids to come of two subnets and a group",
      settings: isPrivate,
      modes: ["preview"],
      resources: (() => {
        const network = [declare("subnet", "a"), declare("subnet", "b"), declare("securityGroup", "group")] as const;
        const [a, b, securityGroup] = network;
        const ids = text`${a.out("id")}${b.out("id")}${securityGroup.out("id")}`;
        return [...network, ...fn({ vpcConfig: ids })];
      })(),
    },
    {
      title: "ids to come of a network with two zones",
      settings: isPrivate,
      modes: ["preview"],
      resources: (() => {
        const network = declare("network", "network", { numberOfAvailabilityZones: 2 });
        const group = declare("securityGroup", "group");
        return [network, group, ...fn(vpc(network.out("isolatedSubnetIds"), [group.out("id")]))];
      })(),
    },
    { title: "Lambda's own network, where nobody asks for another", resources: fn({}) },
    {
      title: "a function at the edge",
      settings: isPrivate,
      resources: [published, edge(behaviour(published.out("qualifiedArn")))],
    },
  ],
  fail: [
    { title: "Lambda's own network", settings: isPrivate, resources: fn({}), findings: [["fn", "vpcConfig"]] },
    { title: "one subnet", settings: isPrivate, resources: fn(vpc(["subnet-1"])), findings: [["fn", "vpcConfig"]] },
    {
      title: "no security group",
      settings: isPrivate,
      resources: fn(vpc(["subnet-1", "subnet-2"], [])),
      findings: [["fn", "vpcConfig"]],
    },
    {
      title: "an empty config, as the provider reads it back",
      settings: isPrivate,
      resources: fn(vpc([], [])),
      findings: [["fn", "vpcConfig"]],
    },
  ],
  unknown: [
    {
      title: "ids that come from one subnet",
      settings: isPrivate,
      modes: ["preview"],
      resources: (() => {
        const [subnet, securityGroup] = [declare("subnet", "a"), declare("securityGroup", "group")];
        return [subnet, securityGroup, ...fn({ vpcConfig: text`${subnet.out("id")}${securityGroup.out("id")}` })];
      })(),
      findings: [["fn", "vpcConfig"]],
    },
    {
      title: "ids to come of a network with as many zones as it likes",
      settings: isPrivate,
      modes: ["preview"],
      resources: (() => {
        const network = declare("network", "network");
        return [network, ...fn(vpc(network.out("isolatedSubnetIds")))];
      })(),
      findings: [["fn", "vpcConfig"]],
    },
    {
      title: "how many subnets there will be",
      settings: isPrivate,
      resources: fn(vpc(unknown)),
      findings: [["fn", "vpcConfig"]],
    },
  ],
  notApplicable: [{ title: "a stack without functions", resources: [declare("logGroup", "logs")] }],
});
