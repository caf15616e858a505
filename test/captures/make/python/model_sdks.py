"""Streams of the SDKs of Anthropic and OpenAI, as their own types write them, behind AgentCore's SDK for Python.

The SDKs read the events that their APIs document, from a transport that needs no network:
https://docs.anthropic.com/en/docs/build-with-claude/streaming, https://platform.openai.com/docs/api-reference/chat-streaming,
https://platform.openai.com/docs/api-reference/responses-streaming
"""

import json

import anthropic
import httpx
import httpx2
import openai
from bedrock_agentcore import BedrockAgentCoreApp

MESSAGE = {
    "id": "msg_1", "type": "message", "role": "assistant", "model": "claude", "content": [],
    "stop_reason": None, "stop_sequence": None, "usage": {"input_tokens": 5, "output_tokens": 1},
}
ANTHROPIC = [
    {"type": "message_start", "message": MESSAGE},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "thinking", "thinking": "", "signature": ""}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "Let me think."}},
    {"type": "content_block_stop", "index": 0},
    {"type": "content_block_start", "index": 1, "content_block": {"type": "text", "text": ""}},
    {"type": "ping"},
    {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "Hel"}},
    {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "lo"}},
    {"type": "content_block_stop", "index": 1},
    {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": {"output_tokens": 2}},
    {"type": "message_stop"},
]
OVERLOADED = {"type": "error", "error": {"type": "overloaded_error", "message": "canary-secret: Overloaded"}}


def chunk(delta, finish=None, **more):
    choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
    return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "gpt", "choices": choices, **more}


CHAT = [
    chunk({"role": "assistant", "content": ""}),
    chunk({"content": "Hel"}),
    chunk({"content": "lo"}),
    chunk({}, "stop"),
    {**chunk({}), "choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7}},
]
OUTPUT = {"id": "m1", "type": "message", "role": "assistant", "status": "completed",
          "content": [{"type": "output_text", "text": "Hello", "annotations": []}]}
RESPONSE = {"id": "r1", "object": "response", "created_at": 1, "model": "gpt", "output": [], "parallel_tool_calls": True,
            "tool_choice": "auto", "tools": [], "status": "in_progress"}
DONE = {**RESPONSE, "status": "completed", "output": [OUTPUT],
        "usage": {"input_tokens": 5, "output_tokens": 2, "total_tokens": 7,
                  "input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0}}}
AT = {"item_id": "m1", "output_index": 0, "content_index": 0}
RESPONSES = [
    {"type": "response.created", "sequence_number": 0, "response": RESPONSE},
    {"type": "response.output_item.added", "sequence_number": 1, "output_index": 0, "item": {**OUTPUT, "status": "in_progress", "content": []}},
    {"type": "response.content_part.added", "sequence_number": 2, **AT, "part": {"type": "output_text", "text": "", "annotations": []}},
    {"type": "response.output_text.delta", "sequence_number": 3, **AT, "delta": "Hel", "logprobs": []},
    {"type": "response.output_text.delta", "sequence_number": 4, **AT, "delta": "lo", "logprobs": []},
    {"type": "response.output_text.done", "sequence_number": 5, **AT, "text": "Hello", "logprobs": []},
    {"type": "response.content_part.done", "sequence_number": 6, **AT, "part": OUTPUT["content"][0]},
    {"type": "response.output_item.done", "sequence_number": 7, "output_index": 0, "item": OUTPUT},
    {"type": "response.completed", "sequence_number": 8, "response": DONE},
]
FAILED = {"type": "response.failed", "sequence_number": 4,
          "response": {**RESPONSE, "status": "failed", "error": {"code": "server_error", "message": "canary-secret: failed"}}}


def transport(http, events, named):
    """A client of the HTTP library that the SDK uses. It answers every request with the events."""

    def line(event):
        name = f"event: {event['type']}\n" if named else ""
        return f"{name}data: {json.dumps(event)}\n\n"

    body = "".join(map(line, events)) + ("" if named else "data: [DONE]\n\n")
    answer = lambda request: http.Response(200, headers={"content-type": "text/event-stream"}, content=body)
    return http.AsyncClient(transport=http.MockTransport(answer))


async def messages(events):
    client = anthropic.AsyncAnthropic(api_key="none", http_client=transport(httpx2, events, True), max_retries=0)
    return await client.messages.create(max_tokens=9, model="claude", messages=[{"role": "user", "content": "Hi"}], stream=True)


async def message_helper(events):
    """The SDK's own helper, which adds `text`, `thinking` and `content_block_stop` with what came so far."""
    client = anthropic.AsyncAnthropic(api_key="none", http_client=transport(httpx2, events, True), max_retries=0)
    async with client.messages.stream(max_tokens=9, model="claude", messages=[{"role": "user", "content": "Hi"}]) as stream:
        async for event in stream:
            yield event.model_dump(mode="json")


async def chat(events):
    client = openai.AsyncOpenAI(api_key="none", http_client=transport(httpx, events, False), max_retries=0)
    return await client.chat.completions.create(model="gpt", messages=[{"role": "user", "content": "Hi"}], stream=True)


async def responses(events):
    client = openai.AsyncOpenAI(api_key="none", http_client=transport(httpx, events, True), max_retries=0)
    return await client.responses.create(model="gpt", input="Hi", stream=True)


def dumped(create, events):
    async def stream():
        async for event in await create(events):
            yield event.model_dump(mode="json")

    return invoked(stream)


def invoked(stream):
    async def capture(answer_of):
        app = BedrockAgentCoreApp()

        @app.entrypoint
        async def invoke(payload):
            async for event in stream():
                yield event

        return await answer_of(app, "/invocations", {"prompt": "Hi"})

    return capture


CAPTURES = {
    "anthropic-messages": dumped(messages, ANTHROPIC),
    "anthropic-helper": invoked(lambda: message_helper(ANTHROPIC)),
    "anthropic-fails": dumped(messages, [*ANTHROPIC[:7], OVERLOADED]),
    "openai-chat": dumped(chat, CHAT),
    "openai-responses": dumped(responses, RESPONSES),
    "openai-responses-fails": dumped(responses, [*RESPONSES[:4], FAILED]),
}
