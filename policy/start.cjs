/** What Pulumi starts: the package's `main`. */
require(require("./load.cjs").compiled("index"));
