import { compile, type Compiled, type Program } from "./program";

/** Where a run of the matcher is: start and end of each group; -1 if it has not matched. */
type Slots = readonly number[];

/**
 * Matches at one place as a backtracking engine without any shortcut does, and counts the characters that it looks at. An engine may skip
 * places where no match can begin, so the count is an upper limit of what it reads.
 */
class Matcher {
  reads = 0;

  constructor(
    private readonly compiled: Compiled,
    private readonly text: string,
  ) {}

  at(start: number): Slots | undefined {
    const slots = new Array<number>(this.compiled.groups * 2 + 2).fill(-1);
    const end = this.run(this.compiled.program, start, slots);
    return end && [start, end.place, ...end.slots.slice(2)];
  }

  /** The character before or behind a place; "" at the edge of the text. */
  private character(place: number, step: 1 | -1): string {
    this.reads++;
    if (!this.compiled.unicode) return this.text.charAt(step === 1 ? place : place - 1);
    if (step === 1) return place < this.text.length ? String.fromCodePoint(this.text.codePointAt(place) ?? 0) : "";
    const pair = this.text.slice(Math.max(0, place - 2), place);
    return (pair.codePointAt(0) ?? 0) > 0xffff ? pair : pair.slice(-1);
  }

  private run(program: Program, from: number, before: Slots): { place: number; slots: Slots } | undefined {
    const open: [pc: number, place: number, slots: Slots][] = [[0, from, before]];
    for (let state = open.pop(); state; state = open.pop()) {
      let [pc, place, slots] = state;
      for (let alive = true; alive;) {
        const instruction = program[pc];
        if (instruction === undefined) return { place, slots };
        pc++;
        switch (instruction.op) {
          case "character": {
            const character = this.character(place, instruction.step);
            alive = character !== "" && instruction.accepts(character);
            place += instruction.step * character.length;
            break;
          }
          case "split":
            open.push([pc - 1 + instruction.second, place, slots]);
            pc += instruction.first - 1;
            break;
          case "jump":
            pc += instruction.by - 1;
            break;
          case "save":
            slots = slots.with(instruction.slot, place);
            break;
          case "look": {
            const found = this.run(instruction.program, place, slots);
            alive = (found === undefined) === instruction.negate;
            if (found !== undefined && !instruction.negate) slots = found.slots;
            break;
          }
          case "back": {
            const [start, end] = [slots[instruction.group * 2] ?? -1, slots[instruction.group * 2 + 1] ?? -1];
            const value = start < 0 || end < 0 ? "" : this.text.slice(start, end);
            this.reads += value.length;
            const from = instruction.step === 1 ? place : place - value.length;
            alive = this.text.startsWith(value, from);
            place += instruction.step * value.length;
            break;
          }
          case "start":
            alive = place === 0;
            break;
          case "end":
            alive = place === this.text.length;
        }
      }
    }
    return undefined;
  }
}

const NATIVE = {
  exec: Object.getOwnPropertyDescriptor(RegExp.prototype, "exec") ?? {},
  charCodeAt: Object.getOwnPropertyDescriptor(String.prototype, "charCodeAt") ?? {},
};
const programs = new Map<string, Compiled>();

/**
 * Counts the characters that a search looks at: those of every regular expression, place by place, and those of every `charCodeAt`.
 *
 * @returns what the search has returned, and the number of characters
 */
export function countReads<Result>(search: () => Result): { result: Result; reads: number } {
  const native = (): void => {
    Object.defineProperty(RegExp.prototype, "exec", NATIVE.exec);
    Object.defineProperty(String.prototype, "charCodeAt", NATIVE.charCodeAt);
  };
  let reads = 0;
  const counting = (): void => {
    RegExp.prototype.exec = function (text) {
      native();
      try {
        const found = match(this, text);
        reads += found.reads;
        return found.array;
      } finally {
        counting();
      }
    };
    String.prototype.charCodeAt = function (place) {
      reads++;
      return this.slice(place, place + 1).codePointAt(0) ?? NaN;
    };
  };
  counting();
  try {
    return { result: search(), reads };
  } finally {
    native();
  }
}

/** What `exec` does, with the number of characters that it looks at. */
function match(expression: RegExp, text: string): { array: RegExpExecArray | null; reads: number } {
  const key = String(expression);
  const compiled = programs.get(key) ?? compile(expression);
  programs.set(key, compiled);
  const matcher = new Matcher(compiled, text);
  const { global, sticky } = expression;
  let slots: Slots | undefined;
  for (let place = global || sticky ? expression.lastIndex : 0; place <= text.length && !slots; place++) {
    slots = matcher.at(place);
    if (sticky) break;
  }
  if (global || sticky) expression.lastIndex = slots?.[1] ?? 0;
  return { array: slots ? answer(slots, text) : null, reads: matcher.reads };
}

function answer(slots: Slots, text: string): RegExpExecArray {
  const groups: (string | undefined)[] = [];
  for (let i = 0; i < slots.length; i += 2) {
    const [start = -1, end = -1] = slots.slice(i, i + 2);
    groups.push(start < 0 || end < 0 ? undefined : text.slice(start, end));
  }
  return Object.assign(groups, { index: slots[0], input: text, groups: undefined }) as unknown as RegExpExecArray;
}
