"""Runs an agent of each framework once, with a model that needs no network, and writes the bytes of its answer.

    python capture.py FOLDER
"""

import asyncio
import importlib
import importlib.metadata
import json
import logging
import pathlib
import sys

import httpx

MODULES = ["strands_agents", "lang_graph", "model_sdks", "ag_ui_agents", "a2a_agents", "mcp_servers"]
PACKAGES = [line.split("==")[0] for line in (pathlib.Path(__file__).parent / "requirements.txt").read_text().split()]


async def answer_of(app, path, body, headers=None):
    """The bytes of an ASGI application's answer to one POST."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080", timeout=30) as client:
        response = await client.post(path, json=body, headers={"accept": "application/json, text/event-stream", **(headers or {})})
        return response.headers["content-type"].split(";")[0], response.content


async def main(folder):
    logging.disable(logging.CRITICAL)
    versions = {name: importlib.metadata.version(name) for name in PACKAGES}
    (folder / "python.json").write_text(json.dumps(versions, indent=2) + "\n")
    for module in MODULES:
        for name, capture in importlib.import_module(module).CAPTURES.items():
            type, content = await capture(answer_of)
            suffix = "sse" if type == "text/event-stream" else "json"
            (folder / f"{name}.{suffix}").write_bytes(content)
            print(name, type, len(content))


if __name__ == "__main__":
    asyncio.run(main(pathlib.Path(sys.argv[1])))
