import { LOCAL_USER_ID } from "../../contract/config/placeholders";
import { API_GATEWAY } from "./services/apigateway";
import { BEDROCK } from "./services/bedrock";
import { COGNITO } from "./services/cognito";
import { CLOUDWATCH } from "./services/cloudwatch";
import { CLOUDFRONT } from "./services/cloudfront";
import { EC2 } from "./services/ec2";
import { digest, type Inputs, type Place, type Service } from "./services/creation";
import { IAM } from "./services/iam";
import { KMS } from "./services/kms";
import { LAMBDA } from "./services/lambda";
import { LOGS } from "./services/logs";
import { ROUTE53 } from "./services/route53";
import { S3 } from "./services/s3";
import { SNS } from "./services/sns";
import { WAFV2 } from "./services/wafv2";

const PROVIDER: Service = {
  ...API_GATEWAY,
  ...BEDROCK,
  ...CLOUDFRONT,
  ...CLOUDWATCH,
  ...COGNITO,
  ...EC2,
  ...IAM,
  ...KMS,
  ...LAMBDA,
  ...LOGS,
  ...ROUTE53,
  ...S3,
  ...SNS,
  ...WAFV2,
};

/** True for a component that another process builds. Its outputs come from the provider. */
export function isRemote(type: string): boolean {
  return type in PROVIDER;
}

interface State {
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * The aws provider's answer to the creation of a resource: its id and its computed outputs. Names follow the provider's auto-naming, but
 * are the same in every run.
 *
 * @throws Error with the type if the local target does not know it: a guess could show a door that AWS does not build
 */
export function create(type: string, name: string, inputs: Inputs, place: Place): State {
  // A provider is the engine's own: it has an id and its inputs.
  if (type.startsWith("pulumi:providers:")) return { id: digest(`${type} ${name}`), outputs: inputs };
  const synthesize = PROVIDER[type];
  if (!synthesize) {
    throw new Error(
      `The local target does not know the resource type ${type} ("${name}"). Add it to local/program/services/.`,
    );
  }
  const { id, ...outputs } = synthesize({ ...place, type, name, inputs, suffix: digest(`${type} ${name}`) });
  return { id, outputs: { ...inputs, ...outputs } };
}

/** The provider's answer to a function call. */
export function invoke(token: string, inputs: Inputs, { region, accountId }: Place): Record<string, unknown> {
  const answers: Record<string, Record<string, unknown>> = {
    "aws:index/getRegion:getRegion": { id: region, name: region, region },
    "aws:ec2/getVpc:getVpc": { cidrBlock: "10.0.0.0/16" },
    "aws:index/getPartition:getPartition": { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com" },
    "aws:index/getCallerIdentity:getCallerIdentity": {
      id: accountId,
      accountId,
      arn: `arn:aws:iam::${accountId}:user/local`,
      userId: LOCAL_USER_ID,
    },
  };
  const answer = answers[token];
  if (!answer)
    throw new Error(`The local target does not know the function ${token}. Add it to local/program/provider.ts.`);
  return { ...inputs, ...answer };
}
