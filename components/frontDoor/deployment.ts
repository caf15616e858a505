import * as pulumi from "@pulumi/pulumi";
import { checkSettings } from "../../contract/config/check";
import { validatePlaceholders } from "../../contract/config/placeholders";
import { refusalText } from "../../contract/config/read";
import { awsContext } from "../shared/awsContext";
import { plainConfig, type FrontDoorArgs } from "./inputs";

/**
 * Checks what only the provider in use knows: whether the config fits its Region, and whether an example of the documentation is left in the
 * config that is deployed to its account. Each Output among the args is checked when it is known, and all of them together. An unknown Region
 * or account is not checked; a preview knows both but for a provider that is configured with outputs.
 *
 * @param checkedRegion the Region that the plain values were checked for already, if they were
 * @throws RunError in an `apply`, with one line for each invalid value: a preview ends with it. Nothing waits for the check: with an input that
 *   is rejected, a program of the Automation API would not end.
 */
export function checkDeployment(
  args: FrontDoorArgs,
  checkedRegion: string | undefined,
  opts: { readonly parent: pulumi.Resource },
): void {
  const { region, accountId, userId } = awsContext(opts);
  const deployed = pulumi.all([accountId, userId, checkedRegion ?? region]);
  const { config, late } = plainConfig(args);
  deployed.apply(([account, user, found]) => {
    if (checkedRegion === undefined) checkSettings(config, found, pulumi.RunError);
    refusePlaceholders(config, account, user);
  });
  const sets = late.length > 1 ? [...late.map((each) => [each]), late] : [late];
  for (const values of sets.filter(({ length }) => length > 0)) {
    pulumi.all([deployed, pulumi.all(values.map(({ value }) => value))]).apply(([[account, user, found], known]) => {
      const byPath = new Map(values.map(({ path }, index) => [path, known[index]]));
      const { config: filled } = plainConfig(args, byPath);
      checkSettings(filled, found, pulumi.RunError);
      refusePlaceholders(filled, account, user);
    });
  }
}

function refusePlaceholders(config: object, account: string, user: string): void {
  const errors = [...validatePlaceholders(config, account, user)];
  if (errors.length > 0) throw new pulumi.RunError(refusalText(errors));
}
