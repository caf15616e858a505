import assert from "node:assert/strict";
import { Operations, type OperationsArgs, type WebAclMetrics } from "../../../components/index";
import { ERROR_DIMENSIONS, METRIC_DIMENSIONS, METRIC_NAMESPACE, METRIC_UNITS } from "../../../contract/runtime/metrics";
import { PRICES_USD } from "../../../contract/aws/prices";
import { TYPES, type Graph, type Resource } from "../../../local/program/graph";
import { runProgram } from "../../../local/program/program";
import { assertSound, counts, MODES, only, PLACE, record } from "../../support/program/components";

const TOPIC = "arn:aws:sns:eu-west-1:123456789012:on-call";
const EDGE_TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";
const URL_DOOR = { door: "streamingUrl", functionName: "url-fn", maxDurationSeconds: 300 };
const REST_DOOR = {
  door: "bufferedApi",
  functionName: "rest-fn",
  memorySizeMb: 1024,
  maxDurationSeconds: 29,
  apiName: "api",
  stageName: "live",
  reservedConcurrency: 50,
};
const ALL = {
  doors: [REST_DOOR, URL_DOOR],
  webAcls: [{ metricName: "acl" }, { metricName: "edge-acl", scope: "CLOUDFRONT" }],
  dashboard: true,
  alarms: true,
  alarmTopicArns: [TOPIC],
  edgeAlarmTopicArns: [EDGE_TOPIC],
  alarmDailySpendUsd: 25,
};

interface Widget {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: {
    title: string;
    region?: string;
    metrics?: unknown[][];
    markdown?: string;
    alarms?: string[];
    annotations?: { horizontal: { label: string; value: number }[] };
  };
}

const widgetsOf = (graph: Graph): Widget[] =>
  (JSON.parse(String(only(graph, TYPES.dashboard).inputs["dashboardBody"])) as { widgets: Widget[] }).widgets;

/** Everything, in a region other than the edge's. */
const inIreland = async (): Promise<Graph> =>
  await runProgram(
    { project: "proj", stack: "test", config: {} },
    { preview: false, place: { ...PLACE, region: "eu-west-1" } },
    () => new Operations("ops", ALL),
  );

const alarm = (graph: Graph, suffix: string): Resource => {
  const found = graph.all(TYPES.metricAlarm).find(({ name }) => name === `ops-${suffix}`);
  assert.ok(found, suffix);
  return found;
};

