import { TYPES } from "../graph";
import { autoName, type Service } from "./creation";

export const SNS: Service = {
  [TYPES.topic]: (made) => {
    const name = autoName(made);
    const arn = `arn:aws:sns:${made.region}:${made.accountId}:${name}`;
    return { id: arn, name, arn };
  },
};
