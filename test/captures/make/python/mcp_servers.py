"""MCP: the result of a tool over the streamable HTTP transport."""

from mcp.server import MCPServer


def server():
    mcp = MCPServer("server")

    @mcp.tool()
    def greet() -> str:
        """Greets."""
        return "Hello"

    @mcp.tool()
    def broken() -> str:
        """Fails."""
        raise ValueError("canary-secret: the tool failed")

    return mcp


def call(tool, json_response=False):
    async def capture(answer_of):
        mcp = server()
        app = mcp.streamable_http_app(stateless_http=True, json_response=json_response, streamable_http_path="/invocations")
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": {}}}
        async with mcp.session_manager.run():
            return await answer_of(app, "/invocations", body)

    return capture


CAPTURES = {"mcp-tool": call("greet"), "mcp-tool-fails": call("broken"), "mcp-unknown-tool": call("none")}
