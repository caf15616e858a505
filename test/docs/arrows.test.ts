import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "../support/local/frontDoor";
import { pathArrows } from "../support/pathArrows";

interface Room {
  /** The rooms that it may import. */
  readonly imports: readonly string[];
  /** Paths that its files may name, in addition to its own. */
  readonly names?: readonly RegExp[];
  /** True if its files may name the root, for files that are not sources. */
  readonly root?: true;
}

const CONTRACT = ["contract/aws", "contract/wire", "contract/runtime", "contract/config"];

/** The rooms, as in the design. */
const ROOMS: Readonly<Record<string, Room>> = {
  ...Object.fromEntries(CONTRACT.map((room, floor) => [room, { imports: CONTRACT.slice(0, floor) }])),
  functions: { imports: CONTRACT },
  // The package has the licence of the root.
  client: { imports: CONTRACT, names: [/^LICENSE$/], root: true },
  "agents/sample": { imports: [] },
  policy: { imports: [] },
  components: {
    imports: CONTRACT,
    // In functions/: entry files, replacements of SDK modules, and the files that are bundled by themselves.
    names: [
      /^functions(?:\/[^/]+\.ts)?$/,
      /^functions\/sdk\/[^/]+\.ts$/,
      /^functions\/request\/redact\/(?:customPatterns|detectors)\.mts$/,
      /^functions\/request\/caller\/(?:edgeIds|userTokens)\.mts$/,
      /^functions\/answer\/dialects\.mts$/,
      /^functions\/hooks\/hooks\.mts$/,
      // A stack's schema is bundled with what reads its errors.
      /^functions\/request\/schema$/,
      // The types that a module of hooks is checked against.
      /^contract\/runtime\/hooks$/,
      /^agents\/sample(?:\/[^/]+\.c?[jt]s)?$/,
    ],
    // The package's loader knows its own sources by their beginning.
    root: true,
  },
  // Stack files are in the root.
  local: {
    imports: [...CONTRACT, "policy", "client", "index.ts"],
    names: [
      // What is compiled, and what is watched.
      /^agents\/sample(?:\*|\/(?:agent\.ts|createRequire\.cjs))?$/,
      /^policy(?:\/index\.ts|\/pack)?$/,
      /^(?:contract|functions)$/,
      // A program of the user's own finds the components in the folder, as it does by the package's name.
      /^components$/,
      /^node_modules\/\.cache\/agentcore-front-door$/,
      /^package-lock\.json$/,
    ],
    root: true,
  },
};

const topOf = (path: string): string => path.split("/")[0] ?? "";

/** The room of a file. The rooms of contract/ may name the same paths. */
const roomOf = (file: string): Room | undefined =>
  Object.entries(ROOMS).find(([room]) => topOf(room) === topOf(file))?.[1];

/** Folders and files that are not rooms. */
const TOPS = ["bench", "docs", "examples", "stacks", "test", "index.ts"];

const scripts = (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> })
  .scripts;
const [, names = ""] = /^depcruise --config \.dependency-cruiser\.cjs (.+)$/.exec(scripts["arrows"] ?? "") ?? [];
const CRUISED = names.split(" ");

/** Every source of the rooms, from the root. */
function sourcesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return /^(?:node_modules|coverage|build|dist|types|\..*)$/.test(entry.name) ? [] : sourcesOf(path);
    return /\.[cm]?[jt]s$/.test(entry.name) ? [path] : [];
  });
}

const SOURCES = sourcesOf("");

