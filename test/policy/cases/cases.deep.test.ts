import { describeChanges } from "./describeChanges";

describeChanges("single changes to recorded programs, and what the pack says of them in every run", [
  ["preview", "default"],
  ["update", "default"],
  ["preview", "prod"],
  ["update", "prod"],
]);
