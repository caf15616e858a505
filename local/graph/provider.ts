import { createHash } from "node:crypto";
import { TYPES } from "./graph";

/** Account and region that the synthesized ARNs stand in. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
}

type Inputs = Readonly<Record<string, unknown>>;
interface State {
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * What the aws provider would answer to the creation of a resource: its id and its computed outputs. Names are made as the
 * provider's auto-naming makes them, but the same in every run.
 *
 * @throws Error naming the type, where the local target does not know it: a silent guess would show a door that AWS does not build
 */
export function create(type: string, name: string, inputs: Inputs, place: Place): State {
  const synthesize = PROVIDER[type];
  if (!synthesize) {
    throw new Error(
      `The local target does not know the resource type ${type} ("${name}"). Add it to local/graph/provider.ts.`,
    );
  }
  const { id, ...outputs } = synthesize({ ...place, type, name, inputs, suffix: digest(`${type} ${name}`) });
  return { id, outputs: { ...inputs, ...outputs } };
}

/** What the provider would answer to a function call. */
export function invoke(token: string, inputs: Inputs, { region, accountId }: Place): Record<string, unknown> {
  const answers: Record<string, Record<string, unknown>> = {
    "aws:index/getRegion:getRegion": { id: region, name: region, region },
    "aws:index/getPartition:getPartition": { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com" },
    "aws:index/getCallerIdentity:getCallerIdentity": {
      id: accountId,
      accountId,
      arn: `arn:aws:iam::${accountId}:user/local`,
      userId: "AIDALOCAL",
    },
  };
  const answer = answers[token];
  if (!answer)
    throw new Error(`The local target does not know the function ${token}. Add it to local/graph/provider.ts.`);
  return { ...inputs, ...answer };
}

interface Creation extends Place {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
  /** Ten lower-case characters, the same in every run. */
  readonly suffix: string;
}

type Synthesis = (creation: Creation) => Record<string, unknown> & { id: string };

const autoName = ({ inputs, name, suffix }: Creation): string =>
  typeof inputs["name"] === "string" ? inputs["name"] : `${name}-${suffix.slice(0, 7)}`;
const idOnly: Synthesis = ({ suffix }) => ({ id: suffix });

const PROVIDER: Readonly<Record<string, Synthesis>> = {
  [TYPES.logGroup]: (made) => {
    const name = autoName(made);
    return { id: name, name, arn: `arn:aws:logs:${made.region}:${made.accountId}:log-group:${name}` };
  },
  [TYPES.role]: (made) => {
    const name = autoName(made);
    return { id: name, name, arn: `arn:aws:iam::${made.accountId}:role/${name}` };
  },
  [TYPES.rolePolicy]: ({ inputs, suffix }) => ({ id: `${String(inputs["role"])}:${suffix}` }),
  [TYPES.function]: (made) => {
    const name = autoName(made);
    const { region } = made;
    const arn = `arn:aws:lambda:${region}:${made.accountId}:function:${name}`;
    const path = (version: string, kind: string) =>
      `arn:aws:apigateway:${region}:lambda:path/${version}/functions/${arn}/${kind}`;
    return {
      id: name,
      name,
      arn,
      invokeArn: path("2015-03-31", "invocations"),
      responseStreamingInvokeArn: path("2021-11-15", "response-streaming-invocations"),
    };
  },
  [TYPES.functionUrl]: ({ inputs, region, suffix }) => ({
    id: String(inputs["functionName"]),
    urlId: suffix,
    functionUrl: `https://${suffix}.lambda-url.${region}.on.aws/`,
  }),
  [TYPES.permission]: idOnly,
  [TYPES.restApi]: ({ region, accountId, suffix }) => ({
    id: suffix,
    rootResourceId: digest(`root ${suffix}`),
    executionArn: `arn:aws:execute-api:${region}:${accountId}:${suffix}`,
    arn: `arn:aws:apigateway:${region}::/restapis/${suffix}`,
  }),
  [TYPES.stage]: ({ inputs, region, accountId }) => {
    const [api, stage] = [String(inputs["restApi"]), String(inputs["stageName"])];
    return {
      id: `ags-${api}-${stage}`,
      arn: `arn:aws:apigateway:${region}::/restapis/${api}/stages/${stage}`,
      invokeUrl: `https://${api}.execute-api.${region}.amazonaws.com/${stage}`,
      executionArn: `arn:aws:execute-api:${region}:${accountId}:${api}/${stage}`,
    };
  },
  [TYPES.apiKey]: (made) => ({
    id: made.suffix,
    name: autoName(made),
    value: createHash("sha256").update(made.suffix).digest("hex").slice(0, 40),
  }),
  [TYPES.model]: (made) => ({ id: made.suffix, name: autoName(made) }),
  [TYPES.requestValidator]: (made) => ({ id: made.suffix, name: autoName(made) }),
  [TYPES.usagePlan]: (made) => ({ id: made.suffix, name: autoName(made) }),
  [TYPES.resource]: idOnly,
  [TYPES.method]: idOnly,
  [TYPES.integration]: idOnly,
  [TYPES.integrationResponse]: idOnly,
  [TYPES.methodResponse]: idOnly,
  [TYPES.response]: idOnly,
  [TYPES.deployment]: idOnly,
  [TYPES.methodSettings]: idOnly,
  [TYPES.usagePlanKey]: idOnly,
  [TYPES.webAcl]: (made) => {
    const name = autoName(made);
    const scope = made.inputs["scope"] === "CLOUDFRONT" ? "global" : "regional";
    return {
      id: made.suffix,
      name,
      arn: `arn:aws:wafv2:${made.region}:${made.accountId}:${scope}/webacl/${name}/${made.suffix}`,
    };
  },
  [TYPES.webAclAssociation]: idOnly,
};

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 10);
}
