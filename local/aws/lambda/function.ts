import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile, copyFile, cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Credentials } from "../../../contract/wire/doors";
import { text, type Resource } from "../../program/graph";
import type { Outcome } from "./runtimeApi";
import { Sandbox, type SandboxSpec } from "./sandbox";

/** Most sandboxes of a function without reserved concurrency. Each is a process of about 50 MB. */
export const LOCAL_CONCURRENCY = 64;

/** The function has reached its concurrency limit. */
export class TooManyRequests extends Error {}

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
}

/** A deployed function: its code, unpacked to disk, and its sandboxes. */
export class FunctionDouble {
  private readonly sandboxes = new Set<Sandbox>();

  private constructor(
    readonly name: string,
    readonly arn: string,
    private readonly spec: SandboxSpec,
    private readonly limit: number,
  ) {}

  /**
   * Unpacks the code and starts a first sandbox, so that a bundle that cannot be loaded fails at once.
   *
   * @throws Error if a required input is missing or the handler cannot be loaded
   */
  static async deploy(resource: Resource, options: FunctionOptions): Promise<FunctionDouble> {
    const name = text(resource, "name");
    const arn = text(resource, "arn");
    const taskRoot = mkdtempSync(join(tmpdir(), "front-door-"));
    await unpack(resource.inputs["code"], taskRoot);
    const {
      timeout = 3,
      memorySize = 128,
      reservedConcurrentExecutions = -1,
    } = resource.inputs as Record<string, number>;
    const { variables = {} } = (resource.inputs["environment"] ?? {}) as { variables?: Record<string, string> };
    const { logFormat = "Text" } = (resource.inputs["loggingConfig"] ?? {}) as { logFormat?: string };
    const fn = new FunctionDouble(
      name,
      arn,
      {
        functionName: name,
        version: text(resource, "version"),
        handler: text(resource, "handler"),
        runtime: text(resource, "runtime"),
        taskRoot,
        memoryMb: memorySize,
        timeoutSeconds: timeout,
        environment: {
          ...ownEndpoints(process.env),
          ...variables,
          AWS_REGION: options.region,
          AWS_DEFAULT_REGION: options.region,
          AWS_ACCESS_KEY_ID: options.credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: options.credentials.secretAccessKey,
          ...(options.credentials.sessionToken !== undefined && {
            AWS_SESSION_TOKEN: options.credentials.sessionToken,
          }),
          AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: options.agentCoreUrl,
          // The sandbox runs on this machine's Node, so the SDK's advice about its version does not apply.
          AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
          LOCAL_REDIRECTS: JSON.stringify(options.redirects ?? {}),
          AWS_LAMBDA_LOG_FORMAT: logFormat === "JSON" ? "JSON" : "TEXT",
        },
        onLog: (line) => {
          options.onLog(name, line);
        },
      },
      reservedConcurrentExecutions >= 0 ? reservedConcurrentExecutions : LOCAL_CONCURRENCY,
    );
    try {
      const warm = Math.min(fn.limit, options.warm ?? 1);
      await Promise.all(Array.from({ length: warm }, () => fn.add({ claimed: false }).boot()));
    } catch (error) {
      await fn.stop();
      throw error;
    }
    return fn;
  }

  /**
   * @param arn the invoked ARN: of the function, or of an alias
   * @throws TooManyRequests if the function has reached its concurrency limit
   */
  async invoke(event: unknown, arn = this.arn): Promise<Outcome> {
    for (;;) {
      for (const sandbox of this.sandboxes) if (sandbox.isDead) this.sandboxes.delete(sandbox);
      const idle = [...this.sandboxes].find((sandbox) => sandbox.isIdle);
      if (idle) return await idle.invoke(event, arn);
      // Reuse a sandbox that is about to be idle: a client that calls again at once must not start another process.
      const returning = [...this.sandboxes].find((sandbox) => sandbox.isReturning);
      if (!returning) break;
      await returning.untilIdle().catch(() => undefined);
    }
    if (this.sandboxes.size >= this.limit) throw new TooManyRequests();
    const sandbox = this.add({ claimed: true });
    await sandbox.boot();
    return await sandbox.invoke(event, arn);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.sandboxes].map((sandbox) => sandbox.stop()));
    rmSync(this.spec.taskRoot, { recursive: true, force: true });
  }

  private add({ claimed }: { claimed: boolean }): Sandbox {
    const sandbox = new Sandbox(this.spec, claimed);
    this.sandboxes.add(sandbox);
    return sandbox;
  }
}

/** Writes an archive to disk, as Lambda unpacks it. */
async function unpack(code: unknown, folder: string): Promise<void> {
  if (code instanceof pulumi.asset.FileArchive) {
    await cp(await code.path, folder, { recursive: true });
    return;
  }
  if (!(code instanceof pulumi.asset.AssetArchive)) {
    throw new Error("The local target runs code from an AssetArchive or a FileArchive of a folder only.");
  }
  for (const [path, asset] of Object.entries(await code.assets)) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    if (asset instanceof pulumi.asset.StringAsset) await writeFile(target, await asset.text);
    else if (asset instanceof pulumi.asset.FileAsset) await copyFile(await asset.path, target);
    else await unpack(asset, target);
  }
}
