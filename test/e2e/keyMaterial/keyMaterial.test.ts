import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { Credentials, DoorName } from "../../../contract/wire/doors";
import { LocalIssuer } from "../../../local/aws/cognito/issuer";
import { Iam } from "../../../local/aws/iam/iam";
import { Kms } from "../../../local/aws/kms/keys";
import { Target } from "../../../local/aws/target";
import { TYPES, type Graph } from "../../../local/program/graph";
import { stackFile } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { OwnAgent } from "../../support/local/ownAgent";
import { Sweep } from "./sweep";
import { watch, type Watched } from "./watch";

const JWT = { issuer: "https://login.example.com/", audience: ["https://agent.example.com"] };
const STACKS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "keys, and tokens for the runtime": { runtimeAuth: "oauth", callerHeader: { name: "Caller" } },
  signatures: { apiAuth: "iam", runtimeUserId: true, headerMap: { "X-Tenant": "Tenant" } },
  "an anonymous edge": { doors: ["streamingUrl"], callers: [], edge: true },
  "users everywhere": { callers: [], edge: true, edgeAuth: "jwt", apiAuth: "jwt", jwt: JWT },
};

/** What a client can send where keys and tokens are sent; each value is its own. */
const SENT = [
  "authorization",
  "x-api-key",
  "x-auth-token",
  "cookie",
  "x-amz-security-token",
  "proxy-authorization",
  "x-amz-date",
  "x-csrf-token",
];

/** A token that the double of a runtime accepts: nobody here could check its signature. */
function runtimeToken(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: "https://login.example.com/", sub: "ann", exp: Math.floor(Date.now() / 1000) + 3600 };
  return `${part({ alg: "RS256" })}.${part(claims)}.${randomBytes(32).toString("base64url")}`;
}

/** The log without the lines that show a user the keys of this run. */
function withoutAnnouncement(log: readonly string[]): string {
  const ready = log.findIndex((line) => line.startsWith("Ready, "));
  const end = log.indexOf("Ctrl-C stops everything.");
  assert.ok(ready >= 0 && end > ready);
  return [...log.slice(0, ready), ...log.slice(end)].join("\n");
}

for (const [title, changes] of Object.entries(STACKS)) {
  describe(`key material at run time: ${title}`, () => {
    let agent: OwnAgent;
    let frontDoor: LocalFrontDoor;
    /** What no log, environment, archive or call of the agent contains. */
    const inside = new Sweep();
    /** What no answer contains. */
    const answers = new Sweep();
    const ends: (() => void)[] = [];
    const tokens: Promise<unknown>[] = [];
    let graph: Graph | undefined;
    let macs = 0;

    const secret = (name: string, value: string | Uint8Array): void => {
      inside.secret(name, value);
      answers.secret(name, value);
    };
    const made = ({ result }: Watched): void => {
      const { accessKeyId, secretAccessKey, sessionToken } = result as Credentials;
      secret(`secret of ${accessKeyId}`, secretAccessKey);
      if (sessionToken !== undefined) secret(`session token of ${accessKeyId}`, sessionToken);
    };
    const generated = ({ result, self }: Watched): void => {
      const { Mac } = result as { Mac: string };
      secret("the key of session ids", Buffer.from(Mac, "base64"));
      for (const { material } of (self as { keys: ReadonlyMap<string, { material: Buffer }> }).keys.values())
        secret("the material of the KMS key", material);
      macs++;
    };

    const ask = async (door: DoorName, path: string, init: Parameters<LocalFrontDoor["send"]>[2] = {}) => {
      const response = await frontDoor.send(door, path, init);
      const text = await response.text().catch(() => "");
      answers.place(`${door}, status ${response.status}`, `${JSON.stringify([...response.headers])}\n${text}`);
      return response;
    };

    before(async () => {
      ends.push(
        watch(Target, "deploy", ({ parameters }) => (graph = parameters[0] as Graph)),
        watch(Iam.prototype, "assumeRole", made),
        watch(Iam.prototype, "addCaller", made),
        watch(Iam.prototype, "addService", made),
        watch(Kms.prototype, "generateMac", generated),
        watch(LocalIssuer.prototype, "token", ({ result }) => tokens.push(result as Promise<unknown>)),
      );
      agent = await OwnAgent.start((prompt, response) => {
        if (prompt === "fail") response.writeHead(500).end("no");
        else if (prompt === "die") response.writeHead(200, { "Content-Type": "text/event-stream" }).destroy();
        else response.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: hello\n\n");
      });
      frontDoor = await LocalFrontDoor.start(["--config-file", stackFile(changes), "--agent", agent.url]);
      for (const token of await Promise.all(tokens)) secret("a token", String(token));
      for (const { name, auth, apiKey } of frontDoor.announced.doors) {
        for (const value of [apiKey?.value, "value" in auth ? auth.value : undefined])
          if (value !== undefined) secret(`what opens ${name}`, value);
      }
    });
    after(async () => {
      for (const end of ends) end();
      await agent.stop();
      await frontDoor.stop();
    });

    it("is in no log line, answer, environment, archive and call of the agent", async () => {
      const token = tokens.length > 0 ? String(await tokens[0]) : runtimeToken();
      secret("the token for the runtime", token);
      const post = (body: string, headers: Record<string, string> = {}) => ({
        body,
        headers: { "content-type": "application/json", "x-auth-token": token, ...headers },
      });
      for (const { name: door } of frontDoor.announced.doors) {
        for (const prompt of ["hello", "fail", "die"]) {
          const response = await ask(door, "/invoke", post(JSON.stringify({ prompt })));
          const id = response.headers.get("x-session-id");
          if (id === null) continue;
          // An issued id opens a session, so it is a secret of the client, to whom it is sent.
          if (title === "an anonymous edge") inside.secret("an issued session id", id);
          await ask(door, `/sessions/${id}`, { method: "DELETE", headers: { "x-auth-token": token } });
        }
        for (const header of SENT) {
          const canary = `${header}-canary-${randomBytes(12).toString("hex")}`;
          secret(`a client's ${header}`, canary);
          for (const value of [canary, `Bearer ${canary}`, `AWS4-HMAC-SHA256 Credential=${canary}`])
            await ask(door, "/invoke", { ...post('{"prompt":"hello"}'), afterSigning: { [header]: value } });
          await ask(door, `/invoke?${header}=${canary}&X-Amz-Signature=${canary}`, post('{"prompt":"hello"}'));
          await ask(door, `/none?access_token=${canary}`, { method: "GET" });
        }
        for (const body of ["{", '{"prompt":1}', "[]"]) await ask(door, "/invoke", post(body));
      }
      await frontDoor.loggedRequests();

      inside.place("standard output", withoutAnnouncement(frontDoor.log));
      for (const { headers, body } of agent.received)
        inside.place("calls of the agent", JSON.stringify([headers, body]));
      for (const { name, inputs } of graph?.all(TYPES.function) ?? [])
        inside.place(`environment and archive of ${name}`, JSON.stringify(inputs));
      console.log(`      ${JSON.stringify({ inside: inside.size, answers: answers.size })}`);
      assert.ok(agent.received.length > 0 && inside.size.secrets >= SENT.length + 3);
      assert.equal(macs > 0, title === "an anonymous edge");
      assert.deepEqual([...inside.found, ...answers.found], []);
    });
  });
}
