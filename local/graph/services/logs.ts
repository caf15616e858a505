import { TYPES } from "../graph";
import { autoName, type Service } from "./creation";

export const LOGS: Service = {
  [TYPES.logGroup]: (made) => {
    const name = autoName(made);
    return { id: name, name, arn: `arn:aws:logs:${made.region}:${made.accountId}:log-group:${name}` };
  },
};
