import { carryNaughtyStrings } from "../support/http/naughty";

describe("the big list of naughty strings, in real processes", () => {
  carryNaughtyStrings("every string");
});