for (const { mode, preview } of MODES) {
  describe(`Operations, ${mode}`, () => {
    let graph: Graph;
    before(async () => {
      graph = await record(preview, () => new Operations("ops", ALL));
    });

    it("makes one dashboard, and an alarm for each thing that can go wrong", () => {
      assert.deepEqual(counts(graph), { [TYPES.dashboard]: 1, [TYPES.metricAlarm]: 12 });
      assertSound(graph);
      assert.deepEqual(
        graph.all(TYPES.metricAlarm).map(({ name }) => name),
        [
          ...["5xx", "concurrency", "errors", "latency", "throttles"].map((kind) => `ops-bufferedApi-${kind}`),
          "ops-edge-waf",
          "ops-spend",
          ...["5xx", "errors", "latency", "throttles"].map((kind) => `ops-streamingUrl-${kind}`),
          "ops-waf",
        ],
      );
    });

    it("tells a topic of the alarm's own region, when it starts and when it is over", () => {
      for (const { name, inputs } of graph.all(TYPES.metricAlarm)) {
        const edge = name === "ops-edge-waf";
        assert.deepEqual(inputs["alarmActions"], [edge ? EDGE_TOPIC : TOPIC], name);
        assert.deepEqual(inputs["okActions"], inputs["alarmActions"], name);
        assert.equal(inputs["region"], edge ? "us-east-1" : undefined, name);
        assert.equal(inputs["treatMissingData"], "notBreaching", name);
        assert.equal(inputs["actionsEnabled"], undefined, name);
        assert.ok(String(inputs["alarmDescription"]).length > 40, name);
      }
    });

    it("names the alarm of a web ACL after its scope, whatever other web ACLs there are", async () => {
      const named = async (...webAcls: WebAclMetrics[]) =>
        (await record(preview, () => new Operations("ops", { ...ALL, webAcls })))
          .all(TYPES.metricAlarm)
          .flatMap(({ name }) => (name.includes("waf") ? [name] : []));
      const regional = { metricName: "acl" };
      const edge = { metricName: "edge-acl", scope: "CLOUDFRONT" };
      assert.deepEqual(await named(edge), ["ops-edge-waf"]);
      assert.deepEqual(await named(regional, edge), ["ops-edge-waf", "ops-waf"]);
      assert.deepEqual(await named(regional, edge, regional), ["ops-edge-waf", "ops-waf", "ops-waf-2"]);
    });

    it("makes nothing that was not asked for", async () => {
      const none = await record(preview, () => new Operations("ops", { doors: [URL_DOOR] }));
      assert.deepEqual(counts(none), {});
      const shown = await record(preview, () => new Operations("ops", { doors: [URL_DOOR], dashboard: true }));
      assert.deepEqual(counts(shown), { [TYPES.dashboard]: 1 });
    });

    it("two of them live in one stack", async () => {
      const two = await record(preview, () => {
        new Operations("a", ALL);
        new Operations("b", ALL);
      });
      assertSound(two);
      const names = two.all(TYPES.dashboard).map(({ inputs }) => inputs["dashboardName"]);
      assert.equal(new Set(names).size, 2);
    });
  });
}

describe("the alarms", () => {
  let graph: Graph;
  before(async () => {
    graph = await inIreland();
  });

  const watched = (suffix: string) => {
    const { namespace, metricName, dimensions, threshold, period } = alarm(graph, suffix).inputs;
    return { namespace, metricName, dimensions, threshold, period };
  };

  it("watch the API of a REST door, and the function of a Function URL", () => {
    assert.deepEqual(watched("bufferedApi-5xx"), {
      namespace: "AWS/ApiGateway",
      metricName: "5XXError",
      dimensions: { ApiName: "api", Stage: "live" },
      threshold: 5,
      period: 300,
    });
    const { metricName, dimensions } = watched("streamingUrl-5xx");
    assert.deepEqual([metricName, dimensions], ["Url5xxCount", { FunctionName: "url-fn" }]);
  });

  it("go off near the longest answer and near the cap", () => {
    assert.equal(watched("bufferedApi-latency").threshold, 26_100);
    assert.equal(alarm(graph, "bufferedApi-latency").inputs["extendedStatistic"], "p99");
    assert.equal(watched("streamingUrl-latency").threshold, 270_000);
    assert.equal(watched("bufferedApi-concurrency").threshold, 40);
  });

  it("watch a web ACL in its own region", () => {
    assert.deepEqual(watched("waf").dimensions, { WebACL: "acl", Rule: "ALL", Region: "eu-west-1" });
    assert.deepEqual(watched("edge-waf").dimensions, { WebACL: "edge-acl", Rule: "ALL" });
  });

  it("estimate the spend of a day with the prices of contract/aws/prices.ts", () => {
    const { metricQueries, threshold } = alarm(graph, "spend").inputs as {
      metricQueries: {
        id: string;
        expression?: string;
        returnData?: boolean;
        metric?: { period: number; stat: string };
      }[];
      threshold: number;
    };
    assert.equal(threshold, 25);
    const sums = metricQueries.filter(({ metric }) => metric);
    assert.ok(sums.length <= 10);
    for (const { metric } of sums) assert.deepEqual([metric?.period, metric?.stat], [86_400, "Sum"]);
    const [usd, ...others] = metricQueries.filter(({ returnData }) => returnData === true);
    assert.ok(usd?.expression);
    assert.deepEqual(others, []);

    // A million requests of 5 s at each door. All requests of the REST door pass the web ACL.
    const million = 1_000_000;
    const day: Record<string, number> = {
      d0: 5000 * million,
      c0: million,
      d1: 5000 * million,
      c1: million,
      a0: million,
      b0: 0,
    };
    assert.deepEqual(sums.map(({ id }) => id).sort(), Object.keys(day).sort());
    const filled = usd.expression.replace(/FILL\((\w+),0\)/g, (_, id: string) => String(day[id]));
    assert.match(filled, /^[\d.+*/()]+$/, "no exponent, which metric math does not read");
    const lambda = (gb: number) => 5 * million * gb * PRICES_USD.lambdaGbSecond + PRICES_USD.lambdaMillionRequests;
    const expected = lambda(1) + PRICES_USD.restMillionCalls + lambda(0.5) + PRICES_USD.wafMillionRequests;
    assert.ok(Math.abs(arithmetic(filled) - expected) < 1e-6, `${filled} = ${expected}`);
  });
});

