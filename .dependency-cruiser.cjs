/** Which room may import which: rooms import downwards only. It does not see files that are named by their paths, such as those that are bundled. */

/** Each room with the rooms below it. */
const FLOORS = {
  contract: [],
  functions: ["contract"],
  client: ["contract"],
  agents: [],
  policy: [],
  components: ["contract"],
  local: ["contract", "policy", "client"],
};

/** The rooms of contract/ and those below each. */
const CONTRACT = {
  "contract/aws": [],
  "contract/wire": ["contract/aws"],
  "contract/runtime": ["contract/aws", "contract/wire"],
  "contract/config": ["contract/aws", "contract/wire", "contract/runtime"],
};

const inside = (room) => `^${room}/`;
const ANY_ROOM = `^(?:${[...Object.keys(FLOORS), "bench", "docs", "examples", "stacks", "test"].join("|")})/|^index\\.ts$`;

const downwards = Object.entries({ ...FLOORS, ...CONTRACT }).map(([room, below]) => ({
  name: `${room.replace("/", "-")}-imports-downwards`,
  comment: `${room}/ imports ${below.length === 0 ? "no other room" : `no other room but ${below.map((each) => `${each}/`).join(", ")}`}.`,
  severity: "error",
  from: { path: inside(room) },
  to: {
    path: ANY_ROOM,
    pathNot: [
      ...[room, ...below].map(inside),
      // `npm start` runs the program itself.
      ...(room === "local" ? ["^index\\.ts$"] : []),
    ],
  },
}));

module.exports = {
  forbidden: [
    { name: "no-circle", comment: "No circle of files.", severity: "error", from: {}, to: { circular: true } },
    ...downwards,
    {
      name: "examples-import-the-package",
      comment:
        "An example is copied by itself: it imports the components' public face, the types of hooks and packages only.",
      severity: "error",
      from: { path: inside("examples") },
      to: {
        path: "^(?!node_modules/)[^/]+[/.]",
        pathNot: ["^components/index.ts$", "^contract/runtime/hooks.ts$"],
        dependencyTypesNot: ["core"],
      },
    },
    {
      name: "the-program-imports-the-face",
      comment: "index.ts imports the components' public face only.",
      severity: "error",
      from: { path: "^index\\.ts$" },
      to: { path: inside("components"), pathNot: ["^components/index.ts$"] },
    },
    {
      name: "functions-without-pulumi",
      comment: "What runs in Lambda never imports Pulumi.",
      severity: "error",
      from: { path: inside("functions") },
      to: { path: "node_modules/@pulumi/" },
    },
    ...["contract/wire", "client"].map((room) => ({
      name: `${room.split("/").at(-1)}-runs-in-a-browser`,
      comment: `${room}/ imports nothing of Node.`,
      severity: "error",
      from: { path: inside(room), pathNot: "[.]mjs$" },
      to: { dependencyTypes: ["core"] },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
  },
};
