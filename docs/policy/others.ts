import { SERVICES } from "../../test/policy/others";
import type { OtherCase, Pack, RightCase, RuleSettings, Service } from "../../test/policy/others/case";

const PACKS: readonly Pack[] = ["cdk-nag", "checkov", "trivy", "cfn-guard", "prowler", "Pulumi"];

const CASES = SERVICES.flatMap(({ cases }) => cases);
const RIGHT = SERVICES.flatMap(({ right }) => right ?? []);
const caught = CASES.filter(({ theirs }) => theirs === "catches");
const missed = CASES.filter(({ theirs }) => theirs === "misses");
const withSettings = CASES.filter(({ settings }) => settings !== undefined);

/** The page that compares this policy pack with other packs, by test cases of those packs. */
export function othersPage(): string {
  const ours = new Set(CASES.flatMap((each) => each.ours));
  return `# What other packs catch

${CASES.length} bad configurations and ${RIGHT.length} right ones, for Lambda, API Gateway, WAF, CloudFront, IAM, KMS and
CloudWatch. ${caught.length} of the bad ones come from the tests and examples of other packs, which catch them; ${missed.length}
are such as their rules let pass, and the right ones such as their rules refuse. This pack finds every bad one in an update, by
${ours.size} of its rules, is silent on none in a preview, and finds nothing in the right ones: \`test/policy/others.test.ts\`
holds that. ${withSettings.length} of the bad ones are so only for stacks that want X-Ray, a VPC, access logs or the like: these
set what the last column names.

The configurations are those of the tests, written as a Pulumi program would write them. A certificate has an alias, without
which it is of no use; a policy has the elements that AWS asks for; an HTTP API is refused as a whole, as a way in that is none
of the doors. What others ask for and this pack does not, with the reasons:
[Rules that we do not have, and why](README.md#rules-that-we-do-not-have-and-why).

| pack | their rules | caught by both | missed by theirs | right, refused by theirs |
| --- | --- | --- | --- | --- |
${PACKS.map(packRow).join("\n")}

${SERVICES.map(section).join("\n\n")}

[All rules](README.md)
`;
}

function packRow(pack: Pack): string {
  const of = <C extends { readonly pack: Pack }>(cases: readonly C[]) => cases.filter((each) => each.pack === pack);
  const rules = new Set(
    [...of(CASES), ...of(RIGHT)].map(({ rule }) => rule).filter((rule) => !rule.startsWith("none")),
  );
  return row([pack, rules.size, of(caught).length, of(missed).length, of(RIGHT).length]);
}

function section({ name, cases, right = [] }: Service): string {
  return `## ${name}

| pack | their rule | case | theirs | ours |
| --- | --- | --- | --- | --- |
${[...cases.map(caseRow), ...right.map(rightRow)].join("\n")}`;
}

function caseRow({ pack, rule, case: name, theirs, why, ours, settings }: OtherCase): string {
  return row([pack, ruleCell(rule), name, why === undefined ? theirs : `${theirs}: ${why}`, found(ours, settings)]);
}

function rightRow({ pack, rule, case: name, why, ours }: RightCase): string {
  return row([pack, ruleCell(rule), name, `refuses, wrongly: ${why}`, `passes: ${found(ours)}`]);
}

const ruleCell = (rule: string): string => (rule.startsWith("none") ? rule : `\`${rule}\``);

function found(ours: readonly string[], settings: RuleSettings = {}): string {
  return ours
    .map((id) => {
      const set = Object.entries(settings[id] ?? {}).map(([key, value]) => `\`${key}\` ${JSON.stringify(value)}`);
      return `[${id}](${id}.md)${set.length > 0 ? ` with ${set.join(", ")}` : ""}`;
    })
    .join(", ");
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => cell.toString().replaceAll("|", "\\|")).join(" | ")} |`;
}
