import type { ChildProcess } from "node:child_process";
import { ENVIRONMENT } from "../../contract/runtime/environment";
import { DOOR_NAMES, type Credentials, type Door, type DoorName, type FrontDoor } from "../../contract/wire/doors";
import type { RuntimeAuth } from "../../contract/runtime/doorPolicy";
import { AgentCore } from "./agentcore/dataPlane";
import { TOKEN_LIFE_SECONDS } from "./cognito/issuer";
import { Issuers } from "./cognito/issuers";
import { restDoor, urlDoor, withRequestLog } from "./doors";
import { Kms } from "./kms/keys";
import { StageDouble } from "./apigateway/stage";
import { text, TYPES, type Graph, type Resource } from "../program/graph";
import { close, listen } from "./http";
import { Iam, sessionArn } from "./iam/iam";
import type { PoolUser } from "./iam/sigv4";
import { logFunctionLine, type OnLog } from "./log";
import { FunctionDouble } from "./lambda/function";
import { provisioned } from "./lambda/invocable";
import { missingLogRights } from "./lambda/logRights";
import { notEmulated } from "./notEmulated";

export interface TargetOptions {
  readonly stack: string;
  readonly region: string;
  readonly agentUrl: string;
  /** What the runtime accepts. */
  readonly runtimeAuth: RuntimeAuth;
  /** Port of the first door; the next doors have the following ports. 0 for free ports. */
  readonly port: number;
  /** What a former deployment gave to its clients, and this one keeps: the ports of its doors, and the caller's key. */
  readonly former?: Pick<FrontDoor, "doors" | "credentials">;
  readonly onLog: OnLog;
  /** Folder for the functions' code; see {@link FunctionOptions.folder}. */
  readonly folder?: string;
  /** Called with each process that runs a function. */
  readonly onSpawn?: (child: ChildProcess) => void;
}

/** A stack deployed into doubles on 127.0.0.1. */
export class Target {
  /** Use {@link Target.deploy}. */
  constructor(
    readonly frontDoor: FrontDoor,
    /** What is declared but not enforced here, one line each. */
    readonly notEmulated: readonly string[],
    /** Creates credentials of another caller, who has no IAM policies of its own: the stack's permissions decide what it may do. */
    readonly addCaller: (arn: string, poolUser?: PoolUser, credentials?: Credentials) => Credentials,
    private readonly functions: readonly FunctionDouble[],
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

  /**
   * Replaces the code of functions. Answers in progress end with the former code.
   *
   * @throws Error if a handler cannot be loaded; that function keeps its former code
   */
  async replaceCode(resources: readonly Resource[]): Promise<void> {
    const updates = resources.map(async (resource) => {
      await this.functions.find(({ arn }) => arn === text(resource, "arn"))?.update(resource);
    });
    await Promise.allSettled(updates);
    await Promise.all(updates);
  }

  /** Closes all doors, stops all processes, and waits for them. */
  async stop(): Promise<void> {
    await stopAll(this.stops);
  }
}

/** The doors of a stack read the same agent. */
function textPathOf(graph: Graph): Pick<Door, "textPath"> {
  for (const { inputs } of graph.all(TYPES.function)) {
    const { variables = {} } = (inputs["environment"] ?? {}) as { variables?: Record<string, string> };
    const dialect = variables[ENVIRONMENT.dialect];
    if (dialect?.startsWith("text:")) return { textPath: dialect.slice("text:".length) };
  }
  return {};
}

async function stopAll(stops: readonly (() => Promise<void>)[]): Promise<void> {
  for (const stop of [...stops].reverse()) await stop();
}

async function deploy(graph: Graph, options: TargetOptions, stops: (() => Promise<void>)[]): Promise<Target> {
  const { region, stack, onLog } = options;
  const iam = new Iam(graph);
  const agentCore = await AgentCore.start(options.agentUrl, options.runtimeAuth, iam, graph, (line, weight) => {
    onLog(`  [agentcore] ${line}`, weight);
  });
  stops.push(() => agentCore.stop());

  const kms = await Kms.start(graph, iam, (line, weight) => {
    onLog(`  [kms] ${line}`, weight);
  });
  stops.push(() => kms.stop());

  const issuers = await Issuers.start(graph);
  stops.push(() => issuers.stop());

  const deploying = graph.all(TYPES.function).map(async (resource) => {
    const credentials = iam.assumeRole(text(resource, "role"), text(resource, "name"));
    for (const right of missingLogRights(graph, resource, iam, credentials.accessKeyId))
      onLog(
        `  [${text(resource, "name")}] On AWS there is no log: the function's role does not allow ${right}.`,
        "news",
      );
    const fn = await FunctionDouble.deploy(resource, {
      region,
      credentials,
      agentCoreUrl: agentCore.url,
      redirects: { ...issuers.redirectsOf(resource), ...kms.redirects },
      warm: provisioned(graph, resource) ?? 1,
      onLog: (name, line) => {
        logFunctionLine(name, line, onLog);
      },
      ...(options.folder !== undefined && { folder: options.folder }),
      ...(options.onSpawn && { onSpawn: options.onSpawn }),
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
    const port = formerPort(options.former, name) ?? (options.port === 0 ? 0 : options.port + doors.length);
    const listening = await listen(withRequestLog(name, serve, onLog), port);
    stops.push(() => close(listening));
    doors.push({ name, url: `${listening.origin}${path}`, auth, ...(apiKey && { apiKey }), ...textPathOf(graph) });
  }
  const principal = namedPrincipal(graph);
  const credentials =
    principal === undefined
      ? // If no permission names a principal, the IAM policies of the account decide who may call, so allow it here.
        // Behind an edge no direct caller may call.
        iam.addCaller(
          `arn:aws:iam::${functions[0]?.arn.split(":")[4] ?? ""}:user/local`,
          declared.some(({ edge }) => edge) ? [] : [INVOKE_ANY_FUNCTION],
          undefined,
          options.former?.credentials,
        )
      : iam.addCaller(callerArn(principal), [], undefined, options.former?.credentials);
  const [issuer] = issuers.all;
  const tokens = issuer && { tokens: { url: issuer.tokenUrl, livesSeconds: TOKEN_LIFE_SECONDS } };
  return new Target(
    { stack, region, doors, credentials, ...tokens },
    notEmulated(graph, options.runtimeAuth),
    (arn, poolUser, credentials) => iam.addCaller(arn, [], poolUser, credentials),
    functions,
    stops,
  );
}

function formerPort(former: TargetOptions["former"], name: DoorName): number | undefined {
  const door = former?.doors.find((each) => each.name === name);
  return door && Number(new URL(door.url).port);
}

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
