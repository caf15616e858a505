import { TYPES } from "../graph";
import { autoName, type Service } from "./creation";

export const IAM: Service = {
  [TYPES.role]: (made) => {
    const name = autoName(made);
    return { id: name, name, arn: `arn:aws:iam::${made.accountId}:role/${name}` };
  },
  [TYPES.rolePolicy]: ({ inputs, suffix }) => ({ id: `${String(inputs["role"])}:${suffix}` }),
};
