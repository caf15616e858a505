"""Reads event streams with the parsers of httpx-sse and of openai's client.

Standard input: a JSON list of streams, each a list of chunks in base64. Standard output: for each stream, what each parser reads.
"""

import base64
import json
import sys

import httpx
import httpx_sse
import openai

CLIENT = openai.OpenAI(api_key="none", base_url="http://127.0.0.1:1")


def response_of(chunks):
    request = httpx.Request("POST", "http://127.0.0.1:1")
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=iter(chunks), request=request)


def with_httpx_sse(chunks):
    events = httpx_sse.EventSource(response_of(chunks)).iter_sse()
    return [{"event": each.event, "data": each.data, "id": each.id, "retry": each.retry} for each in events]


def with_openai(chunks):
    """The events, and the error with which the client ends, if it does."""
    events = []
    try:
        for event in openai.Stream(cast_to=object, response=response_of(chunks), client=CLIENT):
            events.append(event)
    except Exception as error:
        return {"events": events, "error": f"{type(error).__name__}: {error}"}
    return {"events": events, "error": None}


def main():
    for stream in json.load(sys.stdin):
        chunks = [base64.b64decode(chunk) for chunk in stream]
        print(json.dumps({"httpxSse": with_httpx_sse(chunks), "openai": with_openai(chunks)}))


if __name__ == "__main__":
    main()
