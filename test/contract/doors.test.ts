import assert from "node:assert/strict";
import ts from "typescript";
import { REST_DOOR_NAMES } from "../../contract/config/keys/rest";
import { DEFAULTS } from "../../contract/config/defaults";
import { maxDurationOf, type Settings } from "../../contract/config/settings";
import { hasNoRestDoor, knownDoors } from "../../contract/config/validate/doors";
import { DOOR_NAMES, DOORS, isDoorName } from "../../contract/wire/doors";
import { nodesOf, parseSource, sourceFiles } from "../support/sources";

/** Comparisons with a door's name: `door === "bufferedApi"`, `doors.includes("streamingUrl")`, `case "streamingApi":`. */
function comparisons(source: ts.SourceFile): readonly string[] {
  return [...nodesOf(source)].flatMap((node) => {
    if (!ts.isStringLiteralLike(node) || !isDoorName(node.text)) return [];
    const { parent } = node;
    const compared =
      (ts.isBinaryExpression(parent) && /^[!=]==?$/.test(parent.operatorToken.getText())) ||
      (ts.isCallExpression(parent) &&
        ts.isPropertyAccessExpression(parent.expression) &&
        /^(?:includes|indexOf)$/.test(parent.expression.name.text)) ||
      ts.isCaseClause(parent);
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    return compared ? [`${source.fileName}:${line + 1}: ${parent.getText()}`] : [];
  });
}

describe("the table of doors", () => {
  it("has the three doors, in their order", () => {
    assert.deepEqual(Object.keys(DOORS), [...DOOR_NAMES]);
    assert.deepEqual([...DOOR_NAMES], ["bufferedApi", "streamingUrl", "streamingApi"]);
  });

  it("says which are on API Gateway, which buffer, and who verifies signatures", () => {
    assert.deepEqual(REST_DOOR_NAMES, ["bufferedApi", "streamingApi"]);
    assert.deepEqual(
      DOOR_NAMES.filter((name) => DOORS[name].buffered),
      ["bufferedApi"],
    );
    for (const name of DOOR_NAMES) assert.equal(DOORS[name].service, DOORS[name].rest ? "execute-api" : "lambda", name);
  });

  it("lets each door run for the time that its kind can have", () => {
    const settings = { ...DEFAULTS, maxDurationSeconds: 600, bufferedMaxDurationSeconds: 20 } as unknown as Settings;
    assert.deepEqual(
      DOOR_NAMES.map((name) => maxDurationOf(settings, name)),
      [20, 600, 600],
    );
  });

  for (const room of ["client", "components", "contract", "docs", "functions", "local"]) {
    it(`is asked in ${room}/, which compares no names of doors`, () => {
      assert.deepEqual(
        sourceFiles(room).flatMap((file) => comparisons(parseSource(file))),
        [],
      );
    });
  }
});

describe("a list of doors that nobody has checked yet", () => {
  for (const [doors, known, none] of [
    [["streamingUrl"], ["streamingUrl"], true],
    [["streamingUrl", "bufferedApi"], ["streamingUrl", "bufferedApi"], false],
    [[], [], true],
    [["streamingAPI"], [], false],
    [[null, 7, "toString"], [], false],
    ["streamingUrl", [], false],
    [null, [], false],
    [undefined, [], false],
  ] as [unknown, string[], boolean][]) {
    it(`is read as it stands: ${JSON.stringify(doors)}`, () => {
      assert.deepEqual([knownDoors(doors), hasNoRestDoor(doors)], [known, none]);
    });
  }
});
