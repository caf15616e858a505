import { packOf } from "../../policy/pack/pack";
import { pageOf } from "../../policy/pack/message";
import { PACK_SETTINGS } from "../../policy/pack/packSettings";
import { gradeOf, levelOf, type Frameworks, type Rule, type SettingSchema } from "../../policy/model/rule";
import { RULES } from "../../policy/rules";
import { NOT_RULES } from "./notRules";

/** Names of the frameworks, in the order of the tables. */
const FRAMEWORKS: { readonly [K in keyof Required<Frameworks>]: string } = {
  catalogue: "Front door catalogue",
  securityHub: "AWS Security Hub",
  cdkNag: "cdk-nag",
  checkov: "checkov",
  trivy: "trivy",
  cfnGuard: "cfn-guard rules registry",
  prowler: "prowler",
  kics: "KICS",
  pulumi: "Pulumi compliance policies",
};

const SEVERITIES = ["critical", "high", "medium", "low"];

/** The pages of the policy pack by file name: one for each rule, and an overview. */
export function policyPages(): Readonly<Record<string, string>> {
  return {
    "policy/docs/README.md": overview(),
    ...Object.fromEntries(RULES.map((rule) => [`policy/${pageOf(rule.id)}`, page(rule)])),
  };
}

function overview(): string {
  const rows = [...RULES]
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.id < b.id ? -1 : 1))
    .map((rule) =>
      row([
        `[${rule.id}](${rule.id}.md)`,
        rule.severity,
        levelOf(rule) === "disabled" ? "off" : levelOf(rule),
        rule.description,
        forms(rule),
        rule.resource?.remediate ? "yes" : "",
        references(rule),
      ]),
    );
  const services = new Set(RULES.map(({ id }) => id.split("-")[1]));
  return `# Rules of the policy pack

${RULES.length} rules for ${services.size} services, as ${packOf(RULES).length} policies. How to use the pack: [README.md](../README.md).
Beside other packs: [what they catch](others.md).

${RULES.filter((rule) => levelOf(rule) !== "disabled").length} of them are on by default. A rule of severity critical or high is mandatory: by what it holds off a stranger would get in, spend or read. The others
advise. The group \`hygiene\` is off: Security Hub and other packs ask for the same. Give a rule of it a level in the pack's config to switch it on;
[hygiene.json](../hygiene.json) names all of them.

Each rule is two policies: \`ID\` reports what is proven wrong, and its twin \`ID-unproven\` (advisory) what is
not known before the update. The form says when it runs: a *resource* rule stops its resource before it is changed; a *stack*
rule follows references between resources, in preview as well as in an update. *Remediable* rules can mend what they find at
level \`remediate\`; none does so by default.

| rule | severity | level | what it holds | form | remediable | corresponds to |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

## The pack itself

\`fd-pack\` carries what holds for all rules, and refuses settings and waivers that are not valid. \`fd-pack-unused-waivers\`
(mandatory) names waivers that are for nothing; \`fd-pack-active-waivers\` (advisory) prints those in force in every run.

${settingsTable(PACK_SETTINGS)}

## Rules that we do not have, and why

| what others ask | by | why not here |
| --- | --- | --- |
${NOT_RULES.map(({ what, by, why }) => row([what, by, why])).join("\n")}
`;
}

function page(rule: Rule): string {
  const { id, description, rationale, severity, remediationSteps, settings, resource, stack, unwaivable } = rule;
  const types = [...new Set([...(resource?.types ?? []), ...(stack?.types ?? [])])];
  const frameworks = Object.entries(FRAMEWORKS).flatMap(([key, name]) => {
    const ids = rule.frameworks[key as keyof Frameworks];
    return ids?.length ? [row([name, ids.map((each) => `\`${each}\``).join(", ")])] : [];
  });
  return `# ${id}

${description}

${rationale}

| | |
| --- | --- |
| Severity | ${severity} |
| Level | ${levelText(rule)}; what is not known before the update: advisory, as \`${id}-unproven\` |
| Form | ${forms(rule)} |
| Concerns | ${types.map((type) => `\`${type}\``).join(", ") || "every type"} |
| Remediable | ${resource?.remediate ? "yes, at level `remediate`; off by default" : "no"} |
| Waivable | ${unwaivable ? "not in production stacks" : "yes"} |

## What to do

${remediationSteps}

## Settings

${settings ? settingsTable(settings) : "None."}

## Corresponds to

${frameworks.length > 0 ? `| pack | ids |\n| --- | --- |\n${frameworks.join("\n")}` : "Nothing: no other pack has this rule."}

[All rules](README.md)
`;
}

/** A rule's level, and for one that is off, how to switch it on. */
function levelText(rule: Rule): string {
  return levelOf(rule) === "disabled"
    ? `off (group \`hygiene\`), ${gradeOf(rule)} where it is switched on`
    : levelOf(rule);
}

function forms({ resource, stack }: Rule): string {
  return [resource && "resource", stack && "stack"].filter(Boolean).join(" + ");
}

function references({ frameworks }: Rule): string {
  return Object.keys(FRAMEWORKS)
    .flatMap((key) => frameworks[key as keyof Frameworks] ?? [])
    .join(", ");
}

function settingsTable(settings: Readonly<Record<string, SettingSchema>>): string {
  const rows = Object.entries(settings).map(([name, { type, default: fallback, description }]) =>
    row([`\`${name}\``, type, `\`${JSON.stringify(fallback)}\``, description]),
  );
  return ["| setting | type | default | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}
