import { typeOf } from "../../model/urn";
import { variablesOf } from "../../aws/functionVariables";
import { secretIn } from "../../aws/secrets";
import { TYPES } from "../../aws/types";
import type { Resource, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { UNKNOWN } from "../../model/value";

const PATH = "environment.variables";
const WANTED = "a name or ARN of a secret, which the function reads when it starts";

/** Resources whose outputs are names, ids and addresses. Of all others an output may be a secret. */
const WITHOUT_SECRETS =
  /^aws:(?:bedrock\/agentcore\w+|cloudfront\/\w+|cloudwatch\/\w+|cognito\/userPool|dynamodb\/\w+|ec2\/\w+|iam\/(?:role|policy)|kms\/(?:key|alias)|lambda\/\w+|s3\/\w+|sns\/\w+|sqs\/\w+):/;

export const functionEnvironmentSecrets = defineRule({
  id: "fd-lambda-function-environment-secrets",
  description: "No environment variable of a function holds a secret.",
  rationale:
    "Whoever may read the function's configuration reads its variables, and Pulumi's state, CloudTrail and consoles show them (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html). Known are the forms of keys and tokens, and names that say that a value is one. A value that is not known yet may be anything, unless all that flows into the variables comes from resources whose outputs are no secrets. The message never shows the value.",
  severity: "critical",
  frameworks: {
    checkov: ["CKV_AWS_45"],
    prowler: ["awslambda_function_no_secrets_in_variables", "awslambda_function_no_secrets_in_code"],
  },
  remediationSteps:
    "Move the value into Secrets Manager or a SecureString parameter, give the function its name or ARN and the right to read it, and replace the secret: it has been in the state.",
  resource: { types: [TYPES.function], check: findings },
  // Only here is known where unknown values come from.
  stack: {
    types: [TYPES.function],
    check: (graph) =>
      graph.all(TYPES.function).flatMap((fn) => [...findings(fn), ...(isFedBySecretless(fn) ? [] : unknowns(fn))]),
  },
});

function findings(fn: Resource): readonly Finding[] {
  const variables = variablesOf(fn);
  if (variables === UNKNOWN) return [];
  return variables.flatMap(([name, value]) => {
    const secret = typeof value === "string" ? secretIn(name, value) : undefined;
    if (secret === undefined) return [];
    const seen = `\`${PATH}.${name}\` holds ${secret} (not shown)`;
    return judge(fn, false, { finding: `${PATH}.${name}`, seen, wanted: WANTED });
  });
}

function unknowns(fn: Resource): readonly Finding[] {
  const variables = variablesOf(fn);
  const names =
    variables === UNKNOWN ? [""] : variables.flatMap(([name, value]) => (value === UNKNOWN ? [`.${name}`] : []));
  return names.flatMap((name) =>
    judge(fn, UNKNOWN, {
      finding: `${PATH}${name}`,
      seen: `\`${PATH}${name}\` is not known before the update`,
      wanted: WANTED,
    }),
  );
}

function isFedBySecretless({ sources }: StackResource): boolean {
  const types = (sources["environment"] ?? []).map(typeOf);
  return types.length > 0 && types.every((type) => WITHOUT_SECRETS.test(type));
}
