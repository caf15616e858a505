import { RestApi, type RestApiArgs } from "../../../components/rest/restApi";

/** Arguments of a REST API in front of nothing. */
export function restApiArgs(): RestApiArgs {
  return {
    functionName: "fn",
    uri: "uri",
    responseTransferMode: "BUFFERED",
    timeoutMilliseconds: 29_000,
    auth: "iam",
    webAclArn: "arn:aws:wafv2:acl",
    throttle: { rateLimit: 50, burstLimit: 100 },
    logRetentionInDays: 30,
  };
}

/** A REST API in front of nothing, with what a test changes. */
export function restApi(change: Partial<RestApiArgs> = {}, name = "api"): RestApi {
  return new RestApi(name, { ...restApiArgs(), ...change });
}
