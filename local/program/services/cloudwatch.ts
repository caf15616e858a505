import { TYPES } from "../graph";
import { autoName, type Service } from "./creation";

export const CLOUDWATCH: Service = {
  [TYPES.dashboard]: ({ inputs, accountId }) => {
    const name = String(inputs["dashboardName"]);
    return { id: name, dashboardArn: `arn:aws:cloudwatch::${accountId}:dashboard/${name}` };
  },
  [TYPES.metricAlarm]: (made) => {
    const name = autoName(made);
    const region = typeof made.inputs["region"] === "string" ? made.inputs["region"] : made.region;
    return { id: name, name, region, arn: `arn:aws:cloudwatch:${region}:${made.accountId}:alarm:${name}` };
  },
};
