import { TYPES } from "../../../../local/program/graph";
import { text, type Account, type Thing } from "../kind";

/** What a deployment holds of an API, beside its resource policy. https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html (believed) */
const DEPLOYED = [
  TYPES.resource,
  TYPES.method,
  TYPES.methodResponse,
  TYPES.integration,
  TYPES.integrationResponse,
  TYPES.response,
  TYPES.authorizer,
  TYPES.model,
  TYPES.requestValidator,
] as const;

/** What a deployment holds of its API. */
export interface Snapshot {
  /** The resource policy; undefined if there is none. */
  readonly policy: unknown;
  /** Whether the API answers at its execute-api address. https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html (seen: "you must deploy your API") */
  readonly executeApi: boolean;
  readonly parts: readonly Thing[];
}

/** What a deployment of the API would hold that is made now. */
export function snapshotOf(api: string, account: Account): Snapshot {
  const { outputs = {} } = account.all(TYPES.restApi).find(({ id }) => id === api) ?? {};
  return {
    policy: account.all(TYPES.restApiPolicy).find(({ id }) => id === api)?.inputs["policy"],
    executeApi: outputs["disableExecuteApiEndpoint"] !== true,
    parts: DEPLOYED.flatMap((type) => ofApi(account, type, api)),
  };
}

/** @throws Error with API Gateway's words, if the API cannot be deployed as it is */
export function refuseDeployment({ inputs }: Thing, account: Account): void {
  if (!account.behaves("deployable")) return;
  const methods = ofApi(account, TYPES.method, text(inputs, "restApi"));
  if (methods.length === 0) throw new Error("BadRequestException: The REST API doesn't contain any methods");
  const served = (method: Thing) => `${text(method.inputs, "resourceId")} ${text(method.inputs, "httpMethod")}`;
  const integrated = new Set(ofApi(account, TYPES.integration, text(inputs, "restApi")).map(served));
  const open = methods.find((method) => !integrated.has(served(method)));
  if (open) throw new Error("BadRequestException: No integration defined for method");
  refuseWithoutPolicy(text(inputs, "restApi"), account);
}

/** A private API cannot be deployed without a policy. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html (seen) */
function refuseWithoutPolicy(id: string, account: Account): void {
  const endpoint = account.all(TYPES.restApi).find((api) => api.id === id)?.inputs["endpointConfiguration"];
  const isPrivate = (endpoint as { types?: string } | undefined)?.types === "PRIVATE";
  if (isPrivate && !account.all(TYPES.restApiPolicy).some((policy) => policy.id === id)) {
    throw new Error("BadRequestException: Private REST API doesn't have a resource policy attached to it");
  }
}

function ofApi(account: Account, type: string, api: string): readonly Thing[] {
  return account.all(type).filter(({ inputs }) => (inputs["restApi"] ?? inputs["restApiId"]) === api);
}
