import { REST_DOOR_NAMES } from "../../contract/config/rest";
import {
  DOOR_NAMES,
  DOORS,
  type Credentials,
  type Door,
  type DoorName,
  type FrontDoor,
} from "../../contract/wire/doors";
import type { RuntimeAuth } from "../../contract/runtime/doorPolicy";
import { AgentCore } from "./agentcore/dataPlane";
import { TOKEN_LIFE_SECONDS } from "./cognito/issuer";
import { Issuers } from "./cognito/issuers";
import { distributionOf, EdgeDouble } from "./cloudfront/edge";
import { Kms } from "./kms/keys";
import { FunctionUrlDouble } from "./lambda/functionUrl";
import { identityHeader } from "./apigateway/authorizer";
import { StageDouble } from "./apigateway/stage";
import { text, TYPES, type Graph, type Resource } from "../program/graph";
import { close, listen, type Handle } from "./http";
import { Iam, sessionArn } from "./iam/iam";
import { FunctionDouble } from "./lambda/function";
import { Invocable, provisioned } from "./lambda/invocable";
import { missingLogRights } from "./lambda/logRights";
import { notEmulated } from "./notEmulated";
import { requestLine, type Served } from "./requestLog";

export interface TargetOptions {
  readonly stack: string;
  readonly region: string;
  readonly agentUrl: string;
  /** What the runtime accepts. */
  readonly runtimeAuth: RuntimeAuth;
  /** Port of the first door; the next doors have the following ports. 0 for free ports. */
  readonly port: number;
  readonly onLog: (line: string) => void;
}

/** A door that is declared in the graph, with its double. */
interface DeclaredDoor {
  readonly name: DoorName;
  readonly serve: (...parameters: Parameters<Handle>) => Promise<Served>;
  readonly path: string;
  readonly auth: Door["auth"];
  readonly apiKey?: Door["apiKey"];
  /** The distribution in front of it. */
  readonly edge?: EdgeDouble;
}

/** A stack deployed into doubles on 127.0.0.1. */
export class Target {
  /** Use {@link Target.deploy}. */
  constructor(
    readonly frontDoor: FrontDoor,
    /** What is declared but not enforced here, one line each. */
    readonly notEmulated: readonly string[],
    /** Creates credentials of another caller, who has no IAM policies of its own: the stack's permissions decide what it may do. */
    readonly addCaller: (arn: string) => Credentials,
    private readonly stops: readonly (() => Promise<void>)[],
  ) {}

  /**
   * Deploys the graph.
   *
   * @throws Error if something in it cannot run; everything that was started is stopped first
   */
  static async deploy(graph: Graph, options: TargetOptions): Promise<Target> {
    const stops: (() => Promise<void>)[] = [];
    try {
      return await deploy(graph, options, stops);
    } catch (error) {
      await stopAll(stops);
      throw error;
    }
  }

  /** Closes all doors, stops all processes, and waits for them. */
  async stop(): Promise<void> {
    await stopAll(this.stops);
  }
}

async function stopAll(stops: readonly (() => Promise<void>)[]): Promise<void> {
  for (const stop of [...stops].reverse()) await stop();
}