describe("the arrows between rooms", () => {
  const root = mkdtempSync(join(tmpdir(), "arrows-"));
  after(() => {
    rmSync(root, { recursive: true, force: true });
  });

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  let broken = new Map<string, readonly string[]>();

  before("a tree of rooms, with every arrow between two of them", async () => {
    write("tsconfig.json", readFileSync(join(ROOT, "tsconfig.json"), "utf8"));
    write("package.json", '{"type":"commonjs","dependencies":{"@pulumi/pulumi":"*"}}');
    write("node_modules/@pulumi/pulumi/package.json", '{"name":"@pulumi/pulumi","version":"1.0.0","main":"index.js"}');
    write("node_modules/@pulumi/pulumi/index.js", "exports.a = 1;");
    const rooms = [...new Set([...Object.keys(ROOMS), ...TOPS])];
    for (const room of rooms) write(room === "index.ts" ? room : `${room}/leaf.ts`, "export const leaf = 1;");
    for (const from of Object.keys(ROOMS)) {
      for (const to of rooms) {
        if (from !== to)
          write(arrowFile(from, to), `import "${up(from)}${to === "index.ts" ? "index" : `${to}/leaf`}";`);
      }
      write(`${from}/own.ts`, 'import "./leaf";');
    }
    for (const [kind, line] of KINDS) write(`functions/by_${kind}.ts`, line);
    write("functions/by_mts.mts", 'import "../components/leaf.js";');
    write("functions/pulumi.ts", 'import "@pulumi/pulumi";');
    write("components/pulumi.ts", 'import "@pulumi/pulumi";');
    write("client/node.ts", 'import "node:net";');
    write("contract/wire/node.ts", 'import "node:net";');
    write("contract/wire/node_type.ts", 'import type { Socket } from "net"; export type A = Socket;');
    write("contract/aws/node.ts", 'import "node:net";');
    write("components/index.ts", "export const face = 1;");
    write("examples/face.ts", 'import "../components/index";');
    write("examples/inner.ts", 'import "../components/leaf";');
    write("examples/other.ts", 'import "./face";');
    write("index.ts", 'import "./components/leaf"; import "./components/index"; export const leaf = 1;');
    write("docs/one.ts", 'import "./two";');
    write("docs/two.ts", 'import "./three";');
    write("docs/three.ts", 'import "./one";');
    write("bench/one.ts", 'import type { B } from "./two"; export type A = B;');
    write("bench/two.ts", 'import type { A } from "./one"; export type B = A;');
    write("local/one.ts", 'export type A = import("./two").B;');
    write("local/two.ts", 'export type B = import("./one").A;');
    write("test/one.ts", 'import "./two";');
    write("test/two.ts", 'import "./one";');

    const { cruise } = await import("dependency-cruiser");
    const options = (await import("dependency-cruiser/config-utl/extract-depcruise-options")).default;
    const tsConfig = (await import("dependency-cruiser/config-utl/extract-ts-config")).default;
    const { output } = await cruise(
      [...new Set(CRUISED.map((name) => name.split("/")[0] ?? ""))],
      { ...(await options(join(ROOT, ".dependency-cruiser.cjs"))), baseDir: root, validate: true },
      undefined,
      { tsConfig: tsConfig(join(root, "tsconfig.json")) },
    );
    assert.ok(typeof output === "object");
    broken = new Map<string, string[]>();
    for (const { from, rule } of output.summary.violations)
      broken.set(from, [...(broken.get(from) ?? []), rule.name].sort());
  });

  const KINDS = [
    ["type", 'import type { leaf } from "../components/leaf"; export type A = typeof leaf;'],
    ["export", 'export * from "../components/leaf";'],
    ["dynamic", 'void import("../components/leaf");'],
    ["require", 'require("../components/leaf");'],
    ["import_require", 'import leaf = require("../components/leaf"); export = leaf;'],
    ["import_type", 'export type A = typeof import("../components/leaf");'],
    ["js_suffix", 'import "../components/leaf.js";'],
  ] as const;
  const up = (room: string): string => "../".repeat(room.split("/").length);
  const arrowFile = (from: string, to: string): string => `${from}/to_${to.replace(/\W/g, "_")}.ts`;
  const ruleOf = (room: string): string =>
    `${room.replace(/^agents\/.*/, "agents").replace("/", "-")}-imports-downwards`;

  for (const [from, { imports: below }] of Object.entries(ROOMS)) {
    it(`${from}/ imports ${below.length === 0 ? "no other room" : below.join(", ")}: any other import fails`, () => {
      for (const to of [...Object.keys(ROOMS), ...TOPS]) {
        if (from === to) continue;
        const rules = broken.get(arrowFile(from, to)) ?? [];
        assert.equal(rules.includes(ruleOf(from)), !below.includes(to), `${from} -> ${to}: ${rules.join(", ")}`);
      }
      assert.equal(broken.get(`${from}/own.ts`), undefined);
    });
  }

  it("counts each way to import", () => {
    for (const kind of [...KINDS.map(([name]) => name), "mts"])
      assert.deepEqual(
        broken.get(`functions/by_${kind}.${kind === "mts" ? "mts" : "ts"}`),
        [ruleOf("functions")],
        kind,
      );
  });

  it("functions/ never imports Pulumi, components/ may", () => {
    assert.deepEqual(broken.get("functions/pulumi.ts"), ["functions-without-pulumi"]);
    assert.equal(broken.get("components/pulumi.ts"), undefined);
  });

  it("contract/wire/ and client/ import nothing of Node, not even a type", () => {
    assert.deepEqual(broken.get("client/node.ts"), ["client-runs-in-a-browser"]);
    assert.deepEqual(broken.get("contract/wire/node.ts"), ["wire-runs-in-a-browser"]);
    assert.deepEqual(broken.get("contract/wire/node_type.ts"), ["wire-runs-in-a-browser"]);
    assert.equal(broken.get("contract/aws/node.ts"), undefined);
  });

  it("examples/ imports the package only, and no other example", () => {
    assert.equal(broken.get("examples/face.ts"), undefined);
    for (const file of ["examples/inner.ts", "examples/other.ts"])
      assert.deepEqual(broken.get(file), ["examples-import-the-package"], file);
  });

  it("index.ts imports components/index.ts only", () => {
    assert.deepEqual(broken.get("index.ts"), ["the-program-imports-the-face"]);
  });

  it("no circle of files, types included", () => {
    for (const folder of ["docs", "bench", "local", "test"]) {
      const rules = [...broken].flatMap(([file, names]) =>
        /^\w+\/(?:one|two)\.ts$/.test(file) && file.startsWith(folder) ? names : [],
      );
      assert.ok(rules.length > 0 && rules.every((name) => name === "no-circle"), folder);
    }
  });

  it("has shown each rule of the config", async () => {
    const { default: options } = await import("dependency-cruiser/config-utl/extract-depcruise-options");
    const { ruleSet } = (await options(join(ROOT, ".dependency-cruiser.cjs"))) as {
      ruleSet: { forbidden: { name: string; severity: string }[] };
    };
    const shown = new Set([...broken.values()].flat());
    // Skip the rule of contract/ as a whole: its four rooms are listed here.
    for (const { name, severity } of ruleSet.forbidden) {
      assert.ok(shown.has(name), name);
      assert.equal(severity, "error", name);
    }
  });

  it("are looked at by `npm run check`, in every room", () => {
    assert.match(scripts["check"] ?? "", /npm run arrows/);
    const rooms = new Set(SOURCES.filter((path) => path.includes("/")).map((path) => path.split("/")[0] ?? ""));
    for (const room of rooms) assert.ok(CRUISED.includes(room) || room === "stacks", room);
    for (const room of rooms)
      if (!["bench", "docs", "examples", "stacks", "test"].includes(room))
        assert.ok(roomOf(room), `${room}/ has no floor`);
  });
});

