import assert from "node:assert/strict";
import { LocalFrontDoor } from "../support/local/localFrontDoor";
import { arrivals } from "../support/http/sse";

describe("stacks with a perimeter, in real processes", () => {
  const started = async (stack: string, use: (frontDoor: LocalFrontDoor) => Promise<void>): Promise<void> => {
    const frontDoor = await LocalFrontDoor.start(["--stack", stack]);
    try {
      await use(frontDoor);
    } finally {
      await frontDoor.stop();
    }
  };
  const names = (frontDoor: LocalFrontDoor, text: RegExp): boolean => frontDoor.log.some((line) => text.test(line));

  it("domain: both doors answer below their base paths, and nowhere else", async () => {
    await started("domain", async (frontDoor) => {
      assert.match(frontDoor.door("bufferedApi").url, /:\d+\/buffered$/);
      assert.match(frontDoor.door("streamingApi").url, /:\d+\/streaming$/);
      const answer = await frontDoor.invoke("bufferedApi", { prompt: "count 2 every 10" });
      assert.equal(answer.status, 200);
      const events = await arrivals(await frontDoor.invoke("streamingApi", { prompt: "count 3 every 10" }));
      assert.equal(events.length, 3);
      // Every other path is the function's to answer: it must know its own paths behind the base path.
      assert.equal((await frontDoor.send("streamingApi", "/health", { method: "GET" })).status, 200);
      const { origin } = new URL(frontDoor.door("bufferedApi").url);
      assert.equal((await fetch(`${origin}/live/invoke`, { method: "POST" })).status, 403);
      assert.ok(names(frontDoor, /TLS and DNS of custom domains/));
    });
  });

  it("private: the doors stream, and what keeps them private on AWS is named", async () => {
    await started("private", async (frontDoor) => {
      const events = await arrivals(await frontDoor.invoke("streamingApi", { prompt: "count 3 every 10" }));
      assert.equal(events.length, 3);
      assert.equal((await frontDoor.invoke("bufferedApi", { prompt: "count 2 every 10" })).status, 200);
      for (const line of [/private APIs/, /VPC endpoints and their policies/, /resource policies' conditions/]) {
        assert.ok(names(frontDoor, line), String(line));
      }
    });
  });
});
