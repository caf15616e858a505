import type { PolicyHost } from "../../../local/policyHost/host";
import { gradeOf, type Rule } from "../../../policy/model/rule";
import type { Case, FoundCase } from "./cases";
import { analyzed } from "./declare";
import { everywhere } from "./sdk";

/** Ids of findings, each once: those of the rule, then those of its advisory twin. */
type Reported = readonly [proven: readonly string[], unproven: readonly string[]];

const once = (ids: readonly string[]): string[] => [...new Set(ids)].sort();

/** What the pack in its host reports of a case. */
export async function reportedInHost(host: PolicyHost, rule: Rule, each: Case): Promise<Reported> {
  const { id } = rule;
  // A rule that is off by default is switched on.
  await host.configure(everywhere({ [id]: { ...each.settings, enforcementLevel: gradeOf(rule) } }));
  const findings = await host.analyze(analyzed(each.resources, each.modes?.[0] ?? "update"));
  const of = (policy: string): string[] =>
    once(
      findings.flatMap((finding) =>
        finding.policy === policy ? (/\(finding "([^"]*)"; /.exec(finding.message)?.[1] ?? "") : [],
      ),
    );
  return [of(id), of(`${id}-unproven`)];
}

/** What a case that fails expects. */
export function expectedOf({ findings, beside = [] }: FoundCase): Reported {
  return [once(findings.map(([, finding]) => finding)), once(beside.map(([, finding]) => finding))];
}
