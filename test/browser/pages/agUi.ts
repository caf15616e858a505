import { HttpAgent, type RunAgentInput } from "@ag-ui/client";
import { DoorFetch } from "./doorFetch";
import { showAnswer, showError } from "./show";

/** The agent of AG-UI's own client, with the body that a door reads. */
class DoorAgent extends HttpAgent {
  protected override requestInit(input: RunAgentInput): RequestInit {
    const prompt = input.messages.at(-1)?.content;
    return { ...super.requestInit(input), body: JSON.stringify({ prompt, run_id: input.runId }) };
  }
}

/** Asks a door, and shows the messages as they grow. @returns the id of the request */
export async function ask(url: string, headers: Record<string, string>, prompt: string): Promise<string | null> {
  const door = new DoorFetch();
  const question = { id: "question", role: "user", content: prompt } as const;
  const agent = new DoorAgent({ url, headers, fetch: door.fetch, initialMessages: [question] });
  await agent
    .runAgent(
      {},
      {
        onMessagesChanged({ messages }) {
          const answers = messages.filter(({ role }) => role === "assistant");
          showAnswer(answers.map(({ content }) => (typeof content === "string" ? content : "")).join(""));
        },
        onRunErrorEvent({ event }) {
          showError(`${event.code ?? ""}: ${event.message}`);
        },
      },
    )
    .catch((error: unknown) => {
      showError(String(error));
    });
  return door.requestId;
}
