import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stacksIn } from "../../local/program/project";
import { purposeOf, stacksTable } from "../../docs/sections/stacks";
import { ROOT } from "../support/local/frontDoor";

const listed = (text: string): string[] => [...text.matchAll(/^\| \[`(.+?)`\]/gm)].map(([, stack = ""]) => stack);

describe("stacks/README.md", () => {
  const stacks = stacksIn(join(ROOT, "stacks"));

  it("lists every stack once", () => {
    assert.deepEqual(listed(readFileSync(join(ROOT, "stacks", "README.md"), "utf8")).sort(), [...stacks].sort());
  });

  it("keeps its order when it is made anew, with new stacks at the end and none that is gone", () => {
    const [first, second, ...rest] = listed(stacksTable("| [`private`](x) |\n| [`gone`](x) |\n| [`all`](x) |\n"));
    assert.deepEqual([first, second], ["private", "all"]);
    assert.deepEqual(
      rest,
      stacks.filter((stack) => stack !== "private" && stack !== "all"),
    );
  });

  it("says of each stack what the comment at the top of its file says, which is one line or two", () => {
    assert.equal(purposeOf("Pulumi.x.yaml", "# One.\nconfig: {}\n# Other.\n"), "One.");
    assert.equal(purposeOf("Pulumi.x.yaml", "# One,\n# and two.\nconfig: {}\n"), "One, and two.");
    for (const text of ["config: {}\n", "# 1\n# 2\n# 3\nconfig: {}\n"])
      assert.throws(() => purposeOf("Pulumi.x.yaml", text), /^Error: stacks\/Pulumi\.x\.yaml begins with [03] lines/);
  });
});
