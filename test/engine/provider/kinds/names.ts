/** Greatest lengths of the names that the provider makes. Seen: pulumi-aws, provider/resources.go: `AutoName("name", 64, "-")`, `AutoName("statementId", 100, "-")`, `AutoNameTransform("bucket", 63, ...)` and `SetAutonaming(255, "-")` for all others. */
export const NAME = { property: "name", longest: 255 } as const;
export const SHORT_NAME = { property: "name", longest: 64 } as const;
export const STATEMENT_ID = { property: "statementId", longest: 100 } as const;
export const BUCKET = { property: "bucket", longest: 63, lowerCase: true } as const;
