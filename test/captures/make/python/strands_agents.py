"""Strands Agents behind AgentCore's SDK for Python, as https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/response-streaming.html shows it."""

from bedrock_agentcore import BedrockAgentCoreApp
from strands import Agent, tool
from strands.multiagent import GraphBuilder

from scripted_model import ScriptedModel, failing_turn, text_turn, tool_turn


@tool
def weather(city: str) -> str:
    """The weather in a city."""
    return f"sunny in {city}, an error is unlikely"


@tool
def broken(city: str) -> str:
    """A tool that fails."""
    raise ValueError("the tool failed")


def agent(*turns, tools=None):
    return Agent(model=ScriptedModel(*turns), tools=tools or [], callback_handler=None)


def app_of(stream):
    app = BedrockAgentCoreApp()
    app.entrypoint(stream)
    return app


def invoked(make_stream):
    async def capture(answer_of):
        async def invoke(payload):
            async for event in make_stream(payload):
                yield event

        return await answer_of(app_of(invoke), "/invocations", {"prompt": "Hi"})

    return capture


def every_event(*turns, tools=None):
    return invoked(lambda payload: agent(*turns, tools=tools).stream_async(payload["prompt"]))


async def data_only(payload):
    async for event in agent(text_turn("Hel", "lo")).stream_async(payload["prompt"]):
        if "data" in event:
            yield event["data"]


def graph(payload):
    builder = GraphBuilder()
    builder.add_node(agent(text_turn("Hel")), "first")
    builder.add_node(agent(text_turn("lo")), "second")
    builder.add_edge("first", "second")
    return builder.build().stream_async(payload["prompt"])


async def whole_answer(answer_of):
    def invoke(payload):
        return {"result": agent(text_turn("Hel", "lo"))(payload["prompt"]).message}

    return await answer_of(app_of(invoke), "/invocations", {"prompt": "Hi"})


CAPTURES = {
    "strands-events": every_event(text_turn("Hel", "lo")),
    "strands-reasoning": every_event(text_turn("Hel", "lo", reasoning="Let me think.")),
    "strands-tool": every_event(tool_turn("weather", '{"city": "Rome"}'), text_turn("Hel", "lo"), tools=[weather]),
    "strands-tool-fails": every_event(tool_turn("broken", '{"city": "Rome"}'), text_turn("Hel", "lo"), tools=[broken]),
    "strands-fails": every_event(failing_turn()),
    "strands-data": invoked(data_only),
    "strands-graph": invoked(graph),
    "strands-whole": whole_answer,
}
