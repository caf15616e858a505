import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  type AnalyzeDiagnostic,
  type AnalyzeRequest,
  type AnalyzeResponse,
  type AnalyzerInfo,
  type AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EXIT_WITH_PARENT } from "../cli/preloads";
import { analyzeRequest, analyzeStackRequest, type AnalyzedResource, struct } from "./messages";

/** One finding of a policy pack. */
export interface Finding {
  readonly policy: string;
  readonly level: "mandatory" | "advisory";
  /** Description of the rule, then the finding and the remedy. */
  readonly message: string;
  readonly urn: string;
}

/** Level and settings of a policy, in the format of `--policy-pack-config`. */
export type PackConfig = Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;

const LEVELS: Readonly<Record<string, EnforcementLevel>> = {
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  remediate: EnforcementLevel.REMEDIATE,
  disabled: EnforcementLevel.DISABLED,
};

const RUN_PACK = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");

/** A pack as one JavaScript file. */
export interface CompiledPack {
  readonly script: string;
  /** The pack's folder: the SDK reads its package.json. */
  readonly folder: string;
}

/** A policy pack in its own process. It is called over gRPC, as the engine does. */
export class PolicyHost {
  private constructor(
    private readonly child: ChildProcess,
    readonly client: AnalyzerClient,
  ) {}

  /**
   * @param pack the pack's folder, for the SDK's own host; or a compiled pack, which starts the same server by itself
   * @throws Error if the pack does not start
   */
  static async start(pack: string | CompiledPack): Promise<PolicyHost> {
    const [folder, script] =
      typeof pack === "string" ? [pack, [RUN_PACK, "127.0.0.1:0", pack]] : [pack.folder, [pack.script]];
    const child = spawn(process.execPath, ["--import", EXIT_WITH_PARENT, ...script], {
      cwd: folder,
      stdio: ["pipe", "pipe", "inherit"],
    });
    const exited = once(child, "exit").then(([code]: unknown[]) => {
      throw new Error(`The policy pack ended at its start (exit code ${String(code)}).`);
    });
    exited.catch(() => undefined);
    // The host prints its port as the first line.
    const [port] = (await Promise.race([once(createInterface({ input: child.stdout }), "line"), exited])) as string[];
    return new PolicyHost(
      child,
      new AnalyzerClient(`127.0.0.1:${port ?? ""}`, credentials.createInsecure(), {
        "grpc.max_receive_message_length": -1,
        "grpc.max_send_message_length": -1,
      }),
    );
  }

  async info(): Promise<AnalyzerInfo> {
    return await new Promise((resolve, reject) => {
      this.client.getAnalyzerInfo(new Empty(), (error: ServiceError | null, info: AnalyzerInfo) => {
        if (error) reject(error);
        else resolve(info);
      });
    });
  }

  /** Sets levels and settings. As in the engine, a policy that the config does not name keeps the pack's level. */
  async configure(config: PackConfig): Promise<void> {
    const request = new ConfigureAnalyzerRequest();
    const policies = (await this.info()).getPoliciesList();
    for (const policy of policies) {
      const given = config[policy.getName()] ?? config["all"] ?? {};
      const { enforcementLevel, ...settings } = typeof given === "string" ? { enforcementLevel: given } : given;
      const message = new PolicyConfig();
      message.setEnforcementlevel(LEVELS[String(enforcementLevel)] ?? policy.getEnforcementlevel());
      message.setProperties(struct(settings));
      request.getPolicyconfigMap().set(policy.getName(), message);
    }
    await promisify(this.client.configure.bind(this.client) as (r: ConfigureAnalyzerRequest, c: Callback) => void)(
      request,
    );
  }

  /** Evaluates each resource, and then the whole stack. */
  async analyze(resources: readonly AnalyzedResource[]): Promise<Finding[]> {
    // Sent together, so that this process prepares requests while the pack evaluates.
    const each = resources.map(async (resource) => {
      const { diagnosticsList } = (await this.request("analyze", analyzeRequest(resource))).toObject();
      return diagnosticsList.map((diagnostic) => toFinding(diagnostic, resource.urn));
    });
    const findings = (await Promise.all(each)).flat();
    const { diagnosticsList } = (await this.request("analyzeStack", analyzeStackRequest(resources))).toObject();
    return [...findings, ...diagnosticsList.map((diagnostic) => toFinding(diagnostic))];
  }

  /** Sends one request, as the engine does. */
  async request(
    method: "analyze" | "analyzeStack",
    message: AnalyzeRequest | AnalyzeStackRequest,
  ): Promise<AnalyzeResponse> {
    type Send = (message: AnalyzeRequest | AnalyzeStackRequest, callback: Callback<AnalyzeResponse>) => void;
    return await promisify(this.client[method].bind(this.client) as Send)(message);
  }

  /** Peak resident memory of the host, bytes. Linux only. */
  peakMemory(): number {
    const [, kilobytes = "0"] =
      /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${this.child.pid ?? 0}/status`, "utf8")) ?? [];
    return Number(kilobytes) * 1024;
  }

  /** CPU time that the host has used, milliseconds. Linux only. */
  cpuTime(): number {
    const text = readFileSync(`/proc/${this.child.pid ?? 0}/schedstat`, "utf8");
    // Of the main thread alone: garbage is collected in others, on a busy machine for long.
    return Number(text.split(" ")[0]) / 1e6;
  }

  async stop(): Promise<void> {
    this.client.close();
    this.child.kill();
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "exit");
  }
}

type Callback<T = unknown> = (error: ServiceError | null, response: T) => void;

/** Converts a diagnostic of the analyzer protocol to a finding. */
export function toFinding(
  { policyname, enforcementlevel, message, urn }: AnalyzeDiagnostic.AsObject,
  fallback = "",
): Finding {
  const level = enforcementlevel === EnforcementLevel.MANDATORY ? "mandatory" : "advisory";
  return { policy: policyname, level, message, urn: urn === "" ? fallback : urn };
}
