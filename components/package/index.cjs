/**
 * The package as programs in TypeScript and JavaScript import it. Pulumi's plugin host also loads this file, and calls what it exports: it would
 * compile the components with the tsconfig.json of the folder that it was started in.
 */
const isPluginHost = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run-plugin/.test(require.main?.filename ?? "");

if (isPluginHost) {
  const { serve } = require("./provider.cjs");
  module.exports = () => serve(process.argv.slice(2));
} else {
  const components = require("./loader.cjs");
  // One line for each, so that Node finds the names when an ES module imports them.
  exports.AccountLogging = components.AccountLogging;
  exports.ApiDomain = components.ApiDomain;
  exports.ApiKeys = components.ApiKeys;
  exports.BufferedApi = components.BufferedApi;
  exports.EdgeDistribution = components.EdgeDistribution;
  exports.EdgeSigner = components.EdgeSigner;
  exports.FrontDoor = components.FrontDoor;
  exports.stackOutputs = components.stackOutputs;
  exports.JwtAuthorizer = components.JwtAuthorizer;
  exports.Operations = components.Operations;
  exports.PrivateNetwork = components.PrivateNetwork;
  exports.RuntimeLock = components.RuntimeLock;
  exports.SampleAgent = components.SampleAgent;
  exports.StreamingApi = components.StreamingApi;
  exports.StreamingUrl = components.StreamingUrl;
  exports.UserPool = components.UserPool;
  exports.WebAcl = components.WebAcl;
}
