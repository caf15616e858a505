/** Serves the components to programs in every language, as the engine starts a provider. The schema is made by `npm run docs`. */
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { main } = require("@pulumi/pulumi/provider");

const schema = readFileSync(join(__dirname, "schema.json"), "utf8");
const { name, version, resources } = JSON.parse(schema);

const provider = {
  name,
  version,
  getSchema: () => Promise.resolve(schema),
  construct(resource, type, inputs, options) {
    const { properties } = resources[type] ?? {};
    if (properties === undefined) {
      return Promise.reject(
        new Error(`${name} has no component ${type}. It has ${Object.keys(resources).join(", ")}.`),
      );
    }
    const Component = require("./loader.cjs")[type.split(":")[2]];
    const made = new Component(resource, inputs, options);
    const state = Object.fromEntries(Object.keys(properties).map((property) => [property, made[property]]));
    return Promise.resolve({ urn: made.urn, state });
  },
};

/** @param {string[]} args of the process: the engine's address */
exports.serve = (args) => main(provider, args);
