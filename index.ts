import * as pulumi from "@pulumi/pulumi";
import { FrontDoor } from "./components";
import { readConfig } from "./contract/config/read";

// Pulumi.yaml has the types, descriptions and defaults of the keys. `FrontDoor` validates their values.
const config = readConfig(pulumi.runtime.allConfig(), pulumi.getProject(), pulumi.RunError);

const { outputs, apiKeys } = new FrontDoor("front-door", config);

export = { ...outputs, ...(Object.keys(apiKeys).length > 0 && { apiKeys }) };
