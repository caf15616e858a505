import { TYPES } from "../../../../local/program/graph";
import { arn, dnsSuffix, regionOf, text, type Account, type Kinds, type Making, type Thing } from "../kind";
import { NAME, SHORT_NAME, STATEMENT_ID } from "./names";

/** The most that AWS takes, bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (believed) */
const FUNCTION_POLICY_BYTES = 20_480;

const invokeArn = (making: Making, target: string, version: string, kind: string) =>
  `arn:${making.partition}:apigateway:${regionOf(making)}:lambda:path/${version}/functions/${target}/${kind}`;

const aliasOrFunction = ({ inputs }: Pick<Making, "inputs">, fn: "function" | "functionName") => {
  const qualifier = text(inputs, "qualifier");
  return qualifier === "" ? text(inputs, fn) : `${text(inputs, fn)}/${qualifier}`;
};

/** Versions of functions, counted up as they are published. */
let versions = 0;

export const LAMBDA: Kinds = {
  [TYPES.function]: {
    named: SHORT_NAME,
    required: ["role"],
    replaces: ["name", "packageType"],
    renewed: ["version", "qualifiedArn", "lastModified", "sourceCodeHash"],
    make: (making) => {
      const name = text(making.inputs, "name");
      const own = arn(making, "lambda", `function:${name}`);
      const version = making.inputs["publish"] === true ? String(++versions) : "$LATEST";
      return {
        id: name,
        arn: own,
        version,
        qualifiedArn: `${own}:${version}`,
        invokeArn: invokeArn(making, own, "2015-03-31", "invocations"),
        responseStreamingInvokeArn: invokeArn(making, own, "2021-11-15", "response-streaming-invocations"),
      };
    },
  },
  [TYPES.alias]: {
    named: NAME,
    required: ["functionName", "functionVersion"],
    // Believed: terraform-provider-aws, internal/service/lambda/alias.go.
    replaces: ["functionName", "name"],
    make: (making) => {
      const own = arn(
        making,
        "lambda",
        `function:${text(making.inputs, "functionName")}:${text(making.inputs, "name")}`,
      );
      return {
        id: own,
        arn: own,
        invokeArn: invokeArn(making, own, "2015-03-31", "invocations"),
        responseStreamingInvokeArn: invokeArn(making, own, "2021-11-15", "response-streaming-invocations"),
      };
    },
  },
  [TYPES.provisionedConcurrency]: {
    required: ["functionName", "qualifier", "provisionedConcurrentExecutions"],
    replaces: ["functionName", "qualifier"],
    make: ({ inputs }) => ({ id: `${text(inputs, "functionName")},${text(inputs, "qualifier")}` }),
    puts: true,
  },
  // A URL belongs to function and qualifier: another alias has another. https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html (seen in terraform-provider-aws, internal/service/lambda/function_url.go)
  [TYPES.functionUrl]: {
    required: ["functionName", "authorizationType"],
    replaces: ["functionName", "qualifier"],
    make: (making) => {
      const urlId = making.random(32);
      const suffix = making.partition === "aws" ? "on.aws" : dnsSuffix(making.partition);
      return {
        id: aliasOrFunction(making, "functionName"),
        urlId,
        functionArn: arn(making, "lambda", `function:${text(making.inputs, "functionName")}`),
        functionUrl: `https://${urlId}.lambda-url.${regionOf(making)}.${suffix}/`,
      };
    },
  },
  // Every property replaces, `principal` without suppression; it is read back as AWS returns it.
  // Seen: terraform-provider-aws, internal/service/lambda/permission.go.
  [TYPES.permission]: {
    named: STATEMENT_ID,
    required: ["action", "function", "principal"],
    replaces: "all",
    make: ({ inputs, partition }) => ({
      id: text(inputs, "statementId"),
      principal: text(inputs, "principal").replace(/^\d{12}$/, (account) => `arn:${partition}:iam::${account}:root`),
    }),
    unique: (making) => `${aliasOrFunction(making, "function")} ${text(making.inputs, "statementId")}`,
    refuse: (thing, account) => {
      const statementId = text(thing.inputs, "statementId");
      if (!/^[A-Za-z0-9_-]{1,100}$/.test(statementId)) {
        throw new Error(`"statement_id" must be 1 to 100 letters, digits, hyphens and underscores: ${statementId}`);
      }
      refusePolicySize(thing, account);
    },
  },
};

function refusePolicySize(thing: Thing, account: Account): void {
  const target = aliasOrFunction(thing, "function");
  const statements = account.all(TYPES.permission).filter((other) => aliasOrFunction(other, "function") === target);
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Id: "default",
    Statement: [...statements, thing].map(({ outputs }) => statement(outputs, account)),
  });
  if (policy.length > FUNCTION_POLICY_BYTES) {
    throw new Error(
      `PolicyLengthExceededException: The final policy size (${String(policy.length)}) is bigger than the limit (${String(FUNCTION_POLICY_BYTES)}).`,
    );
  }
}

/** A permission as it stands in the function's policy. https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html (believed) */
function statement(outputs: Thing["outputs"], { place }: Account) {
  const principal = text(outputs, "principal");
  return {
    Sid: outputs["statementId"],
    Effect: "Allow",
    Principal: principal.endsWith(".amazonaws.com") ? { Service: principal } : { AWS: principal },
    Action: outputs["action"],
    Resource: `arn:${place.partition}:lambda:${place.region}:${place.accountId}:function:${aliasOrFunction({ inputs: outputs }, "function").replace("/", ":")}`,
    Condition: {
      ...(outputs["functionUrlAuthType"] !== undefined && {
        StringEquals: { "lambda:FunctionUrlAuthType": outputs["functionUrlAuthType"] },
      }),
      ...(outputs["invokedViaFunctionUrl"] === true && { Bool: { "lambda:InvokedViaFunctionUrl": "true" } }),
      ...(outputs["sourceArn"] !== undefined && { ArnLike: { "AWS:SourceArn": outputs["sourceArn"] } }),
    },
  };
}
