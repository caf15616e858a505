import * as pulumi from "@pulumi/pulumi";
import { FrontDoor, stackOutputs } from "./components/index";
import { readConfig } from "./contract/config/read";

// The SDK exports this function, but leaves it out of its types. Nothing else says which values are encrypted.
// https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/config.ts
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret: (full: string) => boolean };

// Pulumi.yaml has the types, descriptions and defaults of the keys. `FrontDoor` validates their values.
const config = readConfig(pulumi.runtime.allConfig(), pulumi.getProject(), pulumi.RunError, isConfigSecret);

export = stackOutputs(new FrontDoor("front-door", config));
