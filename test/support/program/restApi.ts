import { RestApi, type RestApiArgs } from "../../../components/rest/restApi";

/** Arguments of a REST API without a backend. */
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

/** A REST API without a backend, with the changes of a test. */
export function restApi(change: Partial<RestApiArgs> = {}, name = "api"): RestApi {
  return new RestApi(name, { ...restApiArgs(), ...change });
}
