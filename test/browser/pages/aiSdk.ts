import { DefaultChatTransport, readUIMessageStream, type UIMessage } from "ai";
import { DoorFetch } from "./doorFetch";
import { showAnswer, showError } from "./show";

const textOf = ({ parts }: UIMessage): string => parts.map((part) => (part.type === "text" ? part.text : "")).join("");

/** Asks a door, and shows the message as it grows. @returns the id of the request */
export async function ask(url: string, headers: Record<string, string>, prompt: string): Promise<string | null> {
  const door = new DoorFetch();
  const transport = new DefaultChatTransport<UIMessage>({
    api: url,
    headers,
    fetch: door.fetch,
    // The transport's own body has all messages: a door reads `prompt`, and the agent keeps the session.
    prepareSendMessagesRequest: ({ messages }) => ({
      body: {
        prompt: messages
          .at(-1)
          ?.parts.map((part) => (part.type === "text" ? part.text : ""))
          .join(""),
      },
    }),
  });
  const stream = await transport.sendMessages({
    trigger: "submit-message",
    chatId: "chat",
    messageId: undefined,
    messages: [{ id: "question", role: "user", parts: [{ type: "text", text: prompt }] }],
    abortSignal: undefined,
  });
  const messages = readUIMessageStream({
    stream,
    onError: (error) => {
      showError(String(error));
    },
  });
  for await (const message of messages) showAnswer(textOf(message));
  return door.requestId;
}