describe("the dashboard", () => {
  let widgets: Widget[];
  before(async () => {
    widgets = widgetsOf(await inIreland());
  });

  it("answers who is on call", () => {
    assert.deepEqual(
      widgets.map(({ properties }) => properties.markdown?.split("\n")[0] ?? properties.title),
      [
        "# ops",
        "Alarms",
        "Requests",
        "Errors by code",
        "Time to the first byte, ms",
        "Duration, ms",
        "Failures",
        "Refusals and throttles",
        "Concurrency",
        "Blocked by the web ACL, by rule",
        "Blocked at the edge, by rule",
        "Estimated spend, US dollars a day",
      ],
    );
  });

  it("has a grid of 24 columns in which nothing overlaps", () => {
    const taken = new Map<string, number>();
    for (const [index, { x, y, width, height }] of widgets.entries()) {
      for (const value of [x, y, width, height]) assert.ok(Number.isInteger(value) && value >= 0);
      assert.ok(width >= 1 && x + width <= 24 && height >= 1 && height <= 1000);
      for (let column = x; column < x + width; column++) {
        for (let row = y; row < y + height; row++) {
          const cell = `${column},${row}`;
          assert.equal(taken.get(cell), undefined, `widgets ${taken.get(cell) ?? ""} and ${index} overlap`);
          taken.set(cell, index);
        }
      }
    }
  });

  it("has well-formed metrics, in the region where they are", () => {
    for (const { type, properties } of widgets) {
      if (type !== "metric") continue;
      const { title, region, metrics = [] } = properties;
      assert.equal(region, title === "Blocked at the edge, by rule" ? "us-east-1" : "eu-west-1", title);
      assert.ok(metrics.length > 0 && metrics.length <= 500, title);
      const ids = metrics.flatMap((metric) => (metric.at(-1) as { id?: string }).id ?? []);
      assert.equal(new Set(ids).size, ids.length, `${title}: ids are unique`);
      for (const id of ids) assert.match(id, /^[a-z][A-Za-z0-9_]*$/);
      for (const metric of metrics) assertMetric(metric, ids);
    }
  });

  it("asks for the handler's metrics as the handler writes them", () => {
    const own = widgets
      .flatMap(({ properties }) => properties.metrics ?? [])
      .filter(([first]) => first === METRIC_NAMESPACE);
    assert.equal(own.length, 12);
    for (const metric of own) {
      assert.ok(String(metric[1]) in METRIC_UNITS);
      assert.deepEqual([metric[2], metric[4]], METRIC_DIMENSIONS);
    }
    const [, , , errors] = widgets;
    for (const metric of errors?.properties.metrics ?? []) {
      const { expression } = metric[0] as { expression: string };
      assert.ok(expression.includes(`{${METRIC_NAMESPACE},${ERROR_DIMENSIONS.join(",")}}`));
    }
  });

  it("draws the limits that a door has", () => {
    const lines = widgets.flatMap(({ properties }) => properties.annotations?.horizontal ?? []);
    assert.deepEqual(
      lines.map(({ label, value }) => [label, value]),
      [
        ["bufferedApi: longest answer", 29_000],
        ["streamingUrl: longest answer", 300_000],
        ["bufferedApi: reserved", 50],
      ],
    );
  });

  it("shows every alarm", () => {
    const [alarms] = widgets.flatMap(({ properties }) => (properties.alarms ? [properties.alarms] : []));
    assert.equal(new Set(alarms).size, 12);
    for (const arn of alarms ?? []) assert.match(arn, /^arn:aws:cloudwatch:/);
  });
});

