import type { ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Credentials } from "../../../contract/wire/doors";
import { plainArchive } from "../../program/archive";
import { text, type Resource } from "../../program/graph";
import { Fleet } from "./fleet";
import type { Outcome } from "./runtimeApi";

export { TooManyRequests } from "./fleet";

/** Most sandboxes of a function without reserved concurrency. Each is a process of about 50 MB. */
export const LOCAL_CONCURRENCY = 64;

/** Stand-ins of other services that the user runs, for code of the stack: the SDK's variables. */
function ownEndpoints(environment: NodeJS.ProcessEnv): Record<string, string> {
  const named = Object.entries(environment).filter(([name]) => name.startsWith("AWS_ENDPOINT_URL_"));
  return Object.fromEntries(named) as Record<string, string>;
}

export interface FunctionOptions {
  readonly region: string;
  /** The role's credentials. */
  readonly credentials: Credentials;
  /** URL of the AgentCore data plane, for the AWS SDK. */
  readonly agentCoreUrl: string;
  /** URLs that a double serves instead of the real server. */
  readonly redirects?: Readonly<Record<string, string>>;
  readonly onLog: (functionName: string, line: string) => void;
  /**
   * Number of sandboxes at the start, as for provisioned concurrency.
   *
   * @default 1
   */
  readonly warm?: number;
  /**
   * Folder for the unpacked code.
   *
   * @default - the folder for temporary files
   */
  readonly folder?: string;
  /** Called with each process that runs the function. */
  readonly onSpawn?: (child: ChildProcess) => void;
}

/** A deployed function: its code, unpacked to disk, and its sandboxes. */
export class FunctionDouble {
  private constructor(
    readonly name: string,
    readonly arn: string,
    private fleet: Fleet,
    private readonly options: FunctionOptions,
  ) {}

  /** Versions that still answer. */
  private readonly former = new Set<Fleet>();

  /**
   * Unpacks the code and starts a first sandbox, so that a bundle that cannot be loaded fails at once.
   *
   * @throws Error if a required input is missing or the handler cannot be loaded
   */
  static async deploy(resource: Resource, options: FunctionOptions): Promise<FunctionDouble> {
    return new FunctionDouble(
      text(resource, "name"),
      text(resource, "arn"),
      await startFleet(resource, options),
      options,
    );
  }

  /**
   * Replaces the code. Answers in progress end with the former code.
   *
   * @throws Error if the handler cannot be loaded; the former code stays then
   */
  async update(resource: Resource): Promise<void> {
    const former = this.fleet;
    this.fleet = await startFleet(resource, this.options);
    this.former.add(former);
    void former.retire().finally(() => this.former.delete(former));
  }

  /**
   * @param arn the invoked ARN: of the function, or of an alias
   * @throws TooManyRequests if the function has reached its concurrency limit
   */
  async invoke(event: unknown, arn = this.arn): Promise<Outcome> {
    return await this.fleet.invoke(event, arn);
  }

  async stop(): Promise<void> {
    await Promise.all([this.fleet, ...this.former].map((fleet) => fleet.stop()));
  }
}

async function startFleet(resource: Resource, options: FunctionOptions): Promise<Fleet> {
  const taskRoot = mkdtempSync(join(options.folder ?? tmpdir(), "front-door-"));
  const {
    timeout = 3,
    memorySize = 128,
    reservedConcurrentExecutions = -1,
  } = resource.inputs as Record<string, number>;
  const limit = reservedConcurrentExecutions >= 0 ? reservedConcurrentExecutions : LOCAL_CONCURRENCY;
  const name = text(resource, "name");
  await unpack(resource.inputs["code"], taskRoot);
  const spec = {
    functionName: name,
    version: text(resource, "version"),
    handler: text(resource, "handler"),
    runtime: text(resource, "runtime"),
    taskRoot,
    memoryMb: memorySize,
    timeoutSeconds: timeout,
    environment: environmentOf(resource, options),
    onLog: (line: string) => {
      options.onLog(name, line);
    },
    ...(options.onSpawn && { onSpawn: options.onSpawn }),
  };
  return await Fleet.start(spec, limit, Math.min(limit, options.warm ?? 1));
}

function environmentOf({ inputs }: Resource, options: FunctionOptions): Record<string, string> {
  const { variables = {} } = (inputs["environment"] ?? {}) as { variables?: Record<string, string> };
  const { logFormat = "Text" } = (inputs["loggingConfig"] ?? {}) as { logFormat?: string };
  const { region, credentials, agentCoreUrl, redirects = {} } = options;
  return {
    ...ownEndpoints(process.env),
    ...variables,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: agentCoreUrl,
    // The sandbox runs on this machine's Node, so the SDK's advice about its version does not apply.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    LOCAL_REDIRECTS: JSON.stringify(redirects),
    AWS_LAMBDA_LOG_FORMAT: logFormat === "JSON" ? "JSON" : "TEXT",
  };
}

/** Writes an archive to disk, as Lambda unpacks it. */
async function unpack(code: unknown, folder: string): Promise<void> {
  const archive = plainArchive(code);
  if (!archive) {
    throw new Error("The local target runs code from an AssetArchive or a FileArchive of a folder only.");
  }
  for (const [path, file] of Object.entries(archive.files)) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    if ("text" in file) await writeFile(target, file.text);
    else await cp(file.path, target, { recursive: true });
  }
}
