/** A secret in the forms in which a careless line could have it. */
function forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    bytes.toString("hex"),
    JSON.stringify(secret).slice(1, -1),
  ];
}

/** Places that must have no secret, and the secrets; each by a name for the message. */
export class Sweep {
  private readonly secrets = new Map<string, string>();
  private readonly places = new Map<string, string>();

  /** Plants a secret: a text, or the bytes of a key. */
  secret(name: string, value: string | Uint8Array): void {
    const texts =
      typeof value === "string"
        ? forms(value)
        : (["base64", "base64url", "hex"] as const).map((form) => Buffer.from(value).toString(form));
    for (const text of texts) {
      if (text.length < 16) throw new Error(`${name} is too short to be found without false alarms.`);
      this.secrets.set(text, name);
    }
  }

  place(name: string, text: string): void {
    this.places.set(name, `${this.places.get(name) ?? ""}\n${text}`);
  }

  get size(): { readonly secrets: number; readonly places: number } {
    return { secrets: new Set(this.secrets.values()).size, places: this.places.size };
  }

  /** `<place>: <secret>` of each secret that is somewhere. */
  get found(): string[] {
    const found = [...this.places].flatMap(([place, text]) =>
      [...this.secrets].flatMap(([secret, name]) => (text.includes(secret) ? [`${place}: ${name}`] : [])),
    );
    return [...new Set(found)].sort();
  }
}
