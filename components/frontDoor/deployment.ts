import * as pulumi from "@pulumi/pulumi";
import { checkSettings } from "../../contract/config/check";
import { validatePlaceholders } from "../../contract/config/placeholders";
import { refusalText } from "../../contract/config/read";
import type { StackConfig } from "../../contract/config/schema";
import { awsContext } from "../shared/awsContext";

/**
 * Checks what only the provider in use knows: whether the config fits its Region, and whether an example of the documentation is left in the
 * config that is deployed to its account. An unknown Region or account is not checked; a preview knows both but for a provider that is
 * configured with outputs.
 *
 * @param checkedRegion the Region that the config was checked for already, if it was
 * @throws RunError in an `apply`, with one line for each invalid value: a preview ends with it. Nothing waits for the check: with an input that
 *   is rejected, a program of the Automation API would not end.
 */
export function checkDeployment(
  config: StackConfig,
  checkedRegion: string | undefined,
  opts: { readonly parent: pulumi.Resource },
): void {
  const { region, accountId, userId } = awsContext(opts);
  const deployed = pulumi.all([accountId, userId, checkedRegion ?? region]);
  deployed.apply(([account, user, found]) => {
    if (checkedRegion === undefined) checkSettings(config, found, pulumi.RunError);
    const errors = [...validatePlaceholders(config, account, user)];
    if (errors.length > 0) throw new pulumi.RunError(refusalText(errors));
  });
}
