import { TYPES } from "../graph";
import { autoName, type Service } from "./creation";

export const IAM: Service = {
  [TYPES.role]: (made) => {
    const name = autoName(made);
    const path = typeof made.inputs["path"] === "string" ? made.inputs["path"] : "/";
    return { id: name, name, arn: `arn:aws:iam::${made.accountId}:role${path}${name}` };
  },
  [TYPES.rolePolicy]: ({ inputs, suffix }) => ({ id: `${String(inputs["role"])}:${suffix}` }),
};
