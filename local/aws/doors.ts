import { REST_DOOR_NAMES } from "../../contract/config/keys/rest";
import { DOORS, type Door, type DoorName } from "../../contract/wire/doors";
import { identityHeader } from "./apigateway/authorizer";
import type { StageDouble } from "./apigateway/stage";
import { distributionOf, EdgeDouble } from "./cloudfront/edge";
import type { Issuers } from "./cognito/issuers";
import { text, TYPES, type Graph, type Resource } from "../program/graph";
import { close, listen, type Handle } from "./http";
import type { Iam } from "./iam/iam";
import type { OnLog } from "./log";
import type { FunctionDouble } from "./lambda/function";
import { FunctionUrlDouble } from "./lambda/functionUrl";
import { Invocable } from "./lambda/invocable";
import { requestLine, type Served } from "./requestLog";

/** A door that is declared in the graph, with its double. */
export interface DeclaredDoor {
  readonly name: DoorName;
  readonly serve: (...parameters: Parameters<Handle>) => Promise<Served>;
  readonly path: string;
  readonly auth: Door["auth"];
  readonly apiKey?: Door["apiKey"];
  /** The distribution in front of it. */
  readonly edge?: EdgeDouble;
}

/** A stage of a REST API as a door. */
export async function restDoor(
  graph: Graph,
  stage: Resource,
  double: StageDouble | undefined,
  region: string,
  issuers: Issuers,
): Promise<DeclaredDoor> {
  if (!double) throw new Error(`${stage.type} "${stage.name}" was not deployed.`);
  const apiId = stage.inputs["restApi"];
  const streams = graph
    .where(TYPES.integration, "restApi", apiId)
    .some(({ inputs }) => inputs["responseTransferMode"] === "STREAM");
  const name = REST_DOOR_NAMES.find((each) => DOORS[each].buffered !== streams);
  if (!name) throw new Error(`${stage.type} "${stage.name}" is a stage of no REST door.`);
  const methods = graph.where(TYPES.method, "restApi", apiId);
  const withKey = methods.some(({ inputs }) => inputs["apiKeyRequired"] === true);
  const apiKey = withKey ? ({ header: "x-api-key", value: apiKeyFor(graph, stage) } as const) : undefined;
  const [authorizer] = graph.where(TYPES.authorizer, "restApi", apiId);
  const signed = methods.some(({ inputs }) => inputs["authorization"] === "AWS_IAM");
  const door = {
    name,
    serve: (...[request, response]: Parameters<Handle>) => double.serve(request, response),
    path: double.basePath,
  };
  if (apiKey && !authorizer && !signed) return { ...door, auth: { type: "API_KEY", ...apiKey } };
  return {
    ...door,
    auth: authorizer
      ? await bearerAuth(authorizer, issuers)
      : { type: "AWS_IAM", service: DOORS[name].service, region },
    ...(apiKey && { apiKey }),
  };
}

/** A token that the authorizer accepts. If the authorizer's function is not in the stack, any text is accepted. */
async function bearerAuth(authorizer: Resource, issuers: Issuers): Promise<Door["auth"]> {
  const token = (await issuers.of(authorizer)?.token()) ?? "local";
  return { type: "BEARER", header: identityHeader(authorizer.inputs["identitySource"]), value: `Bearer ${token}` };
}

function apiKeyFor(graph: Graph, stage: Resource): string {
  const plan = graph.all(TYPES.usagePlan).find(({ inputs }) => {
    const stages = (inputs["apiStages"] ?? []) as { apiId: string; stage: string }[];
    return stages.some(
      ({ apiId, stage: name }) => apiId === stage.inputs["restApi"] && name === stage.inputs["stageName"],
    );
  });
  const [membership] = plan ? graph.where(TYPES.usagePlanKey, "usagePlanId", plan.id) : [];
  const key = membership && graph.byId(TYPES.apiKey, membership.inputs["keyId"]);
  if (!key) throw new Error(`${stage.type} "${stage.name}" asks for an API key, but no usage plan has a key for it.`);
  return text(key, "value");
}

/** A Function URL as a door, with the distribution in front of it. */
export async function urlDoor(
  graph: Graph,
  url: Resource,
  { functions, iam, issuers }: { functions: readonly FunctionDouble[]; iam: Iam; issuers: Issuers },
  { region, onLog }: { readonly region: string; readonly onLog: OnLog },
  stops: (() => Promise<void>)[],
): Promise<DeclaredDoor> {
  const { functionName, qualifier } = url.inputs as { functionName: string; qualifier?: string };
  const target = Invocable.find(graph, functions, functionName, qualifier);
  if (!target) throw new Error(`${url.type} "${url.name}" names no function or alias of the stack.`);
  const double = new FunctionUrlDouble(url, target, iam, region);
  const distribution = distributionOf(graph, url);
  if (distribution) {
    // The URL has its own port, as on AWS, and only the distribution can call it.
    const listening = await listen(
      withRequestLog(
        "functionUrl",
        (request, response) => double.serve(request, response),
        (line) => {
          onLog(line, "detail");
        },
      ),
    );
    stops.push(() => close(listening));
    const { origin } = listening;
    const credentials = iam.addService(
      `arn:aws:sts::${target.arn.split(":")[4] ?? ""}:assumed-role/${CLOUDFRONT_SESSION}`,
      {
        principal: "cloudfront.amazonaws.com",
        sourceArn: text(distribution, "arn"),
      },
    );
    const edge = new EdgeDouble(graph, distribution, functions, { origin, credentials, region });
    onLog(`  [edge] ${distribution.name} stands in front of the Function URL at ${origin}`, "detail");
    const token = await issuers.ofUrl(url)?.token();
    return {
      name: "streamingUrl",
      serve: (request, response) => edge.serve(request, response),
      path: "",
      auth: { type: "EDGE", ...(token !== undefined && { token }) },
      edge,
    };
  }
  return {
    name: "streamingUrl",
    serve: (request, response) => double.serve(request, response),
    path: "",
    auth: { type: "AWS_IAM", service: DOORS.streamingUrl.service, region },
  };
}

/** The role session with which CloudFront signs, as observed in requests. */
const CLOUDFRONT_SESSION = "OriginAccessControlRole/EdgeCredentialsProxy+EdgeHostAuthenticationClient";

/** Writes a line for each request. */
export function withRequestLog(name: string, serve: DeclaredDoor["serve"], onLog: OnLog): Handle {
  return async (request, response) => {
    const startedAt = Date.now();
    onLog(requestLine(name, request, await serve(request, response), startedAt), "news");
  };
}
