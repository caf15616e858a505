import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { DialectReader } from "../../contract/wire/dialects/reader";
import { ERRORS } from "../../contract/wire/errors";
import { bytesOf, CANARY, RECORDED } from "../captures/recorded";
import { parsed } from "../support/http/sse";
import { stackFile } from "../support/local/frontDoor";
import { LocalFrontDoor } from "../support/local/localFrontDoor";
import { OwnAgent } from "../support/local/ownAgent";
import type * as agUi from "./pages/agUi";
import type * as aiSdk from "./pages/aiSdk";
import { OwnPage } from "./support/page";

/** Each client with what its page shows before the message of an error. */
const CLIENTS = {
  agUi: { client: "@ag-ui/client", prefix: (code: string) => `${code}: ` },
  aiSdk: { client: "ai", prefix: () => "Error: " },
} as const;
const DOORS = ["streamingApi", "streamingUrl"] as const;

/** A recorded stream, cut after its first event with text. */
interface Cut {
  readonly first: string;
  readonly start: string;
  readonly rest: string;
}

function cutOf(file: string): Cut {
  const events = bytesOf(file)
    .toString()
    .split(/(?<=\n\n)/);
  const reader = new DialectReader();
  for (const [index, event] of events.entries()) {
    const [{ event: type = "", data } = { data: "" }] = parsed(Buffer.from(event));
    const said = reader.read({ type, data }).find(({ kind }) => kind === "text");
    if (said?.kind === "text")
      return { first: said.text, start: events.slice(0, index + 1).join(""), rest: events.slice(index + 1).join("") };
  }
  throw new Error(`${file} has no text.`);
}

describe("a page with the client of a framework", () => {
  let agent: OwnAgent;
  /** The agent waits with these answers until the page shows their first text. */
  let waiting: ServerResponse | undefined;
  before(async () => {
    agent = await OwnAgent.start((prompt, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      const [how, file = ""] = prompt.split(" ");
      if (how === "all") response.end(bytesOf(file));
      else {
        response.write(cutOf(file).start);
        waiting = response;
      }
    });
  });
  after(async () => {
    await agent.stop();
  });

  for (const [dialect, { client, prefix }] of Object.entries(CLIENTS)) {
    const files = Object.entries(RECORDED).filter(([, recorded]) => recorded.dialect === dialect);

    describe(client, () => {
      let page: OwnPage<typeof agUi | typeof aiSdk>;
      let frontDoor: LocalFrontDoor;
      before(async () => {
        page = await OwnPage.open(dialect);
        const file = stackFile({ doors: DOORS, edge: true, callers: [], corsOrigins: [page.origin] });
        frontDoor = await LocalFrontDoor.start(["--config-file", file, "--agent", agent.url]);
      });
      after(async () => {
        await page.close();
        await frontDoor.stop();
      });

      const shown = async (id: "answer" | "error"): Promise<string> =>
        (await page.page.locator(`#${id}`).textContent()) ?? "";
      /** Reloads the page, and starts a question. @returns the id of its request, once the stream has ended */
      const ask = async (door: (typeof DOORS)[number], prompt: string): Promise<{ ended: Promise<string | null> }> => {
        await page.page.reload();
        const { url, auth } = frontDoor.door(door);
        const headers: Record<string, string> = auth.type === "API_KEY" ? { [auth.header]: auth.value } : {};
        return { ended: page.call("ask", `${url}/invoke`, headers, prompt) };
      };
      const firstShown = (file: string): Promise<void> =>
        page.page.locator("#answer", { hasText: cutOf(file).first }).waitFor();
      /** The agent's own words are not shown. */
      const assertShowsFailure = async (request: string | null): Promise<void> => {
        const error = await shown("error");
        assert.ok(request);
        assert.ok(error.startsWith(prefix("AGENT_ERROR") + ERRORS.AGENT_ERROR.message), error);
        assert.ok(error.includes("AGENT_ERROR") && error.includes(request), error);
        assert.doesNotMatch(`${error} ${await shown("answer")}`, CANARY);
      };

      for (const door of DOORS) {
        for (const [file, { text }] of files) {
          if (text === undefined) {
            it(`${door}, ${file}: shows that the agent has failed, with the door's code and request id`, async () => {
              const { ended } = await ask(door, `all ${file}`);
              await assertShowsFailure(await ended);
            });
            continue;
          }
          it(`${door}, ${file}: shows the first text while the agent works, then all of it`, async () => {
            const { ended } = await ask(door, `step ${file}`);
            await firstShown(file);
            waiting?.end(cutOf(file).rest);
            assert.ok(await ended);
            assert.deepEqual([await shown("answer"), await shown("error")], [text, ""]);
          });
        }

        const [[file] = [""]] = files;
        it(`${door}: shows the door's code and request id if the agent breaks off`, async () => {
          const { ended } = await ask(door, `step ${file}`);
          await firstShown(file);
          waiting?.destroy();
          await assertShowsFailure(await ended);
        });
      }
    });
  }
});
