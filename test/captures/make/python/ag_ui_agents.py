"""AG-UI: Strands and LangGraph through their adapters, and events of one's own through the encoder."""

from ag_ui.core import EventType, RunErrorEvent, RunFinishedEvent, RunStartedEvent, TextMessageContentEvent, TextMessageEndEvent, TextMessageStartEvent
from ag_ui.encoder import EventEncoder
from ag_ui_langgraph import LangGraphAgent, add_langgraph_fastapi_endpoint
from ag_ui_strands import StrandsAgent, create_strands_app
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from langgraph.checkpoint.memory import MemorySaver

from lang_graph import graph
from scripted_model import failing_turn, text_turn, tool_turn
from strands_agents import agent, weather

RUN = {
    "threadId": "t1", "runId": "r1", "state": {}, "tools": [], "context": [], "forwardedProps": {},
    "messages": [{"id": "u1", "role": "user", "content": "Hi"}],
}


def strands(*turns, tools=None):
    async def capture(answer_of):
        app = create_strands_app(StrandsAgent(agent=agent(*turns, tools=tools), name="agent"), "/invocations")
        return await answer_of(app, "/invocations", RUN)

    return capture


async def lang_graph_agent(answer_of):
    app = FastAPI()
    compiled = graph()
    compiled.checkpointer = MemorySaver()
    add_langgraph_fastapi_endpoint(app, LangGraphAgent(name="agent", graph=compiled), "/invocations")
    return await answer_of(app, "/invocations", RUN)


def own(fails):
    async def capture(answer_of):
        app = FastAPI()

        @app.post("/invocations")
        async def invoke():
            encoder = EventEncoder()

            def events():
                ids = {"thread_id": "t1", "run_id": "r1"}
                yield RunStartedEvent(type=EventType.RUN_STARTED, **ids)
                yield TextMessageStartEvent(type=EventType.TEXT_MESSAGE_START, message_id="m1", role="assistant")
                yield TextMessageContentEvent(type=EventType.TEXT_MESSAGE_CONTENT, message_id="m1", delta="Hel")
                if fails:
                    yield RunErrorEvent(type=EventType.RUN_ERROR, message="canary-secret: failed", code="X")
                    return
                yield TextMessageContentEvent(type=EventType.TEXT_MESSAGE_CONTENT, message_id="m1", delta="lo")
                yield TextMessageEndEvent(type=EventType.TEXT_MESSAGE_END, message_id="m1")
                yield RunFinishedEvent(type=EventType.RUN_FINISHED, **ids)

            return StreamingResponse(map(encoder.encode, events()), media_type="text/event-stream")

        return await answer_of(app, "/invocations", {"prompt": "Hi"})

    return capture


CAPTURES = {
    "ag-ui-encoder": own(fails=False),
    "ag-ui-encoder-fails": own(fails=True),
    "ag-ui-strands": strands(text_turn("Hel", "lo")),
    "ag-ui-strands-tool": strands(tool_turn("weather", '{"city": "Rome"}'), text_turn("Hel", "lo"), tools=[weather]),
    "ag-ui-strands-fails": strands(failing_turn()),
    "ag-ui-langgraph": lang_graph_agent,
}