function faults(sources: ReadonlyMap<string, string>): string[] {
  return pathArrows(sources).flatMap(({ from, to }) => {
    const room = roomOf(from);
    const isFine =
      !room || topOf(to) === topOf(from) || (to === "" && room.root) || room.names?.some((path) => path.test(to));
    return isFine ? [] : [`${from} -> ${to}`];
  });
}

describe("arrows by path", () => {
  const held = new Map(
    SOURCES.filter((path) => roomOf(path)).map((path) => [path, readFileSync(join(ROOT, path), "utf8")]),
  );

  it("go down as well", () => {
    assert.ok(held.size > 300);
    assert.deepEqual(faults(held), []);
  });

  it("are seen: what is bundled and started today", () => {
    const seen = pathArrows(held).map(({ from, to }) => `${from} -> ${to}`);
    for (const arrow of [
      "components/agent/bundle.ts -> agents/sample/agent.ts",
      "components/function/bundle.ts -> functions/*.ts",
      "components/function/bundle.ts -> functions/edgeSigner.ts",
      "local/cli/agent/agentProcess.ts -> agents/sample/agent.ts",
      "local/policyHost/check.ts -> policy",
    ])
      assert.ok(seen.includes(arrow), arrow);
  });

  const PLACE = 'const place = join(__dirname, "..");';
  for (const [file, text, to] of [
    [
      "components/new.ts",
      'bundle(join(__dirname, "..", "functions", "handler", "run.ts"));',
      "functions/handler/run.ts",
    ],
    ["components/new.ts", `${PLACE} bundle(join(place, "local/cli/start.ts"));`, "local/cli/start.ts"],
    ["components/new.ts", `${PLACE} bundle(\`\${place}/functions/\${name}/x.ts\`);`, "functions/*/x.ts"],
    ["components/new.ts", 'bundle(__dirname + "/../test/support/http/sse.ts");', "test/support/http/sse.ts"],
    ["components/new.ts", 'bundle({ entryPoints: ["functions/handler/run.ts"] });', "functions/handler/run.ts"],
    ["components/rest/new.ts", 'bundle(path.resolve(__dirname, "../../policy/index.ts"));', "policy/index.ts"],
    ["components/new.ts", 'bundle(join(dirname(__filename), "..", "client", "connect.ts"));', "client/connect.ts"],
    ["functions/new.ts", 'read(new URL("../agents/sample/agent.ts", import.meta.url));', "agents/sample/agent.ts"],
    [
      "functions/new.ts",
      'read(fileURLToPath(new URL("../contract/aws/limits.ts", import.meta.url)));',
      "contract/aws/limits.ts",
    ],
    ["functions/new.ts", 'read(require.resolve("../components/index"));', "components/index"],
    [
      "functions/jwt/new.ts",
      'read(join(import.meta.dirname, "../../stacks/Pulumi.jwt.yaml"));',
      "stacks/Pulumi.jwt.yaml",
    ],
    [
      "local/aws/new.ts",
      'import { PROJECT_ROOT as top } from "../program/project"; start(join(top, "components", "index.ts"));',
      "components/index.ts",
    ],
    ["local/aws/new.ts", 'start(join(__dirname, "../../functions/buffered.ts"));', "functions/buffered.ts"],
    [
      "local/new.ts",
      'spawn("node", ["test/support/handlers/manyStreams.ts"]);',
      "test/support/handlers/manyStreams.ts",
    ],
    ["components/new.ts", 'build({ entryPoints: ["functions/handler/run"] });', "functions/handler/run.ts"],
    ["components/new.ts", 'build({ entryPoints: { out: "./functions/handler/run" } });', "functions/handler/run.ts"],
    [
      "components/new.ts",
      'build({ entryPoints: [join("functions", "handler", "run.ts")] });',
      "functions/handler/run.ts",
    ],
    ["components/new.ts", 'build({ entryPoints: [resolve("local", name)] });', "local/*"],
    ["components/new.ts", 'bundle(path.join(process.cwd(), "local", "cli", "start.ts"));', "local/cli/start.ts"],
    [
      "components/new.ts",
      'build({ absWorkingDir: join(__dirname, "../functions"), entryPoints: ["handler/run.ts"] });',
      "functions/handler/run.ts",
    ],
    [
      "components/new.ts",
      'build({ stdin: { contents: `export * from "./functions/handler/run";`, resolveDir: process.cwd() } });',
      "functions/handler/run.ts",
    ],
    ["functions/new.ts", "void import(`../components/${name}`);", "components/*"],
    ["functions/new.ts", 'const room = "../components/index"; void import(room);', "components/index"],
    ["functions/new.ts", 'const get = createRequire(__filename); get("../components/index");', "components/index.ts"],
    ["contract/wire/new.ts", 'read(new URL("../../Pulumi.yaml", import.meta.url));', "Pulumi.yaml"],
    [
      "agents/sample/new.ts",
      'read(createRequire(__filename).resolve("../../functions/buffered"));',
      "functions/buffered",
    ],
    ["policy/new.ts", 'read(join(__dirname, "..", "contract", "aws", "limits.ts"));', "contract/aws/limits.ts"],
    ["client/new.ts", 'spawn(join(__dirname, "..", "local", "cli", "start.ts"));', "local/cli/start.ts"],
  ] as const) {
    it(`refuses ${file}: ${text}`, () => {
      const project = "local/program/project.ts";
      const all = new Map(SOURCES.map((path): [string, string] => [path, ""]))
        .set(project, held.get(project) ?? "")
        .set(file, text);
      assert.ok(faults(all).includes(`${file} -> ${to}`), faults(all).join(", "));
    });
  }
});

describe("the folders of sources", () => {
  const MOST = 16;
  const crowded = (paths: readonly string[]): string[] => {
    const count = new Map<string, number>();
    for (const path of paths) count.set(dirname(path), (count.get(dirname(path)) ?? 0) + 1);
    return [...count].flatMap(([folder, files]) => (files > MOST ? [`${folder}: ${String(files)}`] : []));
  };
  const counted = SOURCES.filter((path) => !/^(?:test\/)?policy\//.test(path));

  it(`have at most ${String(MOST)} files side by side, except those of policy/ and of its tests`, () => {
    assert.ok(counted.includes("test/docs/arrows.test.ts"));
    assert.deepEqual(crowded(counted), [], "Split the folder by subject.");
  });

  it("are counted", () => {
    const more = Array.from({ length: MOST + 1 }, (_, index) => `components/new/${String(index)}.ts`);
    assert.deepEqual(crowded([...counted, ...more.slice(1)]), []);
    assert.deepEqual(crowded([...counted, ...more]), ["components/new: 17"]);
  });
});
