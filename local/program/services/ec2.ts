import { TYPES } from "../graph";
import { digest, type Creation, type Service } from "./creation";

const named =
  (prefix: string) =>
  ({ suffix, region, accountId }: Creation) => ({
    id: `${prefix}-0000000${suffix}`,
    arn: `arn:aws:ec2:${region}:${accountId}:${prefix}/${prefix}-0000000${suffix}`,
  });

export const EC2: Service = {
  [TYPES.securityGroup]: named("sg"),
  [TYPES.securityGroupEgressRule]: named("sgr"),
  [TYPES.securityGroupIngressRule]: named("sgr"),
  [TYPES.vpcEndpoint]: named("vpce"),
  /** A component that another process builds: its children are not in the graph. */
  [TYPES.vpc]: ({ suffix, inputs }) => ({
    id: "",
    vpcId: `vpc-0000000${suffix}`,
    isolatedSubnetIds: Array.from(
      { length: Number(inputs["numberOfAvailabilityZones"]) },
      (_, zone) => `subnet-0000000${digest(`${suffix} ${String(zone)}`)}`,
    ),
  }),
};
