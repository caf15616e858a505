import type { EC2Client } from "@aws-sdk/client-ec2";
import { PRIVATE_SUBNETS } from "../../../contract/aws/limits";
import { ENDPOINT_SERVICES } from "../../../contract/config/keys/rest";
import { fine, notChecked, wrong, type Finding } from "../finding";
import type { DoctorStack } from "../stackConfig";
import { ask, type Account } from "./connection";

/** Whether the endpoint services are in the Availability Zones of the private network. */
export async function checkEndpointZones(
  account: Account,
  { settings, region }: DoctorStack,
): Promise<readonly Finding[]> {
  const check = "endpoint zones";
  if (!settings.privateNetwork) return [notChecked(check, "The stack has no private network.")];
  const { EC2Client: Client } = await import("@aws-sdk/client-ec2");
  const client = new Client({ ...account, region });
  const zones = await ask(check, "ec2:DescribeSubnets or ec2:DescribeAvailabilityZones", () =>
    zonesOf(client, settings.subnetIds),
  );
  if ("finding" in zones) return [zones.finding];
  const services = ENDPOINT_SERVICES.filter((service) => !(service in settings.existingEndpoints));
  return await Promise.all(
    services.map((service) => checkService(client, `com.amazonaws.${region}.${service}`, zones.answer)),
  );
}

/** The zones of the given subnets; for a new VPC the first zones of the region, as awsx chooses them. */
async function zonesOf(client: EC2Client, subnetIds: readonly string[]): Promise<readonly string[]> {
  const { DescribeAvailabilityZonesCommand, DescribeSubnetsCommand } = await import("@aws-sdk/client-ec2");
  if (subnetIds.length > 0) {
    const { Subnets = [] } = await client.send(new DescribeSubnetsCommand({ SubnetIds: [...subnetIds] }));
    return [...new Set(Subnets.flatMap(({ AvailabilityZone: zone }) => (zone === undefined ? [] : [zone])))];
  }
  const { AvailabilityZones = [] } = await client.send(
    new DescribeAvailabilityZonesCommand({
      Filters: [{ Name: "opt-in-status", Values: ["opt-in-not-required", "opted-in"] }],
    }),
  );
  const zones = AvailabilityZones.filter(({ ZoneType: type }) => type === undefined || type === "availability-zone");
  return zones.flatMap(({ ZoneName: zone }) => (zone === undefined ? [] : [zone])).slice(0, PRIVATE_SUBNETS);
}

async function checkService(client: EC2Client, service: string, zones: readonly string[]): Promise<Finding> {
  const check = `zones of ${service}`;
  const { DescribeVpcEndpointServicesCommand } = await import("@aws-sdk/client-ec2");
  const asked = await ask(check, "ec2:DescribeVpcEndpointServices", () =>
    client.send(new DescribeVpcEndpointServicesCommand({ ServiceNames: [service] })),
  );
  if ("finding" in asked) {
    return asked.error instanceof Error && asked.error.name === "InvalidServiceName"
      ? wrong(check, "The region has no such endpoint service.", "Use another region, or leave `privateNetwork` out.")
      : asked.finding;
  }
  const offered = (asked.answer.ServiceDetails ?? []).flatMap(({ AvailabilityZones = [] }) => AvailabilityZones);
  const missing = zones.filter((zone) => !offered.includes(zone));
  return missing.length === 0
    ? fine(check, zones.join(", "))
    : wrong(
        check,
        `It is not in ${missing.join(", ")}, where the network has a subnet.`,
        `Name subnets in ${offered.join(", ") || "another region"} (\`subnetIds\`).`,
      );
}
