import type { Settings } from "../settings";
import { formatValue, isUnknown } from "./shape";

const BOUNDARY = /^arn:aws(?:-[a-z]+)*:iam::(?:[0-9]{12}|aws):policy\/[\w+=,.@/-]+$/;

/** Begins and ends with a slash, at most 512 characters. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const PATH = /^(?=.{1,512}$)\/(?:[\x21-\x7E]+\/)?$/;

/** Validates what every role of the stack has. */
export function* validateRoles({ permissionsBoundaryArn, rolePath }: Settings): Generator<string> {
  const [boundary, path]: unknown[] = [permissionsBoundaryArn, rolePath];
  if (boundary !== "" && !isUnknown(boundary) && (typeof boundary !== "string" || !BOUNDARY.test(boundary))) {
    yield `\`permissionsBoundaryArn\` is ${formatValue(boundary)}, which is not the ARN of an IAM policy. Use one like arn:aws:iam::123456789012:policy/boundary, or "" for none.`;
  }
  if (typeof path !== "string" || !PATH.test(path)) {
    yield `\`rolePath\` is ${formatValue(path)}. Use a path that begins and ends with a slash, such as /agents/, of at most 512 characters; / is the path of roles without one.`;
  }
}
