"""A Strands model that says what it is given, in the events of Bedrock's ConverseStream."""

from strands.models.model import Model

USAGE = {"usage": {"inputTokens": 5, "outputTokens": 2, "totalTokens": 7}, "metrics": {"latencyMs": 1}}


def text_turn(*pieces, reasoning=None):
    yield {"messageStart": {"role": "assistant"}}
    if reasoning:
        yield {"contentBlockStart": {"start": {}}}
        yield {"contentBlockDelta": {"delta": {"reasoningContent": {"text": reasoning}}}}
        yield {"contentBlockStop": {}}
    yield {"contentBlockStart": {"start": {}}}
    for piece in pieces:
        yield {"contentBlockDelta": {"delta": {"text": piece}}}
    yield {"contentBlockStop": {}}
    yield {"messageStop": {"stopReason": "end_turn"}}
    yield {"metadata": USAGE}


def tool_turn(name, arguments):
    yield {"messageStart": {"role": "assistant"}}
    yield {"contentBlockStart": {"start": {"toolUse": {"toolUseId": "tool-1", "name": name}}}}
    yield {"contentBlockDelta": {"delta": {"toolUse": {"input": arguments}}}}
    yield {"contentBlockStop": {}}
    yield {"messageStop": {"stopReason": "tool_use"}}
    yield {"metadata": USAGE}


def failing_turn():
    yield {"messageStart": {"role": "assistant"}}
    yield {"contentBlockStart": {"start": {}}}
    yield {"contentBlockDelta": {"delta": {"text": "Hel"}}}
    raise RuntimeError("canary-secret: the database password is hunter2")


class ScriptedModel(Model):
    """Each call of the model takes the next turn."""

    def __init__(self, *turns):
        self.turns = list(turns)

    def update_config(self, **model_config):
        pass

    def get_config(self):
        return {}

    async def structured_output(self, output_model, prompt, system_prompt=None, **kwargs):
        raise NotImplementedError
        yield

    async def stream(self, messages, tool_specs=None, system_prompt=None, **kwargs):
        for event in self.turns.pop(0):
            yield event
