"""LangGraph behind AgentCore's SDK for Python: the modes of `astream`, and `astream_events`."""

from bedrock_agentcore import BedrockAgentCoreApp
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langgraph.graph import END, START, MessagesState, StateGraph


def graph(fails=False):
    model = GenericFakeChatModel(messages=iter([AIMessage("Hello there")]))

    async def answer(state):
        message = await model.ainvoke(state["messages"])
        if fails:
            raise RuntimeError("canary-secret: the database password is hunter2")
        return {"messages": [message]}

    return StateGraph(MessagesState).add_node("agent", answer).add_edge(START, "agent").add_edge("agent", END).compile()


def question(payload):
    return {"messages": [{"role": "user", "content": payload["prompt"]}]}


def invoked(make_stream):
    async def capture(answer_of):
        app = BedrockAgentCoreApp()

        @app.entrypoint
        async def invoke(payload):
            async for event in make_stream(payload):
                yield event

        return await answer_of(app, "/invocations", {"prompt": "Hi"})

    return capture


def raw(mode, fails=False):
    return invoked(lambda payload: graph(fails).astream(question(payload), stream_mode=mode))


async def dumped(payload):
    async for message, metadata in graph().astream(question(payload), stream_mode="messages"):
        yield [message.model_dump(), {"langgraph_node": metadata["langgraph_node"]}]


async def dumped_messages(payload):
    async for message, _ in graph().astream(question(payload), stream_mode="messages"):
        yield message.model_dump()


async def contents(payload):
    async for message, _ in graph().astream(question(payload), stream_mode="messages"):
        yield message.content


def events(payload):
    return graph().astream_events(question(payload), version="v2")


CAPTURES = {
    "langgraph-messages": raw("messages"),
    "langgraph-messages-dumped": invoked(dumped),
    "langgraph-message-dumped": invoked(dumped_messages),
    "langgraph-content": invoked(contents),
    "langgraph-values": raw("values"),
    "langgraph-updates": raw("updates"),
    "langgraph-events": invoked(events),
    "langgraph-fails": raw("messages", fails=True),
}
