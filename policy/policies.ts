import type { Policies, PolicyResource, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { PolicyGraph } from "./graph";
import type { Finding, Rule } from "./rule";

type Status = Finding["status"];

/**
 * A rule as two policies: a mandatory one for what is proven wrong, and an advisory twin for what is not known yet.
 * Two, because CrossGuard gives a level to a policy, not to a finding.
 */
export function policiesOf(rule: Rule): Policies {
  return [toPolicy(rule, "fail"), toPolicy(rule, "unproven")];
}

function toPolicy(rule: Rule, status: Status): ResourceValidationPolicy | StackValidationPolicy {
  const { id, description, severity, remediationSteps } = rule;
  const metadata =
    status === "fail"
      ? { name: id, description, severity, remediationSteps, enforcementLevel: "mandatory" as const }
      : {
          name: `${id}-unproven`,
          description: `Not known before the update: ${description}`,
          severity,
          remediationSteps,
          enforcementLevel: "advisory" as const,
        };
  const messages = (findings: readonly Finding[]) =>
    findings
      .filter((finding) => finding.status === status)
      .map(({ message, urn }) => ({ text: `${message} ${remediationSteps}`, urn }));

  if (rule.form === "resource") {
    return {
      ...metadata,
      validateResource: (args, report) => {
        if (args.type !== rule.type) return;
        for (const { text } of messages(rule.check(args))) report(text);
      },
    };
  }
  return {
    ...metadata,
    validateStack: ({ resources }, report) => {
      for (const { text, urn } of messages(rule.check(graphOf(resources)))) report(text, urn);
    },
  };
}

const graphs = new WeakMap<readonly PolicyResource[], PolicyGraph>();

function graphOf(resources: readonly PolicyResource[]): PolicyGraph {
  let graph = graphs.get(resources);
  if (!graph) {
    graph = new PolicyGraph(resources);
    graphs.set(resources, graph);
  }
  return graph;
}
