/** Greatest lengths of the names that the provider makes. Seen: pulumi-aws, provider/resources.go, `AutoName("statementId", 100, "-")`, and `SetAutonaming(255, "-")` for all others; 64 and 63 believed. */
export const NAME = { property: "name", longest: 255 } as const;
export const SHORT_NAME = { property: "name", longest: 64 } as const;
export const STATEMENT_ID = { property: "statementId", longest: 100 } as const;
export const BUCKET = { property: "bucket", longest: 63 } as const;
