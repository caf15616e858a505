import { describeChanges } from "./describeChanges";

// All four runs are in cases.deep.test.ts.
describeChanges("single changes to recorded programs, and what the pack says of them", [["preview", "default"]]);
