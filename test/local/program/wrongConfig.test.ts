import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placeOf } from "../../../local/program/place";
import { readStack } from "../../../local/program/project";
import { runStackProgram } from "../../../local/program/stackProgram";
import { ROOT } from "../../support/local/frontDoor";
import { assertCleanMessage, WRONG_CONFIGS } from "../../support/local/wrongConfigs";

const load = createRequire(__filename);

/** What `npm start` does with a stack file before it starts the stack. */
async function loaded(file: string): Promise<unknown> {
  const files = readStack("dev", file);
  // A program runs when its module is loaded, so it must be loaded again.
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete load.cache[join(ROOT, "index.ts")];
  return await runStackProgram(files, placeOf(files), () => load(join(ROOT, "index.ts")));
}

describe("a stack file that cannot be run", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "front-door-config-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const messageOf = async (file: string): Promise<string> => {
    const outcome = await loaded(file).then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(outcome instanceof Error, "the stack is refused");
    return outcome.message;
  };

  for (const [index, { title, content, says }] of WRONG_CONFIGS.entries()) {
    it(`names the file, the key and the remedy: ${title}`, async () => {
      const file = join(folder, `Pulumi.wrong-${index}.yaml`);
      writeFileSync(file, content);
      assertCleanMessage(await messageOf(file), file, says);
    });
  }

  it("names a folder, and a file that is not there", async () => {
    const file = join(folder, "Pulumi.folder.yaml");
    mkdirSync(file);
    assertCleanMessage(await messageOf(file), file, [/is a folder/, /Name a file/]);
    assertCleanMessage(await messageOf(join(folder, "none.yaml")), "none.yaml", [/no file/, /--config-file/]);
  });

  it("lists everything that is wrong with keys and types at once", async () => {
    const file = join(folder, "Pulumi.all.yaml");
    writeFileSync(
      file,
      "config:\n  doors:\n  edge: maybe\n  aws:region: Mars\n  memorySizeMb: [1]\n  jwt: { secure: x }\nextra: 1\n",
    );
    const message = await messageOf(file);
    for (const key of ["doors", "edge", "aws:region", "memorySizeMb", "jwt", "extra"])
      assert.equal(message.split("\n").filter((line) => line.includes(`- \`${key}\``)).length, 1, key);
  });

  it("lists every value that is wrong at once", async () => {
    const file = join(folder, "Pulumi.values.yaml");
    writeFileSync(file, "config:\n  agentRuntimeArn: x\n  apiAuth: basic\n  memorySizeMb: 1\n  doors: [side]\n");
    const message = await messageOf(file);
    for (const key of ["agentRuntimeArn", "apiAuth", "memorySizeMb", "doors"])
      assert.equal(message.split("\n").filter((line) => line.includes(`- \`${key}\``)).length, 1, key);
  });

  it("takes the forms that the engine takes: no namespace, the long form, numbers and lists as texts, a byte order mark", () => {
    const file = join(folder, "Pulumi.right.yaml");
    writeFileSync(
      file,
      '\uFEFFconfig:\n  sampleAgent: "true"\n  agentcore-front-door:config:memorySizeMb: "256"\n  doors: \'["bufferedApi"]\'\nencryptionsalt: v1:x\n',
    );
    const { config } = readStack("dev", file);
    assert.equal(config["agentcore-front-door:sampleAgent"], "true");
    assert.equal(config["agentcore-front-door:memorySizeMb"], "256");
    assert.equal(config["agentcore-front-door:doors"], '["bufferedApi"]');
  });
});
