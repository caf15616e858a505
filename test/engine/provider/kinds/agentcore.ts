import { TYPES } from "../../../../local/program/graph";
import { arn, text, type Kinds } from "../kind";
import { refuseRole } from "./iam";

/** https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_PutResourcePolicy.html (seen) */
const POLICY_LETTERS = 20_480;

export const AGENTCORE: Kinds = {
  [TYPES.agentRuntime]: {
    replaces: ["agentRuntimeName"],
    renewed: ["agentRuntimeVersion"],
    make: (making) => {
      const id = `${text(making.inputs, "agentRuntimeName")}-${making.random(10)}`;
      return {
        id,
        agentRuntimeId: id,
        agentRuntimeArn: arn(making, "bedrock-agentcore", `runtime/${id}`),
        agentRuntimeVersion: "1",
      };
    },
    unique: ({ inputs }) => text(inputs, "agentRuntimeName"),
    refuse: ({ inputs }, account) => {
      refuseRole(text(inputs, "roleArn"), account);
    },
  },
  // PutResourcePolicy and DeleteResourcePolicy know the ARN of the resource and nothing else: what is there is replaced, or gone, whoever
  // put it. https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_PutResourcePolicy.html (seen)
  [TYPES.resourcePolicy]: {
    replaces: ["resourceArn"],
    make: ({ inputs }) => ({ id: text(inputs, "resourceArn") }),
    puts: true,
    // The page: a principal that does not exist is refused (believed to hold for roles of the own account alone).
    refuse: ({ inputs }, account) => {
      if (text(inputs, "policy").length > POLICY_LETTERS && account.behaves("policyLength"))
        throw new Error("ValidationException: policy is too long");
      const { partition, accountId } = account.place;
      const { Statement: statements } = JSON.parse(text(inputs, "policy")) as {
        Statement: { Principal: "*" | { AWS: string | string[] } }[];
      };
      const roles = new Set(account.all(TYPES.role).map(({ outputs }) => outputs["arn"]));
      const stranger = statements
        .flatMap(({ Principal }) => (Principal === "*" ? [] : Principal.AWS))
        .find((each) => each.startsWith(`arn:${partition}:iam::${accountId}:role/`) && !roles.has(each));
      if (stranger !== undefined && account.behaves("principalsExist"))
        throw new Error(`ValidationException: Invalid principal in policy: ${stranger}`);
    },
  },
};
