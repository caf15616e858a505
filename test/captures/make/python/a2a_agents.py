"""A2A: an agent that streams its answer as an artifact, over JSON-RPC, in the protocol's version 1.0 and in 0.3."""

from a2a.helpers import new_task_from_user_message, new_text_message, new_text_part
from a2a.server.agent_execution import AgentExecutor
from a2a.server.request_handlers import DefaultRequestHandler
from a2a.server.routes import create_jsonrpc_routes
from a2a.server.tasks import InMemoryTaskStore, TaskUpdater
from a2a.types import AgentCapabilities, AgentCard, AgentInterface, Role
from starlette.applications import Starlette


class Executor(AgentExecutor):
    def __init__(self, way):
        self.way = way

    async def execute(self, context, event_queue):
        if self.way == "message":
            await event_queue.enqueue_event(new_text_message("Hello", role=Role.ROLE_AGENT))
            return
        task = context.current_task or new_task_from_user_message(context.message)
        await event_queue.enqueue_event(task)
        updater = TaskUpdater(event_queue, task.id, task.context_id)
        await updater.start_work(updater.new_agent_message([new_text_part("Thinking about it.")]))
        await updater.add_artifact([new_text_part("Hel")], artifact_id="a1", append=False, last_chunk=False)
        if self.way == "raises":
            raise RuntimeError("canary-secret: the database password is hunter2")
        if self.way == "fails":
            await updater.failed(updater.new_agent_message([new_text_part("canary-secret: failed")]))
            return
        await updater.add_artifact([new_text_part("lo")], artifact_id="a1", append=True, last_chunk=True)
        await updater.complete()

    async def cancel(self, context, event_queue):
        raise NotImplementedError


def card():
    return AgentCard(
        name="agent", description="An agent", version="1", capabilities=AgentCapabilities(streaming=True),
        default_input_modes=["text/plain"], default_output_modes=["text/plain"],
        supported_interfaces=[AgentInterface(url="http://127.0.0.1:8080/invocations", protocol_binding="JSONRPC", protocol_version="1.0")],
    )


def served(way, body, headers):
    async def capture(answer_of):
        handler = DefaultRequestHandler(agent_executor=Executor(way), task_store=InMemoryTaskStore(), agent_card=card())
        app = Starlette(routes=create_jsonrpc_routes(handler, "/invocations", enable_v0_3_compat=True))
        return await answer_of(app, "/invocations", body, headers)

    return capture


def version_1(way):
    message = {"messageId": "u1", "role": "ROLE_USER", "parts": [{"text": "Hi"}]}
    body = {"jsonrpc": "2.0", "id": 1, "method": "SendStreamingMessage", "params": {"message": message}}
    return served(way, body, {"A2A-Version": "1.0"})


def version_0_3(way):
    message = {"kind": "message", "messageId": "u1", "role": "user", "parts": [{"kind": "text", "text": "Hi"}]}
    body = {"jsonrpc": "2.0", "id": 1, "method": "message/stream", "params": {"message": message}}
    return served(way, body, {"A2A-Version": "0.3"})


CAPTURES = {
    "a2a-artifact": version_1("artifact"),
    "a2a-message": version_1("message"),
    "a2a-fails": version_1("fails"),
    "a2a-raises": version_1("raises"),
    "a2a-0.3-artifact": version_0_3("artifact"),
    "a2a-0.3-message": version_0_3("message"),
    "a2a-0.3-fails": version_0_3("fails"),
}
