import { dnsSuffixOf } from "./partitions";

/** Parts of the ARN of a Lambda function. */
export interface FunctionArn {
  readonly region: string;
  /** The ARN without alias or version. */
  readonly arn: string;
  readonly qualifier: string | undefined;
}

const FUNCTION_ARN =
  /^(arn:aws(?:-[a-z]+)*:lambda:([a-z0-9-]+):[0-9]{12}:function:[A-Za-z0-9_-]{1,64})(?::([A-Za-z0-9_-]{1,128}))?$/;

/** @returns undefined if the text is not the ARN of a function, or if it names `$LATEST` */
export function parseFunctionArn(text: string): FunctionArn | undefined {
  const [, arn, region, qualifier] = FUNCTION_ARN.exec(text) ?? [];
  return arn !== undefined && region !== undefined ? { arn, region, qualifier } : undefined;
}

/** Host of Lambda's API in a Region. https://docs.aws.amazon.com/general/latest/gr/lambda-service.html */
export function lambdaHost(region: string): string {
  return `lambda.${region}.${dnsSuffixOf(region)}`;
}
