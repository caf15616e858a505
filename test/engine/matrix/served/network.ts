import { TYPES } from "../../../../local/program/graph";
import { ENDPOINT_SERVICES } from "../../../../contract/config/keys/rest";
import type { Settings } from "../../../../contract/config/settings";
import type { Cloud } from "../../provider/cloud/cloud";
import type { Thing } from "../../provider/kind";
import { declaredRuntimes } from "./locks";

/** What is wrong with the private network, which has an endpoint for each service unless its VPC has one; and records that lead nowhere. */
export function* networkProblems(cloud: Cloud, settings: Settings): Generator<string> {
  const { privateNetwork, tracing, existingEndpoints } = settings;
  const endpoints = cloud.all(TYPES.vpcEndpoint);
  const declared = ENDPOINT_SERVICES.filter(
    (service) => privateNetwork && !(service in existingEndpoints) && (tracing || service !== "xray"),
  );
  const services = endpoints.map(serviceOf).filter((service) => service !== "execute-api");
  if (String(services.sort()) !== String([...declared].sort())) yield `there are endpoints of ${String(services)}`;
  const policy = String(endpoints.find((each) => serviceOf(each) === "bedrock-agentcore")?.inputs["policy"]);
  if (declared.includes("bedrock-agentcore") && settings.runtimeAuth === "sigv4") {
    for (const arn of [...declaredRuntimes(cloud, settings).keys(), ...settings.endpointRuntimeArns])
      if (!policy.includes(arn)) yield `the endpoint of AgentCore does not let through to ${arn}`;
  }
  for (const { id } of cloud.deadRecords) yield `the record ${id} leads nowhere`;
}

/** `logs` for `com.amazonaws.us-east-1.logs`. */
function serviceOf({ inputs }: Thing): string {
  return String(inputs["serviceName"]).split(".").at(-1) ?? "";
}
