import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyOfProject } from "../../support/local/projectCopy";
import { MUTANTS, type Mutant } from "../matrix/mutants";
import { STEP_MS, Walker } from "../matrix/suite";
import { engineSuite, share } from "../support/cli";
import { program, withStack } from "../support/stack";

engineSuite("the matrix finds a program with", () => {
  for (const mutant of share(MUTANTS, 3)) {
    it(mutant.title, async () => {
      const copy = copyOfProject();
      try {
        mutate(copy, mutant);
        const problems = await withStack({ program: () => program(copy) }, async (stack) => {
          const [without = {}, ...stops] = mutant.walk;
          const walk = { title: mutant.title, without, stops };
          return await new Walker(() => stack).take(walk).then(
            (taken) => taken.problems,
            (error: unknown) => [(error as Error).message],
          );
        });
        assert.match(problems.join("\n"), mutant.says);
      } finally {
        rmSync(copy, { recursive: true });
      }
    }).timeout((mutant.walk.length + 2) * STEP_MS);
  }
});

function mutate(root: string, { file, find, replace }: Mutant): void {
  const path = join(root, file);
  writeFileSync(
    path,
    readFileSync(path, "utf8").replace(find, () => replace),
  );
}
