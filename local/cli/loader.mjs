import Module from "node:module";

// A preload for processes that run TypeScript. tsx transforms the files of this project; Node.js loads those of packages by itself. tsx would
// parse each of them for syntax to transform, which doubles the time that Pulumi's SDK needs to load.

// Keeps compiled code between two starts; since Node.js 22. https://nodejs.org/api/module.html#moduleenablecompilecachecachedir
Module.enableCompileCache?.();

const { _extensions: extensions } = Module;
const loadAsNode = extensions[".js"];
await import("tsx");
const loadWithTsx = extensions[".js"];

extensions[".js"] = (module, file) => {
  if (!/[/\\]node_modules[/\\]/.test(file)) {
    loadWithTsx(module, file);
    return;
  }
  // Nor does Node.js read the source maps of packages.
  process.setSourceMapsEnabled(false);
  try {
    loadAsNode(module, file);
  } finally {
    process.setSourceMapsEnabled(true);
  }
};
