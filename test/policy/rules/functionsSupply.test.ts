import assert from "node:assert/strict";
import { functionCodeSource } from "../../../policy/rules/functions/codeSource";
import { functionLayers } from "../../../policy/rules/functions/layers";
import { testRule } from "../support/cases";
import { declare, unknown, type Declared } from "../support/declare";

const fn = (props: Readonly<Record<string, unknown>>): Declared[] => [declare("function", "fn", props)];
const noFunctions = { title: "a stack without functions", resources: [declare("logGroup", "logs")] };
const OWN_ROLE = { role: "arn:aws:iam::123456789012:role/door" };

/** As the SDK puts an asset or archive on the wire. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const archive = (content: object) => ({ [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7", ...content });
const ownFiles = archive({ path: "./dist" });
const byDigest = `123456789012.dkr.ecr.us-east-1.amazonaws.com/door@sha256:${"0123456789abcdef".repeat(4)}`;
const publishing = declare("function", "fn", { code: ownFiles, publish: true });
const [latest] = fn({ code: ownFiles });
assert.ok(latest);
const alias = (functionVersion: unknown, name: unknown = "live") =>
  declare("alias", "alias", { functionName: "fn", name, functionVersion });

testRule(functionCodeSource, {
  pass: [
    { title: "an archive of files", resources: fn({ code: ownFiles }) },
    {
      title: "an archive that the program puts together",
      resources: fn({
        code: archive({
          assets: { "index.mjs": { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", text: "export {}" } },
        }),
      }),
    },
    { title: "an image by its digest", resources: fn({ packageType: "Image", imageUri: byDigest }) },
    { title: "an object in S3", resources: fn({ s3Bucket: "code", s3Key: "fn.zip", s3ObjectVersion: "1" }) },
    { title: "an alias on the version of the same update", resources: [publishing, alias(publishing.out("version"))] },
    { title: "an alias on an older version", resources: [latest, alias("7")] },
    {
      title: "an alias for development on $LATEST",
      settings: { latestAliases: ["dev"] },
      resources: [latest, alias("$LATEST", "dev")],
    },
  ],
  fail: [
    {
      title: "an archive from a URL",
      resources: fn({ code: archive({ uri: "http://example.com/fn.zip" }) }),
      findings: [["fn", "code"]],
    },
    {
      title: "an archive from a URL with TLS",
      resources: fn({ code: archive({ uri: "https://example.com/fn.zip" }) }),
      findings: [["fn", "code"]],
    },
    {
      title: "an image by its tag",
      resources: fn({ packageType: "Image", imageUri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/door:v1" }),
      findings: [["fn", "imageUri"]],
    },
    {
      title: "an image by nothing",
      resources: fn({ packageType: "Image", imageUri: "door" }),
      findings: [["fn", "imageUri"]],
    },
    {
      title: "an image by half a digest",
      resources: fn({ packageType: "Image", imageUri: "door@sha256:0123" }),
      findings: [["fn", "imageUri"]],
    },
    { title: "an alias on $LATEST", resources: [latest, alias("$LATEST")], findings: [["alias", "functionVersion"]] },
    {
      title: "an alias on the version of a function that publishes none",
      resources: [latest, alias(latest.out("version"))],
      findings: [["alias", "functionVersion"]],
    },
  ],
  unknown: [
    {
      title: "an image to come",
      resources: fn({ packageType: "Image", imageUri: unknown }),
      findings: [["fn", "imageUri"]],
    },
    { title: "an archive to come", resources: fn({ code: unknown }), findings: [["fn", "code"]] },
    { title: "a version from outside", resources: [latest, alias(unknown)], findings: [["alias", "functionVersion"]] },
  ],
  notApplicable: [noFunctions],
});

const layer = declare("layerVersion", "layer", { layerName: "layer" });
const layerOf = (account: string) => `arn:aws:lambda:us-east-1:${account}:layer:telemetry:3`;

testRule(functionLayers, {
  pass: [
    { title: "no layers", resources: fn(OWN_ROLE) },
    { title: "a layer of the function's account", resources: fn({ ...OWN_ROLE, layers: [layerOf("123456789012")] }) },
    {
      title: "a layer of the stack",
      resources: [layer, ...fn({ ...OWN_ROLE, layers: [layer.out("arn")] })],
      modes: ["preview"],
    },
    {
      title: "a layer of an account that the stack trusts",
      settings: { accounts: ["580247275435"] },
      resources: fn({ layers: [layerOf("580247275435")] }),
    },
  ],
  fail: [
    {
      title: "a layer of another account",
      resources: fn({ ...OWN_ROLE, layers: [layerOf("210987654321")] }),
      findings: [["fn", "layers[0]"]],
    },
    {
      title: "a layer of another account beside one's own",
      resources: fn({ ...OWN_ROLE, layers: [layerOf("123456789012"), layerOf("210987654321")] }),
      findings: [["fn", "layers[1]"]],
    },
    {
      title: "what is no layer",
      resources: fn({ ...OWN_ROLE, layers: ["telemetry"] }),
      findings: [["fn", "layers[0]"]],
    },
    {
      title: "an account that is not the trusted one",
      settings: { accounts: ["580247275435"] },
      resources: fn({ ...OWN_ROLE, layers: [layerOf("580247275436")] }),
      findings: [["fn", "layers[0]"]],
    },
  ],
  unknown: [
    {
      title: "a layer from outside",
      resources: fn({ ...OWN_ROLE, layers: [unknown] }),
      findings: [["fn", "layers[0]"]],
    },
    { title: "which layers there are", resources: fn({ ...OWN_ROLE, layers: unknown }), findings: [["fn", "layers"]] },
    {
      title: "whose account the function's is",
      modes: ["preview"],
      resources: fn({ layers: [layerOf("210987654321")] }),
      findings: [["fn", "layers[0]"]],
    },
  ],
  notApplicable: [noFunctions],
});