describe("Operations refuses", () => {
  const mistakes: [string, Partial<OperationsArgs>, RegExp][] = [
    ["alarms that nobody hears", { alarmTopicArns: [] }, /`alarms` is true, but `alarmTopicArns` is empty/],
    [
      "edge alarms that nobody hears",
      { edgeAlarmTopicArns: [] },
      /`edgeAlarmTopicArns` is empty\. Name a topic in us-east-1/,
    ],
    ["no door", { doors: [] }, /`doors` is empty/],
    ["a door twice", { doors: [URL_DOOR, URL_DOOR] }, /names the door "streamingUrl" twice/],
    ["a door's name with blanks", { doors: [{ ...URL_DOOR, door: "my door" }] }, /names "my door"\. Use letters/],
    [
      "a scope that does not exist",
      { webAcls: [{ metricName: "acl", scope: "GLOBAL" }] },
      /scope "GLOBAL"\. Use REGIONAL/,
    ],
    [
      "more than an alarm takes",
      { doors: ["a", "b", "c", "d", "e"].map((door) => ({ ...URL_DOOR, door })) },
      /needs 12 metrics\. An alarm accepts 10/,
    ],
  ];
  for (const [what, change, says] of mistakes) {
    it(what, () => {
      assert.throws(() => new Operations("ops", { ...ALL, ...change }), says);
    });
  }
});

/** Checks a line of a widget: an expression, or a metric with its dimensions in pairs. */
function assertMetric(metric: unknown[], ids: readonly string[]): void {
  const shown = JSON.stringify(metric);
  const options = metric.at(-1) as { expression?: string; stat?: string; visible?: boolean };
  assert.equal(typeof options, "object", shown);
  if (metric.length === 1) {
    assert.equal(typeof options.expression, "string", shown);
    for (const [, id = ""] of options.expression?.matchAll(/FILL\((\w+),/g) ?? []) assert.ok(ids.includes(id), shown);
    return;
  }
  const names = metric.slice(0, -1);
  for (const name of names) assert.ok(typeof name === "string" && name !== "", shown);
  assert.equal(names.length % 2, 0, `${shown}: dimensions come in pairs`);
  assert.ok(names.length >= 4, `${shown}: has a dimension`);
  if (options.stat !== undefined) assert.match(options.stat, /^(?:Sum|Maximum|p\d\d)$/);
}

/** Evaluates sums and products of numbers, as metric math does. */
function arithmetic(text: string): number {
  const tokens = text.match(/[\d.]+|[+*/()]/g) ?? [];
  const factor = (): number => {
    const token = tokens.shift();
    if (token !== "(") return Number(token);
    const value = sum();
    tokens.shift();
    return value;
  };
  const product = (): number => {
    let value = factor();
    while (tokens[0] === "*" || tokens[0] === "/") value = tokens.shift() === "*" ? value * factor() : value / factor();
    return value;
  };
  const sum = (): number => {
    let value = product();
    while (tokens[0] === "+") {
      tokens.shift();
      value += product();
    }
    return value;
  };
  return sum();
}
