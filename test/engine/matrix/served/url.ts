import { TYPES } from "../../../../local/program/graph";
import type { Settings } from "../../../../contract/config/settings";
import type { Cloud } from "../../provider/cloud/cloud";
import type { Thing, Values } from "../../provider/kind";

/** What is wrong with the Function URL, who may call it, and the edge in front of it. */
export function* urlProblems(cloud: Cloud, settings: Settings): Generator<string> {
  const urls = cloud.all(TYPES.functionUrl);
  const declared = settings.doors.includes("streamingUrl");
  if (urls.length !== (declared ? 1 : 0)) yield `there are ${String(urls.length)} Function URLs`;
  const distributions = cloud.all(TYPES.distribution);
  if (distributions.length !== (settings.edge ? 1 : 0)) yield `there are ${String(distributions.length)} distributions`;
  const [url] = urls;
  if (!url) return;
  if (url.inputs["authorizationType"] !== "AWS_IAM") yield "the Function URL is open";
  const origins = (url.inputs["cors"] as { allowOrigins?: string[] } | undefined)?.allowOrigins ?? [];
  if (String(origins) !== String(settings.corsOrigins)) yield `pages of ${String(origins)} may call the Function URL`;

  const [distribution] = distributions;
  const callers = distribution
    ? [`cloudfront.amazonaws.com ${String(distribution.outputs["arn"])}`]
    : settings.callers.map((each) => each.replace(/^\d{12}$/, (id) => `arn:${cloud.place.partition}:iam::${id}:root`));
  for (const action of ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"]) {
    const may = permitted(cloud, url, action);
    if (String(may) !== String([...callers].sort()))
      yield `${action} of the URL's function is allowed to ${String(may)}`;
  }
  if (distribution) yield* edgeProblems(cloud, url, distribution, settings);
}

/** Who may do something to a function by its policy; what is on another alias than the URL's is marked. */
function permitted(cloud: Cloud, { inputs: url }: Thing, action: string): readonly string[] {
  return cloud
    .all(TYPES.permission)
    .filter(({ inputs }) => inputs["function"] === url["functionName"] && inputs["action"] === action)
    .map(({ inputs, outputs }) =>
      [
        outputs["principal"],
        ...(inputs["sourceArn"] === undefined ? [] : [inputs["sourceArn"]]),
        ...(inputs["qualifier"] === url["qualifier"] ? [] : [`at ${String(inputs["qualifier"])}`]),
      ].join(" "),
    )
    .sort();
}

function* edgeProblems(cloud: Cloud, url: Thing, { inputs }: Thing, settings: Settings): Generator<string> {
  const [origin = {}] = inputs["origins"] as Values[];
  const host = new URL(String(url.outputs["functionUrl"])).host;
  if (origin["domainName"] !== host) yield `the edge leads to ${String(origin["domainName"])}, not to ${host}`;
  const seconds = (origin["customOriginConfig"] as Values | undefined)?.["originReadTimeout"];
  if (seconds !== settings.edgeReadTimeoutSeconds) yield `the edge waits ${String(seconds)} seconds`;
  if (!has(cloud, TYPES.originAccessControl, origin["originAccessControlId"])) yield "the edge does not sign";
  const made = cloud.all(TYPES.webAcl).some(({ outputs }) => outputs["arn"] === inputs["webAclId"]);
  const acl = settings.edgeWebAclArn === "" ? made : settings.edgeWebAclArn === inputs["webAclId"];
  if (!acl) yield "the edge has no web ACL";
  const aliases = (inputs["aliases"] as string[] | undefined) ?? [];
  if (String(aliases) !== (settings.edgeDomain.name ?? "")) yield `the edge answers to ${String(aliases)}`;
  const behavior = inputs["defaultCacheBehavior"] as { lambdaFunctionAssociations?: { lambdaArn: string }[] };
  const signers = (behavior.lambdaFunctionAssociations ?? []).map(({ lambdaArn }) => lambdaArn);
  const versions = cloud.all(TYPES.function).map(({ outputs }) => outputs["qualifiedArn"]);
  if (signers.length > 0 !== settings.edgeSigner) yield `${String(signers.length)} functions at the edge`;
  for (const arn of signers)
    if (!versions.includes(arn)) yield `the edge calls ${arn}, which is not the newest version`;
}

function has(cloud: Cloud, type: string, id: unknown): boolean {
  return cloud.all(type).some((thing) => thing.id === id);
}
