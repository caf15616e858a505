import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { CHUNK_BYTES, TEXTS, isText } from "./texts";

// A process: AgentCore with an agent whose prompt is `<text>-<megabytes>`: it answers with that much of the text. It sends its port.

const server = createServer((request, response) => {
  void (async () => {
    const { prompt } = (await json(request)) as { prompt: string };
    const [name = "", megabytes] = prompt.split("-");
    if (!isText(name)) throw new Error(`No such text: ${name}`);
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    for (let left = Number(megabytes) * 1024 * 1024; left > 0; left -= CHUNK_BYTES)
      if (!response.write(TEXTS[name])) await once(response, "drain");
    response.end("\n\n");
  })();
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
