import assert from "node:assert/strict";
import { Operations, SampleAgent, WebAcl } from "../../components/index";
import { DASHBOARD_NAME_LENGTH, RUNTIME_NAME_LENGTH, WAF_METRIC_NAME_LENGTH } from "../../contract/aws/limits";
import { text, TYPES } from "../../local/program/graph";
import { only, record } from "../support/program/components";

const long = (length: number, end: string) => `${"x".repeat(length - end.length)}${end}`;

/** Project, stack and logical name: each two are different, and close. */
const PLACES: readonly (readonly [project: string, stack: string, name: string])[] = [
  ["agentcore-front-door", "preview-environment-101", "agent"],
  ["agentcore-front-door", "preview-environment-102", "agent"],
  ["agentcore-front-door", "preview.environment.101", "agent"],
  ["agentcore-front-door", "preview_environment_101", "agent"],
  ["agentcore-front-door", "dev", "agent"],
  ["second-front-door", "dev", "agent"],
  ["a-b", "c", "agent"],
  ["a", "b-c", "agent"],
  ["a", "b", "c-agent"],
  ["a", "b-c", "Agent"],
  [long(100, "1"), long(100, "1"), long(100, "1")],
  [long(100, "2"), long(100, "1"), long(100, "1")],
  [long(100, "1"), long(100, "2"), long(100, "1")],
  [long(100, "1"), long(100, "1"), long(100, "2")],
];

/** Names that this program makes because the provider makes none, by what they are unique among. */
const NAMES = {
  runtime: { longest: RUNTIME_NAME_LENGTH, form: /^[a-zA-Z]\w*$/ },
  dashboard: { longest: DASHBOARD_NAME_LENGTH, form: /^[\w-]+$/ },
  metric: { longest: WAF_METRIC_NAME_LENGTH, form: /^[\w-]+$/ },
};

async function namesAt([project, stack, name]: (typeof PLACES)[number]): Promise<Record<keyof typeof NAMES, string>> {
  const graph = await record(
    true,
    () => {
      new SampleAgent(name);
      const { metricName } = new WebAcl(`${name}-acl`);
      const doors = [{ door: "streamingApi", functionName: "fn", maxDurationSeconds: 60 }];
      new Operations(`${name}-operations`, { doors, webAcls: [{ metricName }], dashboard: true });
    },
    { project, stack },
  );
  const { metricName } = only(graph, TYPES.webAcl).inputs["visibilityConfig"] as { metricName: string };
  return {
    runtime: text(only(graph, TYPES.agentRuntime), "agentRuntimeName"),
    dashboard: text(only(graph, TYPES.dashboard), "dashboardName"),
    metric: metricName,
  };
}

describe("names that the provider does not make", () => {
  let found: Record<keyof typeof NAMES, string>[];
  before(async () => {
    found = [];
    for (const place of PLACES) found.push(await namesAt(place));
  });

  for (const [kind, { longest, form }] of Object.entries(NAMES) as [keyof typeof NAMES, (typeof NAMES)["metric"]][]) {
    it(`differ for two projects, stacks and components of one account, and are never too long: ${kind}`, () => {
      const names = found.map((each) => each[kind]);
      assert.equal(new Set(names).size, PLACES.length, names.join(" "));
      for (const name of names) assert.ok(name.length <= longest && form.test(name), name);
    });
  }

  it("stay the same", async () => {
    const [place = PLACES[0]] = PLACES;
    assert.ok(place);
    assert.deepEqual(await namesAt(place), found[0]);
  });
});
