import type { Policies } from "@pulumi/policy";
import { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } from "@pulumi/policy/server";
import type { AnalyzeResponse, RemediateResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { toFinding, type Finding, type PackConfig } from "../../../local/policyHost/host";
import { analyzeRequest, analyzeStackRequest, type AnalyzedResource } from "../../../local/policyHost/messages";

export interface Analysis {
  readonly findings: readonly Finding[];
  /** What the pack says of doors and of what is out of scope. */
  readonly scope: readonly string[];
  /** Policies that said they do not apply, for each request. */
  readonly notApplicable: readonly string[];
}

type Rpc<T> = (call: unknown, callback: (error: unknown, response: T) => void) => unknown;

/**
 * Runs policies through the SDK's own functions, as its server would: the same unpacking, unknowns, levels and reports, without
 * a process. The SDK keeps a pack's config to itself, so settings are handed in where a policy asks for them.
 */
export async function analyze(
  policies: Policies,
  resources: readonly AnalyzedResource[],
  config: PackConfig = {},
): Promise<Analysis> {
  const pack = configured(policies, config);
  const one = call(makeAnalyzeRpcFun("pack", "1.0.0", "advisory", pack) as Rpc<AnalyzeResponse>);
  const stack = call(makeAnalyzeStackRpcFun("pack", "1.0.0", "advisory", pack) as Rpc<AnalyzeResponse>);
  const findings: Finding[] = [];
  const notApplicable: string[] = [];
  const add = (response: AnalyzeResponse, urn?: string) => {
    const { diagnosticsList, notApplicableList } = response.toObject();
    findings.push(...diagnosticsList.map((diagnostic) => toFinding(diagnostic, urn)));
    notApplicable.push(...notApplicableList.map(({ policyName }) => policyName));
  };
  for (const resource of resources) add(await one(analyzeRequest(resource)), resource.urn);
  add(await stack(analyzeStackRequest(resources)));
  const isScope = ({ policy }: Finding): boolean => policy === "fd-pack-scope";
  return {
    findings: findings.filter((each) => !isScope(each)),
    scope: findings.filter(isScope).map(({ message }) => message.split("\n").at(-1) ?? ""),
    notApplicable,
  };
}

/** A config with the scope `all`, for resources that are no whole door. */
export function everywhere(config: PackConfig = {}): PackConfig {
  const given = config["fd-pack"] ?? {};
  return { ...config, "fd-pack": { scope: "all", ...(typeof given === "string" ? {} : given) } };
}

/** What a remediation makes of a resource: its new properties as they go over the wire, or `undefined` for no change. */
export async function remediate(
  policies: Policies,
  resource: AnalyzedResource,
  config: PackConfig = {},
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const pack = configured(policies, config);
  const rpc = call(makeRemediateRpcFun("pack", "1.0.0", "advisory", pack) as Rpc<RemediateResponse>);
  const remediations = (await rpc(analyzeRequest(resource))).getRemediationsList();
  return remediations.at(-1)?.getProperties()?.toJavaScript();
}

function call<T>(rpc: Rpc<T>): (request: unknown) => Promise<T> {
  return (request) =>
    new Promise((resolve, reject) => {
      rpc({ request }, (error, response) => {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what the SDK gives
        if (error) reject(error);
        else resolve(response);
      });
    });
}

type Validate = (args: Record<string, unknown>, report: unknown) => unknown;

/** The config that a pack was last given. As in the SDK, a policy that asks again later gets what holds then. */
const configs = new WeakMap<Policies, PackConfig>();

function settingsIn(policies: Policies, { name }: Policies[number]): Readonly<Record<string, unknown>> {
  const given = configs.get(policies)?.[name] ?? {};
  return typeof given === "string" ? { enforcementLevel: given } : given;
}

function configured(policies: Policies, config: PackConfig): Policies {
  configs.set(policies, config);
  return policies.map((policy) => {
    const { enforcementLevel = policy.enforcementLevel } = settingsIn(policies, policy);
    const getConfig = () => {
      return Object.fromEntries(
        Object.entries(settingsIn(policies, policy)).filter(([name]) => name !== "enforcementLevel"),
      );
    };
    // What a policy has to say, it says when it is asked: its functions are read anew each time.
    const wrap = (name: string) => () => {
      const validate = (policy as unknown as Record<string, Validate | undefined>)[name];
      return (
        validate &&
        Object.assign(
          (args: Record<string, unknown>, report: unknown) => validate({ ...args, getConfig }, report),
          validate,
        )
      );
    };
    const changed: unknown = Object.create(policy, {
      enforcementLevel: { value: enforcementLevel, enumerable: true },
      ...Object.fromEntries(
        ["validateResource", "validateStack", "remediateResource"].map((name) => [
          name,
          { get: wrap(name), enumerable: true },
        ]),
      ),
    });
    return changed as Policies[number];
  });
}
