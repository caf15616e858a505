import { TYPES } from "../graph";
import { autoName, regionOf, type Service } from "./creation";

export const LOGS: Service = {
  [TYPES.logGroup]: (made) => {
    const name = autoName(made);
    return { id: name, name, arn: `arn:aws:logs:${regionOf(made)}:${made.accountId}:log-group:${name}` };
  },
};