async function deploy(graph: Graph, options: TargetOptions, stops: (() => Promise<void>)[]): Promise<Target> {
  const { region, stack, onLog } = options;
  const iam = new Iam(graph);
  const agentCore = await AgentCore.start(options.agentUrl, options.runtimeAuth, iam, graph, (line) => {
    onLog(`  [agentcore] ${line}`);
  });
  stops.push(() => agentCore.stop());

  const kms = await Kms.start(graph, iam, (line) => {
    onLog(`  [kms] ${line}`);
  });
  stops.push(() => kms.stop());

  const issuers = await Issuers.start(graph);
  stops.push(() => issuers.stop());

  const deploying = graph.all(TYPES.function).map(async (resource) => {
    const credentials = iam.assumeRole(text(resource, "role"), text(resource, "name"));
    for (const right of missingLogRights(graph, resource, iam, credentials.accessKeyId))
      onLog(`  [${text(resource, "name")}] On AWS there is no log: the function's role does not allow ${right}.`);
    const fn = await FunctionDouble.deploy(resource, {
      region,
      credentials,
      agentCoreUrl: agentCore.url,
      redirects: { ...issuers.redirectsOf(resource), ...kms.redirects },
      warm: provisioned(graph, resource) ?? 1,
      onLog: (name, line) => {
        onLog(`  [${name}] ${line}`);
      },
    });
    stops.push(() => fn.stop());
    return fn;
  });
  // Wait for all of them: if one fails, those that are still starting must be stopped as well.
  await Promise.allSettled(deploying);
  const functions = await Promise.all(deploying);

  const stages = graph.all(TYPES.stage).map((stage) => new StageDouble(graph, stage, functions, iam, region, issuers));
  const declared = [
    ...(await Promise.all(
      graph.all(TYPES.stage).map((stage, index) => restDoor(graph, stage, stages[index], region, issuers)),
    )),
    ...(await Promise.all(
      graph.all(TYPES.functionUrl).map((url) => urlDoor(graph, url, { functions, iam, issuers }, options, stops)),
    )),
  ].sort((a, b) => DOOR_NAMES.indexOf(a.name) - DOOR_NAMES.indexOf(b.name));
  const doors: Door[] = [];
  for (const { name, serve, path, auth, apiKey } of declared) {
    const port = options.port === 0 ? 0 : options.port + doors.length;
    const listening = await listen(withRequestLog(name, serve, onLog), port);
    stops.push(() => close(listening));
    doors.push({ name, url: `${listening.origin}${path}`, auth, ...(apiKey && { apiKey }) });
  }
  const principal = namedPrincipal(graph);
  const credentials =
    principal === undefined
      ? // If no permission names a principal, the IAM policies of the account decide who may call, so allow it here.
        // Behind an edge no direct caller may call.
        iam.addCaller(
          `arn:aws:iam::${functions[0]?.arn.split(":")[4] ?? ""}:user/local`,
          declared.some(({ edge }) => edge) ? [] : [INVOKE_ANY_FUNCTION],
        )
      : iam.addCaller(callerArn(principal), []);
  const [issuer] = issuers.all;
  const tokens = issuer && { tokens: { url: issuer.tokenUrl, livesSeconds: TOKEN_LIFE_SECONDS } };
  return new Target(
    { stack, region, doors, credentials, ...tokens },
    notEmulated(graph, options.runtimeAuth),
    (arn) => iam.addCaller(arn, []),
    stops,
  );
}

async function restDoor(
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

async function urlDoor(
  graph: Graph,
  url: Resource,
  { functions, iam, issuers }: { functions: readonly FunctionDouble[]; iam: Iam; issuers: Issuers },
  { region, onLog }: TargetOptions,
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
      withRequestLog("functionUrl", (request, response) => double.serve(request, response), onLog),
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
    onLog(`  [edge] ${distribution.name} stands in front of the Function URL at ${origin}`);
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

const INVOKE_ANY_FUNCTION = { Effect: "Allow", Action: "lambda:Invoke*", Resource: "*" } as const;

/** The first IAM principal that a permission names. The printed credentials are this principal's. */
function namedPrincipal(graph: Graph): string | undefined {
  const principals = graph.all(TYPES.permission).map(({ inputs }) => String(inputs["principal"]));
  return principals.find((text) => text.startsWith("arn:") || /^\d{12}$/.test(text));
}

function callerArn(principal: string): string {
  if (/^\d{12}$/.test(principal)) return `arn:aws:iam::${principal}:user/local`;
  return sessionArn(principal.replace(/:root$/, ":user/local"), "local");
}

function withRequestLog(name: string, serve: DeclaredDoor["serve"], onLog: (line: string) => void): Handle {
  return async (request, response) => {
    const startedAt = Date.now();
    onLog(requestLine(name, request, await serve(request, response), startedAt));
  };
}
