import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { isDoorName, type FrontDoor } from "../../contract/wire/doors";
import { EVENT_STREAM, JSON_TYPE } from "../../contract/wire/headers";
import { close, listen, readBody, sendJson, type Listening } from "../aws/http";
import { askDoor } from "./ask";
import { doorRequest, type Caller } from "./callDoor";
import { describeStack } from "./describe";
import { callRefusal, isOwnHost, PAGE_HEADERS } from "./guard";

/** The files of the page, by their paths. */
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["index.html", "text/html"],
  "/page.css": ["page.css", "text/css"],
  "/icon.svg": ["icon.svg", "image/svg+xml"],
  ...Object.fromEntries(
    ["app.js", "api.js", "column.js", "timeline.js", "elements.js"].map((name) => [
      `/${name}`,
      [name, "text/javascript"],
    ]),
  ),
};

/** A prompt may be as long as a door accepts, in JSON. */
const MAX_CALL_BYTES = 8_000_000;

/** What the page sends to ask a door, or to stop a session. */
interface Call {
  readonly door?: unknown;
  readonly prompt?: unknown;
  readonly sessionId?: unknown;
  readonly collect?: unknown;
  readonly caller?: Caller;
}

/** A page on a port of its own that tries the doors of the stack. The page calls this server only, which calls the doors. It is never deployed. */
export class Playground {
  private constructor(
    private readonly listening: Listening,
    private readonly token: string,
  ) {}

  /**
   * @param frontDoor the stack as it is now
   * @param port 0 for a free port
   */
  static async start(frontDoor: () => FrontDoor, port: number): Promise<Playground> {
    const token = randomBytes(24).toString("base64url");
    const listening: Listening = await listen(
      (request, response) =>
        serve(request, response, { frontDoor, token, port: Number(new URL(listening.origin).port) }),
      port,
      "clients",
      "--playground-port",
    );
    return new Playground(listening, token);
  }

  /** The page with the token of this start, which stands behind the `#`: browsers send it to no server. */
  get url(): string {
    return `${this.listening.origin}/#token=${this.token}`;
  }

  async stop(): Promise<void> {
    await close(this.listening);
  }
}

interface Context {
  readonly frontDoor: () => FrontDoor;
  readonly token: string;
  readonly port: number;
}

async function serve(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
  const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
  if (path.startsWith("/api/")) {
    await serveCall(path.slice("/api/".length), request, response, context);
    return;
  }
  request.resume();
  const [file, type] = Object.hasOwn(FILES, path) ? (FILES[path] ?? []) : [];
  if (!isOwnHost(request, context.port)) sendJson(response, 421, { message: "Use the URL that npm start printed." });
  else if (file === undefined) sendJson(response, 404, { message: "There is no such file." });
  else if (request.method !== "GET" && request.method !== "HEAD") sendJson(response, 405, { message: "Use GET." });
  else {
    const body = readFileSync(join(__dirname, "page", file));
    response.writeHead(200, { "Content-Type": `${type ?? ""}; charset=utf-8`, "Content-Length": body.byteLength });
    response.end(request.method === "HEAD" ? undefined : body);
  }
}

async function serveCall(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  { frontDoor, token, port }: Context,
): Promise<void> {
  const refusal = callRefusal(request, port, token);
  const { body } = await readBody(request, refusal ? 0 : MAX_CALL_BYTES);
  if (refusal) sendJson(response, refusal.status, { message: refusal.message });
  else if (name === "stack") sendJson(response, 200, await describeStack(frontDoor(), request.headers.origin ?? ""));
  else if (name === "ask" || name === "stop") await callDoor(name, readCall(body), response, frontDoor());
  else sendJson(response, 404, { message: "There is no such call." });
}

function readCall(body: Buffer | undefined): Call {
  try {
    return JSON.parse(body?.toString() ?? "") as Call;
  } catch {
    return {};
  }
}

async function callDoor(kind: "ask" | "stop", call: Call, response: ServerResponse, stack: FrontDoor): Promise<void> {
  const { door: name, prompt, sessionId, collect, caller = { kind: "stack" } } = call;
  const door = stack.doors.find((each) => each.name === name);
  if (!isDoorName(name) || !door) {
    sendJson(response, 400, { message: `The stack has no door ${JSON.stringify(name)}. Reload the page.` });
    return;
  }
  const session = typeof sessionId === "string" && sessionId !== "" ? sessionId : undefined;
  const headers = { "content-type": JSON_TYPE, accept: collect === true ? JSON_TYPE : EVENT_STREAM };
  const wanted =
    kind === "ask"
      ? { method: "POST", path: "/invoke", headers, body: JSON.stringify({ prompt, session_id: session }) }
      : { method: "DELETE", path: `/sessions/${encodeURIComponent(session ?? "")}`, headers: {}, body: "" };
  const ending = new AbortController();
  response.once("close", () => {
    ending.abort();
  });
  response.writeHead(200, { "Content-Type": "application/x-ndjson; charset=utf-8" });
  const outgoing = doorRequest(door, wanted, caller, stack.credentials);
  for await (const frame of askDoor(door, outgoing, ending.signal)) {
    if (!response.write(`${JSON.stringify(frame)}\n`))
      await Promise.race([once(response, "drain"), once(response, "close")]);
  }
  response.end();
}
