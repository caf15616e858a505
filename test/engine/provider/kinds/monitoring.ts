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
