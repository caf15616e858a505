import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile, copyFile, cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Credentials } from "../../../contract/wire/doors";
import { text, type Resource } from "../../program/graph";
import type { Outcome } from "./runtimeApi";
import { Sandbox, type SandboxSpec } from "./sandbox";

/** Sandboxes of one function at the most, where it reserves no concurrency: each is a process of about 50 MB. */
export const LOCAL_CONCURRENCY = 64;

/** The function has as many invocations under way as it may. */
export class TooManyRequests extends Error {}

export interface FunctionOptions {
  readonly region: string;
  /** The role's credentials. */
  readonly credentials: Credentials;
  /** Where the AWS SDK finds the AgentCore data plane. */
  readonly agentCoreUrl: string;
  /** URLs whose content the function gets from a double instead. */
  readonly redirects?: Readonly<Record<string, string>>;
  readonly onLog: (functionName: string, line: string) => void;
  /**
   * Sandboxes to start with, as provisioned concurrency keeps them.
   * @default 1
   */
  readonly warm?: number;
}

/** A deployed function: its code on disk as it would be uploaded, and its sandboxes. */
export class FunctionDouble {
  private readonly sandboxes = new Set<Sandbox>();

  private constructor(
    readonly name: string,
    readonly arn: string,
    private readonly spec: SandboxSpec,
    private readonly limit: number,
  ) {}

  /**
   * Unpacks the code and starts a first sandbox, so that a bundle that cannot be loaded is found now.
   *
   * @throws Error where a required input is missing or the handler cannot be loaded
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
          ...variables,
          AWS_REGION: options.region,
          AWS_DEFAULT_REGION: options.region,
          AWS_ACCESS_KEY_ID: options.credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: options.credentials.secretAccessKey,
          ...(options.credentials.sessionToken !== undefined && {
            AWS_SESSION_TOKEN: options.credentials.sessionToken,
          }),
          AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: options.agentCoreUrl,
          // The sandbox runs on this machine's Node, not on the function's runtime; the SDK's advice is not for the reader here.
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
   * @param arn what was invoked: the function, or an alias of it
   * @throws TooManyRequests beyond the function's concurrency
   */
  async invoke(event: unknown, arn = this.arn): Promise<Outcome> {
    for (;;) {
      for (const sandbox of this.sandboxes) if (sandbox.isDead) this.sandboxes.delete(sandbox);
      const idle = [...this.sandboxes].find((sandbox) => sandbox.isIdle);
      if (idle) return await idle.invoke(event, arn);
      // A client that asks again at once must not cost another process.
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

/** Writes an archive as Lambda would unpack it. */
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
