import { TYPES } from "../../../../local/program/graph";
import { arn, text, type Kinds } from "../kind";
import { NAME } from "./names";

export const MONITORING: Kinds = {
  [TYPES.logGroup]: {
    named: NAME,
    replaces: ["name", "namePrefix", "logGroupClass"],
    make: (making) => {
      const name = text(making.inputs, "name");
      return { id: name, arn: arn(making, "logs", `log-group:${name}`) };
    },
  },
  [TYPES.logDeliverySource]: {
    named: NAME,
    replaces: ["name", "logType", "resourceArn"],
    make: (making) => {
      const name = text(making.inputs, "name");
      return { id: name, arn: arn(making, "logs", `delivery-source:${name}`), service: "cloudfront" };
    },
    // A distribution has one source. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html (believed)
    unique: ({ inputs }) => text(inputs, "resourceArn"),
  },
  [TYPES.logDeliveryDestination]: {
    named: NAME,
    replaces: ["name", "outputFormat"],
    make: (making) => {
      const name = text(making.inputs, "name");
      return { id: name, arn: arn(making, "logs", `delivery-destination:${name}`) };
    },
    puts: true,
  },
  [TYPES.logDelivery]: {
    replaces: ["deliverySourceName", "deliveryDestinationArn"],
    make: (making) => {
      const id = making.random(16);
      return { id, arn: arn(making, "logs", `delivery:${id}`) };
    },
  },
  [TYPES.dashboard]: {
    replaces: ["dashboardName"],
    make: ({ inputs, partition, accountId }) => {
      const name = text(inputs, "dashboardName");
      return { id: name, dashboardArn: `arn:${partition}:cloudwatch::${accountId}:dashboard/${name}` };
    },
    puts: true,
  },
  [TYPES.metricAlarm]: {
    named: NAME,
    replaces: ["name"],
    make: (making) => {
      const name = text(making.inputs, "name");
      return { id: name, arn: arn(making, "cloudwatch", `alarm:${name}`) };
    },
    puts: true,
  },
  [TYPES.topic]: {
    named: NAME,
    replaces: ["name", "namePrefix", "fifoTopic"],
    make: (making) => {
      const own = arn(making, "sns", text(making.inputs, "name"));
      return { id: own, arn: own };
    },
  },
};
