import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { ROOT } from "../../support/local/frontDoor";

const FOLDER = ".github/workflows";
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const files = readdirSync(join(ROOT, FOLDER));

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly needs?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly "cancel-in-progress": boolean };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}
const workflow = (file: string): Workflow => parse(read(join(FOLDER, file))) as Workflow;

// https://json.schemastore.org/github-workflow.json
const schema = JSON.parse(
  readFileSync(require.resolve("schemastore/schemas/json/github-workflow.json"), "utf8"),
) as object;
const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

/** Rights that GitHub's token can use to change something. `id-token` only asks for a token of OIDC. */
const writes = ({ permissions = {} }: Pick<Job, "permissions">): string[] =>
  Object.entries(permissions).flatMap(([name, level]) => (level === "write" && name !== "id-token" ? [name] : []));

describe("the workflows", () => {
  for (const file of files)
    describe(file, () => {
      const { jobs, permissions, on } = workflow(file);
      const steps = Object.values(jobs).flatMap((job) => job.steps);

      it("is valid", () => {
        assert.ok(validate(parse(read(join(FOLDER, file)))), JSON.stringify(validate.errors));
        assert.ok(!validate({ on: "push", jobs: { one: { steps: [] } } }), "the schema refuses a job without a runner");
      });

      it("names each action by its commit, and the version beside it", () => {
        for (const { uses } of steps) if (uses !== undefined) assert.match(uses, /^[\w-]+\/[\w./-]+@[0-9a-f]{40}$/);
        const lines = read(join(FOLDER, file)).split("\n");
        for (const line of lines) if (/^\s*(?:- )?uses:/.test(line)) assert.match(line, / # v\d+\.\d+\.\d+$/);
      });

      it("gives the whole workflow no right to write, and starts for no event that runs a fork's code with secrets", () => {
        assert.ok(permissions);
        assert.deepEqual(writes({ permissions }), []);
        for (const event of ["pull_request_target", "workflow_run", "issue_comment"]) assert.ok(!(event in on), event);
      });

      it("runs the branch's code only in jobs that can write nothing, and leaves no token behind", () => {
        for (const [name, job] of Object.entries(jobs)) {
          const checkouts = job.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@") === true);
          if (checkouts.length > 0) assert.deepEqual(writes(job), [], name);
          for (const each of checkouts) assert.equal(each.with?.["persist-credentials"], false, name);
        }
      });

      it("puts no expression into a script, and each script is one that bash reads", () => {
        for (const { run } of steps) {
          if (run === undefined) continue;
          assert.ok(!run.includes("${{"), run);
          const { status, stderr } = spawnSync("bash", ["-n"], { input: run, encoding: "utf8" });
          assert.equal(status, 0, stderr);
        }
      });
    });

  it("preview in a job with a role and post from another, which has neither role nor checkout", () => {
    const { preview, report } = workflow("preview.yml").jobs;
    assert.ok(preview && report);
    const uses = (job: Job) => job.steps.map((step) => step.uses?.split("@")[0]);
    assert.ok(uses(preview).includes("aws-actions/configure-aws-credentials"));
    assert.deepEqual(writes(preview), []);
    assert.equal(report.needs, "preview");
    assert.deepEqual(writes(report), ["pull-requests", "security-events"]);
    assert.equal(report.permissions?.["id-token"], undefined);
    assert.deepEqual(
      uses(report).filter((each) => each !== undefined),
      ["actions/download-artifact"],
    );
    assert.ok(
      !report.steps.some(
        ({ run = "", env = {} }) => /npm|node|pulumi/.test(run) || JSON.stringify(env).includes("secrets."),
      ),
    );
  });

  it("deploy to an environment, with its role, and never end an update in its middle", () => {
    const { deploy } = workflow("deploy.yml").jobs;
    assert.equal(deploy?.environment, "${{ matrix.environment }}");
    assert.equal(deploy.concurrency?.["cancel-in-progress"], false);
    assert.deepEqual(Object.keys(workflow("deploy.yml").on), ["push", "workflow_dispatch"]);
  });

  it("compare with AWS by schedule, and change nothing", () => {
    const { on, jobs } = workflow("drift.yml");
    assert.ok("schedule" in on);
    const script = jobs["drift"]?.steps.map(({ run = "" }) => run).join("\n") ?? "";
    assert.match(script, /pulumi preview .*--refresh --expect-no-changes/);
    assert.doesNotMatch(script, /pulumi (?:up|refresh|destroy)/);
  });

  it("run the tests with the engine in the check", () => {
    assert.ok(workflow("check.yml").jobs["check"]?.steps.some(({ run }) => run === "bash .ci/run"));
    assert.match(read(".ci/run"), /^npm run test:engine /m);
    assert.match(read(".ci/run"), /go build -C test\/engine\/cli/);
  });
});
