import { dnsSuffix, type Place, type Values } from "./kind";

/** What the provider's functions answer in an account and Region. @throws Error naming a function that is not in the table */
export function invoke(token: string, args: Values, { accountId, region, partition }: Place): Values {
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return {
        id: accountId,
        accountId,
        arn: `arn:${partition}:iam::${accountId}:user/deployer`,
        userId: "AIDADEPLOYER",
      };
    case "aws:index/getRegion:getRegion":
      return { id: region, name: region, region };
    case "aws:index/getPartition:getPartition":
      return { id: partition, partition, dnsSuffix: dnsSuffix(partition) };
    case "aws:ec2/getVpc:getVpc":
      return { ...args, cidrBlock: "10.0.0.0/16" };
    default:
      throw new Error(
        `The stand-in provider does not know the function ${token}. Add it to test/engine/provider/invoke.ts.`,
      );
  }
}
