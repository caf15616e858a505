import { TYPES } from "../../../../local/program/graph";
import { text, type Account, type Thing } from "../kind";

/**
 * A function in a VPC gets network interfaces, which stay for a while when it has gone. Lambda deletes them with the function's role.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html (believed)
 */
export function attachInterfaces(op: "create" | "update" | "delete", { id, inputs }: Thing, account: Account): void {
  const vpc = inputs["vpcConfig"] as { subnetIds?: string[]; securityGroupIds?: string[] } | undefined;
  if (op === "delete" || !vpc) return;
  const holds = [...(vpc.subnetIds ?? []), ...(vpc.securityGroupIds ?? [])];
  const { settings } = account;
  const others = settings.networkInterfaces.filter(({ functionName }) => functionName !== id);
  settings.networkInterfaces = [...others, { functionName: id, roleArn: text(inputs, "role"), holds, isStuck: false }];
}

/** What Lambda can no longer delete, once the role or its rights have gone. */
export function strandInterfaces(roleName: string, account: Account): void {
  for (const each of account.settings.networkInterfaces) {
    if (each.roleArn.endsWith(`/${roleName}`)) each.isStuck = true;
  }
}

/** @throws Error with EC2's words, while a network interface holds the security group or subnet */
export function releaseInterfaces({ id }: Thing, account: Account): void {
  if (!account.behaves("networkInterfaces")) return;
  const { settings } = account;
  const functions = new Set(account.all(TYPES.function).map((fn) => fn.id));
  const holding = settings.networkInterfaces.filter(({ holds }) => holds.includes(id));
  if (holding.some(({ functionName, isStuck }) => isStuck || functions.has(functionName))) {
    throw new Error(`DependencyViolation: resource ${id} has a dependent object`);
  }
  settings.networkInterfaces = settings.networkInterfaces.filter((each) => !holding.includes(each));
}
