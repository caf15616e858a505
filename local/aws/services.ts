import { DOMAINS } from "./apigateway/emulates";
import { EDGE_TLS } from "./cloudfront/emulates";
import { typeNotEmulated, LINES, type Emulates } from "./emulation";
import { TYPES } from "../program/graph";

const network = typeNotEmulated(() => [LINES.network]);
const storage = typeNotEmulated((_, { graph }) =>
  graph.all(TYPES.agentRuntime).length > 0 ? [LINES.sample] : ["S3 buckets and their policies: nothing is stored"],
);

/** Services that have no double. */
export const WITHOUT_DOUBLE: Emulates = {
  [TYPES.logGroup]: {
    enforces: ["name", "namePrefix", "region"],
    gaps: [
      { inputs: ["retentionInDays"], says: () => [LINES.logs] },
      {
        inputs: ["kmsKeyId"],
        says: (groups) =>
          groups.some(({ inputs }) => inputs["kmsKeyId"] !== undefined)
            ? ["the KMS key of the log groups: nothing is encrypted"]
            : [],
      },
    ],
  },
  [TYPES.logDelivery]: typeNotEmulated(() => [
    "access logs of distributions: the edge's requests are named in this terminal only",
  ]),
  [TYPES.logDeliveryDestination]: typeNotEmulated(() => []),
  [TYPES.logDeliverySource]: typeNotEmulated(() => []),
  [TYPES.dashboard]: typeNotEmulated(() => ["the dashboard: there are no metrics to show"]),
  [TYPES.metricAlarm]: typeNotEmulated((alarms) => [
    `${String(alarms.length)} alarms: nothing is measured, and no topic is told`,
  ]),
  [TYPES.topic]: typeNotEmulated((_, { graph }) =>
    graph.all(TYPES.metricAlarm).length > 0 ? [] : ["SNS topics: nobody is told"],
  ),
  [TYPES.vpc]: network,
  [TYPES.vpcEndpoint]: network,
  [TYPES.securityGroup]: network,
  [TYPES.securityGroupEgressRule]: network,
  [TYPES.securityGroupIngressRule]: network,
  [TYPES.record]: typeNotEmulated((_, { graph }) => {
    const lines = [
      ...(graph.all(TYPES.domainName).length > 0 ? [DOMAINS] : []),
      ...(graph.all(TYPES.distribution).length > 0 ? [EDGE_TLS] : []),
    ];
    return lines.length > 0 ? lines : ["DNS records: no name is served"];
  }),
  [TYPES.bucket]: storage,
  [TYPES.bucketEncryption]: storage,
  [TYPES.bucketObject]: storage,
  [TYPES.bucketPolicy]: storage,
  [TYPES.bucketPublicAccessBlock]: storage,
};
