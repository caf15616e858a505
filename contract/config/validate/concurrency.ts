import { LAMBDA_CONCURRENCY } from "../../aws/limits";
import type { Settings } from "../settings";
import { formatValue } from "./shape";

/** Validates the reserved and the provisioned concurrency of the functions. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
export function* validateConcurrency({ reservedConcurrency, provisionedConcurrency }: Settings): Generator<string> {
  const [reserved, provisioned] = [reservedConcurrency, provisionedConcurrency];
  const { quota, unreserved } = LAMBDA_CONCURRENCY;
  if (!Number.isInteger(reserved) || reserved < -1) {
    yield `\`reservedConcurrency\` is ${formatValue(reserved)}. Use a whole number: what each function may take of the account's concurrency (${quota} unless its quota was raised, of which ${unreserved} stay unreserved), 0 to turn the doors off, or -1 to reserve nothing.`;
    return;
  }
  if (!Number.isInteger(provisioned) || provisioned < 0) {
    yield `\`provisionedConcurrency\` is ${formatValue(provisioned)}. Use a whole number of sandboxes to keep warm, or 0.`;
    return;
  }
  if (provisioned === 0 || reserved === -1) return;
  if (reserved === 0) {
    yield `\`provisionedConcurrency\` is ${provisioned}, but \`reservedConcurrency\` is 0, which turns the doors off: Lambda would refuse to keep sandboxes warm that nothing can reach. Set \`provisionedConcurrency\` to 0 as well.`;
  } else if (provisioned > reserved) {
    yield `\`provisionedConcurrency\` is ${provisioned}, but \`reservedConcurrency\` is ${reserved}, and Lambda accepts no more provisioned than reserved. Raise \`reservedConcurrency\`, or lower \`provisionedConcurrency\`.`;
  }
}
