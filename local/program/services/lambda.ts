import { TYPES } from "../graph";
import { autoName, idOnly, regionOf, type Service } from "./creation";

export const LAMBDA: Service = {
  [TYPES.function]: (made) => {
    const name = autoName(made);
    const region = regionOf(made);
    const arn = `arn:aws:lambda:${region}:${made.accountId}:function:${name}`;
    const path = (version: string, kind: string) =>
      `arn:aws:apigateway:${region}:lambda:path/${version}/functions/${arn}/${kind}`;
    return {
      id: name,
      name,
      arn,
      version: made.inputs["publish"] === true ? "1" : "$LATEST",
      qualifiedArn: `${arn}:${made.inputs["publish"] === true ? "1" : "$LATEST"}`,
      invokeArn: path("2015-03-31", "invocations"),
      responseStreamingInvokeArn: path("2021-11-15", "response-streaming-invocations"),
    };
  },
  [TYPES.alias]: ({ inputs, region, accountId }) => {
    const [fn, name] = [String(inputs["functionName"]), String(inputs["name"])];
    const arn = `arn:aws:lambda:${region}:${accountId}:function:${fn}:${name}`;
    const invokeArn = `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
    return { id: arn, arn, invokeArn };
  },
  [TYPES.provisionedConcurrency]: ({ inputs }) => ({
    id: `${String(inputs["functionName"])},${String(inputs["qualifier"])}`,
  }),
  [TYPES.functionUrl]: ({ inputs, region, suffix }) => ({
    id: [inputs["functionName"], inputs["qualifier"]]
      .flatMap((part) => (typeof part === "string" ? part : []))
      .join("/"),
    urlId: suffix,
    functionUrl: `https://${suffix}.lambda-url.${region}.on.aws/`,
  }),
  [TYPES.permission]: idOnly,
};
