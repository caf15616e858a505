import { TYPES, type Graph, type Resource } from "../../program/graph";
import { PLACES } from "./resourcePolicy";

/** What stands around the REST doors and their functions but is not enforced here, a line each. */
export function perimeterNotEmulated(graph: Graph): string[] {
  const any = (type: string, fits: (resource: Resource) => boolean = () => true) => graph.all(type).some(fits);
  const isPrivate = ({ inputs }: Resource) =>
    (inputs["endpointConfiguration"] as { types?: unknown } | undefined)?.types === "PRIVATE";
  const hasPlaces = ({ outputs }: Resource) => PLACES.some((key) => String(outputs["policy"]).includes(`"${key}"`));
  const isTraced = ({ inputs }: Resource) =>
    (inputs["tracingConfig"] as { mode?: unknown } | undefined)?.mode === "Active";
  const lines: [boolean, string][] = [
    [
      any(TYPES.restApiPolicy, hasPlaces),
      "resource policies' conditions on addresses and VPC endpoints: callers here are on 127.0.0.1, so only principals and routes are evaluated",
    ],
    [
      any(TYPES.restApi, isPrivate),
      "private APIs: they answer on 127.0.0.1, where AWS lets in their VPC endpoints only",
    ],
    [
      any(TYPES.vpcEndpoint),
      "subnets, security groups, VPC endpoints and their policies: functions here call from this machine's network",
    ],
    [any(TYPES.domainName), "TLS and DNS of custom domains: only their base paths are served, on 127.0.0.1"],
    [any(TYPES.function, isTraced), "X-Ray traces"],
  ];
  return lines.flatMap(([declared, line]) => (declared ? [line] : []));
}
