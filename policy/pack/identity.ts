import manifest from "../package.json";

/** Name that the engine shows. */
export const name = "agentcore-front-door";

/** As package.json has it, from which the SDK takes it too. */
export const { version } = manifest;
