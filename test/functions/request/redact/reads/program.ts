import { RegExpParser, type AST } from "@eslint-community/regexpp";

/** Whether a character, as a string, is one of a class. */
type Accepts = (character: string) => boolean;

/** An instruction of a backtracking matcher. `step` is 1 forwards and -1 in a lookbehind; jumps are relative. */
export type Instruction =
  | { readonly op: "character"; readonly accepts: Accepts; readonly step: 1 | -1 }
  | { readonly op: "split"; readonly first: number; readonly second: number }
  | { readonly op: "jump"; readonly by: number }
  | { readonly op: "save"; readonly slot: number }
  | { readonly op: "look"; readonly program: Program; readonly negate: boolean }
  | { readonly op: "back"; readonly group: number; readonly step: 1 | -1 }
  | { readonly op: "start" | "end" };
export type Program = readonly Instruction[];

export interface Compiled {
  readonly program: Program;
  readonly groups: number;
  readonly unicode: boolean;
  readonly ignoreCase: boolean;
}

/** @throws Error for what no detector uses: word boundaries, named groups, `v` flags */
export function compile({ source, flags }: RegExp): Compiled {
  const unicode = flags.includes("u");
  const ignoreCase = flags.includes("i");
  let groups = 0;
  const numbers = new Map<AST.CapturingGroup, number>();

  const accepts = (raw: string): Accepts => {
    const whole = new RegExp(`^(?:${raw})$`, flags.replace(/[gy]/g, ""));
    const known = new Map<string, boolean>();
    return (character) => {
      let answer = known.get(character);
      if (answer === undefined) known.set(character, (answer = whole.test(character)));
      return answer;
    };
  };

  const either = (choices: readonly Program[]): Program =>
    choices.reduceRight((rest, choice) => [
      { op: "split", first: 1, second: choice.length + 2 },
      ...choice,
      { op: "jump", by: rest.length + 1 },
      ...rest,
    ]);

  const sequence = (elements: readonly AST.Element[], step: 1 | -1): Program =>
    (step === 1 ? elements : elements.toReversed()).flatMap((element) => one(element, step));

  const group = ({ alternatives }: { alternatives: readonly AST.Alternative[] }, step: 1 | -1): Program =>
    either(alternatives.map(({ elements }) => sequence(elements, step)));

  const repeat = ({ min, max, element, greedy }: AST.Quantifier, step: 1 | -1): Program => {
    const body = one(element, step);
    const split = (to: number): Instruction => {
      const [first, second] = greedy ? [1, to] : [to, 1];
      return { op: "split", first, second };
    };
    const must = Array.from({ length: min }, () => body).flat();
    if (max === Infinity) return [...must, split(body.length + 2), ...body, { op: "jump", by: -body.length - 1 }];
    const may = Array.from({ length: max - min }, (_, i) => [
      split((max - min - i) * (body.length + 1)),
      ...body,
    ]).flat();
    return [...must, ...may];
  };

  const one = (element: AST.Element, step: 1 | -1): Program => {
    switch (element.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
        return [{ op: "character", accepts: accepts(element.raw), step }];
      case "Group":
        return group(element, step);
      case "CapturingGroup": {
        const number = numbers.get(element) ?? ++groups;
        numbers.set(element, number);
        const [before, after] = step === 1 ? [0, 1] : [1, 0];
        return [
          { op: "save", slot: number * 2 + before },
          ...group(element, step),
          { op: "save", slot: number * 2 + after },
        ];
      }
      case "Quantifier":
        return repeat(element, step);
      case "Backreference":
        return [{ op: "back", group: Number(element.ref), step }];
      case "Assertion":
        if (element.kind === "start" || element.kind === "end") return [{ op: element.kind }];
        if (element.kind === "lookahead" || element.kind === "lookbehind") {
          const program = group(element, element.kind === "lookahead" ? 1 : -1);
          return [{ op: "look", program, negate: element.negate }];
        }
    }
    throw new Error(`The counting matcher does not know ${element.type} ${element.raw}.`);
  };

  const { alternatives } = new RegExpParser().parsePattern(source, 0, source.length, { unicode });
  const program = either(alternatives.map(({ elements }) => sequence(elements, 1)));
  return { program, groups, unicode, ignoreCase };
}
