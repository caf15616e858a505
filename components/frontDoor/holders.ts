import * as pulumi from "@pulumi/pulumi";
import { holdersReport } from "../../contract/config/holdings";
import type { Settings } from "./inputs";

/** Says which callers can hold all of a door: those with a limit of their own as a warning, the others in a preview only. */
export function reportHolders(settings: Settings, resource: pulumi.Resource): void {
  const { warning, note } = holdersReport(settings);
  if (warning !== undefined) void pulumi.log.warn(warning, resource);
  if (note !== undefined && pulumi.runtime.isDryRun()) void pulumi.log.info(note, resource);
}
