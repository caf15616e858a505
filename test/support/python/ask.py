"""Asks with client/python/front_door.py.

Standard input: JSON with `client`, the folder of the client, and `calls`, a list of calls. Standard output: a line of JSON for each.
"""

import json
import sys

import httpx


def auth_of(front_door, kinds):
    """Signers by their names and arguments."""
    return [getattr(front_door, name)(*arguments) for name, *arguments in kinds]


def error_of(error):
    return {
        "code": error.code,
        "message": str(error),
        "remedy": error.remedy,
        "status": error.status,
        "requestId": error.request_id,
        "retryAfter": error.retry_after,
    }


def stream(front_door, call):
    """Reads a stream that arrives in the given pieces, and breaks after them if it should."""

    class Pieces(httpx.SyncByteStream):
        def __iter__(self):
            for piece in call["pieces"]:
                yield bytes(piece)
            if call["breaks"]:
                raise httpx.ReadError("broken")

    headers = {"content-type": call["type"], "x-request-id": "request-1", "x-session-id": "s" * 40}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, headers=headers, stream=Pieces()))
    door = front_door.FrontDoor("https://door.example.com", client=httpx.Client(transport=transport))
    answer = door.ask("hi")
    return read(front_door, answer, answer.events() if call["events"] else answer)


def refusal(front_door, call):
    return {"error": error_of(front_door._refusal(call["status"], httpx.Headers(call["headers"]), call["body"]))}


def ask(front_door, call):
    """Asks each prompt in one session, then stops it twice."""
    tokens = iter(call.get("tokens", []))
    auth = [lambda: next(tokens)] if "tokens" in call else auth_of(front_door, call["auth"])
    door = front_door.FrontDoor(call["url"], auth=auth)
    results = []
    for prompt in call["prompts"]:
        answer = door.ask(prompt, agent=call.get("agent"))
        results.append({**read(front_door, answer, answer), "sessionId": answer.session_id})
    return {"results": results, "stopped": [door.stop(), door.stop()] if call.get("stop") else None}


def read(front_door, answer, pieces):
    result = {"all": [], "error": None}
    try:
        for piece in pieces:
            result["all"].append(piece)
    except front_door.FrontDoorError as error:
        result["error"] = error_of(error)
    return result


def main():
    given = json.load(sys.stdin)
    sys.dont_write_bytecode = True
    sys.path.insert(0, given["client"])
    import front_door

    for call in given["calls"]:
        print(json.dumps({"stream": stream, "refusal": refusal, "ask": ask}[call["do"]](front_door, call)))


if __name__ == "__main__":
    main()
