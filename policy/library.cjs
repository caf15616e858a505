/** The rules for a pack of one's own: `require("agentcore-front-door-policy/library")`. */
module.exports = require(require("./load.cjs").compiled("library"));
