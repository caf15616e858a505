// The SDK loads two plugins through `createRequire`, which bundlers do not follow. In the bundle this file replaces `module`.
const plugins = {
  "@fastify/sse": require("@fastify/sse"),
  "@fastify/websocket": require("@fastify/websocket"),
};

exports.createRequire = () => (name) => {
  if (!(name in plugins)) throw new Error(`${name} is not in the bundle.`);
  return plugins[name];
};
