import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

const NOT_IN_A_BROWSER =
  "What is in contract/wire/ and client/ runs in a browser, which does not have it. Use Uint8Array and what the web has.";

export default tseslint.config(
  { ignores: ["node_modules", "coverage", ".front-door", "policy/build", "policy/types", "**/dist"] },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.mts"],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { "@pulumi": pulumi },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // `new aws.x.Y()` is how a program declares a resource.
      "no-new": "off",
      "@typescript-eslint/no-unused-expressions": "error",
    },
  },
  {
    // What client and door agree on runs in a browser. `npm run arrows` holds that it imports nothing of Node.
    files: ["contract/wire/**/*.ts", "client/**/*.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        {
          globals: [
            "Buffer",
            "__dirname",
            "__filename",
            "clearImmediate",
            "global",
            "module",
            "process",
            "require",
            "setImmediate",
          ].map((name) => ({ name, message: NOT_IN_A_BROWSER })),
          checkGlobalObject: true,
        },
      ],
      "@typescript-eslint/no-restricted-types": ["error", { types: { Buffer: NOT_IN_A_BROWSER } }],
    },
  },
  {
    files: ["**/*.cjs", "**/*.mjs"],
    languageOptions: {
      globals: Object.fromEntries(
        [
          "require",
          "module",
          "__dirname",
          "__filename",
          "process",
          "console",
          "Buffer",
          "URL",
          "setTimeout",
          "clearTimeout",
          "fetch",
        ].map((name) => [name, "readonly"]),
      ),
    },
  },
  {
    // The page of the playground, which a browser loads as it is.
    files: ["local/playground/page/*.js"],
    languageOptions: {
      globals: Object.fromEntries(
        [
          "document",
          "location",
          "history",
          "fetch",
          "AbortController",
          "TextDecoderStream",
          "requestAnimationFrame",
          "URLSearchParams",
        ].map((name) => [name, "readonly"]),
      ),
    },
  },
);
