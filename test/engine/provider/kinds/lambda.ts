import { hasFunctionUrls } from "../../../../contract/aws/regions";
import { TYPES } from "../../../../local/program/graph";
import {
  arn,
  dnsSuffix,
  regionOf,
  text,
  type Account,
  type Kinds,
  type Making,
  type Thing,
  type Values,
} from "../kind";
import { attachInterfaces } from "./interfaces";
import { refuseRole } from "./iam";
import { NAME, SHORT_NAME, STATEMENT_ID } from "./names";

/** The most that AWS takes, bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (believed) */
const FUNCTION_POLICY_BYTES = 20_480;

const invokeArn = (making: Making, target: string, version: string, kind: string) =>
  `arn:${making.partition}:apigateway:${regionOf(making)}:lambda:path/${version}/functions/${target}/${kind}`;

const aliasOrFunction = ({ inputs }: Pick<Making, "inputs">, fn: "function" | "functionName") => {
  const qualifier = text(inputs, "qualifier");
  return qualifier === "" ? text(inputs, fn) : `${text(inputs, fn)}/${qualifier}`;
};

export const LAMBDA: Kinds = {
  [TYPES.function]: {
    named: SHORT_NAME,
    replaces: ["name", "packageType"],
    renewed: ["version", "qualifiedArn", "lastModified", "sourceCodeHash"],
    make: (making) => {
      const name = text(making.inputs, "name");
      const own = arn(making, "lambda", `function:${name}`);
      const version = making.inputs["publish"] === true ? String(making.count(`version of ${name}`)) : "$LATEST";
      return {
        id: name,
        arn: own,
        version,
        qualifiedArn: `${own}:${version}`,
        invokeArn: invokeArn(making, own, "2015-03-31", "invocations"),
        responseStreamingInvokeArn: invokeArn(making, own, "2021-11-15", "response-streaming-invocations"),
      };
    },
    refuse: (thing, account) => {
      refuseRole(text(thing.inputs, "role"), account);
      refuseReservation(thing, account);
    },
    effect: attachInterfaces,
  },
  [TYPES.alias]: {
    named: NAME,
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
    replaces: ["functionName", "qualifier"],
    make: ({ inputs }) => ({ id: `${text(inputs, "functionName")},${text(inputs, "qualifier")}` }),
    puts: true,
  },
  // A URL belongs to function and qualifier: another alias has another. https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html (seen in terraform-provider-aws, internal/service/lambda/function_url.go)
  [TYPES.functionUrl]: {
    replaces: ["functionName", "qualifier"],
    make: (making) => {
      const target = aliasOrFunction(making, "functionName");
      const urlId = making.behaves("urlIdentity")
        ? making.random(32)
        : Buffer.from(text(making.inputs, "functionName")).toString("hex").slice(-32);
      const suffix = making.partition === "aws" ? "on.aws" : dnsSuffix(making.partition);
      return {
        id: target,
        urlId,
        functionArn: arn(making, "lambda", `function:${text(making.inputs, "functionName")}`),
        functionUrl: `https://${urlId}.lambda-url.${regionOf(making)}.${suffix}/`,
      };
    },
    refuse: ({ outputs }, account) => {
      if (!hasFunctionUrls(text(outputs, "region")) && account.behaves("urlRegions")) {
        throw new Error("AccessDeniedException: Unable to determine service/operation name to be authorized");
      }
    },
  },
  // Every property replaces, `principal` without suppression; it is read back as AWS returns it.
  // Seen: terraform-provider-aws, internal/service/lambda/permission.go.
  [TYPES.permission]: {
    named: STATEMENT_ID,
    replaces: "all",
    make: ({ inputs, partition, behaves }) => ({
      id: text(inputs, "statementId"),
      ...(behaves("returnedForms") && { principal: returned(text(inputs, "principal"), partition) }),
    }),
    unique: (making) => `${aliasOrFunction(making, "function")} ${text(making.inputs, "statementId")}`,
    refuse: refusePolicySize,
  },
};

function returned(principal: string, partition: string): string {
  return principal.replace(/^\d{12}$/, (account) => `arn:${partition}:iam::${account}:root`);
}

/** The text is AWS's own, as public issues quote it. */
function refuseReservation({ id, inputs }: Thing, account: Account): void {
  const reserved = (values: Values) => Math.max(0, Number(values["reservedConcurrentExecutions"] ?? 0));
  const others = account.all(TYPES.function).filter((fn) => fn.id !== id);
  const { quota, unreserved } = account.settings.concurrency;
  const left = quota - others.reduce((sum, fn) => sum + reserved(fn.inputs), reserved(inputs));
  if (reserved(inputs) > 0 && left < unreserved && account.behaves("concurrencyQuota")) {
    throw new Error(
      `InvalidParameterValueException: Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${String(unreserved)}].`,
    );
  }
}

function refusePolicySize(thing: Thing, account: Account): void {
  const target = aliasOrFunction(thing, "function");
  const statements = account.all(TYPES.permission).filter((other) => aliasOrFunction(other, "function") === target);
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Id: "default",
    Statement: [...statements, thing].map(({ outputs }) => statement(outputs, account)),
  });
  if (policy.length > FUNCTION_POLICY_BYTES && account.behaves("functionPolicySize")) {
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
