"""The Model Context Protocol server: a guest's calls become turns, its pictures are the board's own.

A call that changes a board is one turn of the board's conversation, as a button's is: the person who has that
conversation open sees it happen. A call that changes nothing leaves no trace there."""

from __future__ import annotations

import importlib.resources
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import anyio
import anyio.from_thread
import anyio.to_thread
import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from agent.errors import AgentError
from agent.events import Event, PanelFailed, PanelProgress, PanelQueued, PanelReady, Question, TurnFinished
from agent.following import with_pictures
from agent.services import Services
from agent.session import ChatSession
from agent.tools.calling import call_tool
from agent.tools.desk import Desk
from db.errors import DatabaseError
from db.history import LOCAL_OWNER, Version
from ui.guests.catalogue import BOARD_TOOLS, LIST, LOOK, SAY, guest_tools
from ui.guests.pictures import image, panel_bytes, panel_images, sheet_bytes
from ui.guests.resources import list_boards, read_address, templates

__all__ = ["Guests", "guest_server"]

ANSWER = "answer"
Context = ServerRequestContext[Any, Any]


@dataclass
class Guests:
    """Who a guest is and what it may do. `services` is asked anew for each call, since the settings page can replace
    them; `owner_of` names the owner of a request, None for somebody who has to sign in first."""

    services: Callable[[], Services]
    owner_of: Callable[[Context], str | None] = lambda context: LOCAL_OWNER
    read_only: bool = False

    def owner(self, context: Context) -> str:
        """The owner whose boards this request may reach. Raises MCPError where nobody is signed in."""
        owner = self.owner_of(context)
        if owner is None:
            raise MCPError(types.INVALID_REQUEST, "sign in to Taleboard in the browser first")
        return owner


@dataclass
class Outcome:
    """What a turn came to: its receipt, and the question that it ended in, if it did."""

    receipt: dict[str, Any] = field(default_factory=dict)
    question: Question | None = None


def guest_server(guests: Guests) -> Server[Any]:
    """Make the server. Nothing is opened before the first call."""

    async def call(context: Context, params: types.CallToolRequestParams) -> Any:
        owner = guests.owner(context)
        return await _Call(guests, owner, context, params).answer()

    async def tools(context: Context, params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=guest_tools(guests.read_only))

    async def resources(context: Context, params: Any) -> types.ListResourcesResult:
        owner = guests.owner(context)
        return types.ListResourcesResult(
            resources=await anyio.to_thread.run_sync(lambda: list_boards(guests.services(), owner))
        )

    async def shapes(context: Context, params: Any) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(resource_templates=templates())

    async def read(context: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        owner = guests.owner(context)
        try:
            return await anyio.to_thread.run_sync(lambda: read_address(guests.services(), owner, str(params.uri)))
        except (AgentError, DatabaseError) as error:
            raise MCPError(types.INVALID_PARAMS, str(error)) from error

    async def prompts(context: Context, params: Any) -> types.ListPromptsResult:
        return types.ListPromptsResult(prompts=[STORYBOARD])

    async def prompt(context: Context, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        story = (params.arguments or {}).get("story", "").strip()
        if params.name != STORYBOARD.name or not story:
            raise MCPError(types.INVALID_PARAMS, "there is one prompt, storyboard, and it takes a story")
        words = types.TextContent(
            text=f"{guide()}\n\nTurn this story into a storyboard, look at it, and mend it:\n\n{story}"
        )
        return types.GetPromptResult(messages=[types.PromptMessage(role="user", content=words)])

    return Server(
        "taleboard",
        title="Taleboard",
        instructions=guide(),
        on_list_tools=tools,
        on_call_tool=call,
        on_list_resources=resources,
        on_list_resource_templates=shapes,
        on_read_resource=read,
        on_list_prompts=prompts,
        on_get_prompt=prompt,
    )


STORYBOARD = types.Prompt(
    name="storyboard",
    description="Turn a story into a storyboard, look at it, and mend what is wrong.",
    arguments=[types.PromptArgument(name="story", description="the story's text", required=True)],
)


def guide() -> str:
    """How to work well with Taleboard: the skill that the package carries, without its front matter."""
    text = importlib.resources.files("ui.guests").joinpath("SKILL.md").read_text(encoding="utf-8")
    return text.split("---\n", 2)[-1].strip()


class _Call:
    """One call of a tool. It runs in a thread; a cancelled call stops its turn before the commit, and what is on the
    queue by then is drawn all the same."""

    def __init__(self, guests: Guests, owner: str, context: Context, params: types.CallToolRequestParams) -> None:
        self.services, self.owner, self.context = guests.services(), owner, context
        self.name, self.params = params.name, params
        self.arguments = dict(params.arguments or {})
        self.board = str(self.arguments.pop("board", "") or "latest")
        self.allowed = {tool.name for tool in guest_tools(guests.read_only)}

    async def answer(self) -> types.CallToolResult | types.InputRequiredResult:
        """Do what was called for. What a person could mend comes back as a result that says so."""
        if self.name not in self.allowed:
            return _refused(f"There is no tool called {self.name} here.")
        try:
            if self.name == LIST:
                return await anyio.to_thread.run_sync(self._list)
            if self.name == LOOK:
                return await anyio.to_thread.run_sync(self._look)
            tool = BOARD_TOOLS.get(self.name)
            if tool is not None and tool.reads:
                return await anyio.to_thread.run_sync(self._read)
            return await self._turn()
        except (AgentError, DatabaseError) as error:
            return _refused(f"{error}")

    # -- looking

    def _version(self) -> Version:
        history = self.services.history(self.owner)
        return history.head(history.find(self.board))

    def _list(self) -> types.CallToolResult:
        lines = [
            f"{line.storyboard}: {line.title or '(untitled)'}, {line.versions} versions"
            for line in self.services.history(self.owner).storyboards(limit=50)
        ]
        return types.CallToolResult(content=[types.TextContent(text="\n".join(lines) or "There is no storyboard yet.")])

    def _look(self) -> types.CallToolResult:
        version = self._version()
        wanted = [str(panel) for panel in self.arguments.get("panels") or ()]
        if not wanted:
            seen = types.TextContent(text=_title(version))
            return types.CallToolResult(content=[seen, image(sheet_bytes(self.services, self.owner, version))])
        content: list[types.ContentBlock] = []
        desk = Desk(self.services, self.owner, "", start=version)
        for scene in desk.scenes(wanted):
            content.append(types.TextContent(text=f"{desk.places([scene])}: {version.board.scene(scene).prompt}"))
            content.append(image(panel_bytes(self.services, self.owner, version, scene)))
        return types.CallToolResult(content=content)

    def _read(self) -> types.CallToolResult:
        """Answer about a board without a turn."""
        desk = Desk(self.services, self.owner, "", start=self._version())
        call = call_tool(desk, self.name, self.arguments, "guest")
        return types.CallToolResult(content=[types.TextContent(text=call.summary)], is_error=call.status != "ok")

    # -- changing

    async def _turn(self) -> types.CallToolResult | types.InputRequiredResult:
        session = await anyio.to_thread.run_sync(self._session)
        if (responses := self.params.input_responses) is not None:
            outcome = await self._run(session, lambda: session.turn(_answered(responses)))
        elif self.name == SAY:
            outcome = await self._run(session, lambda: session.turn(str(self.arguments.get("text", ""))))
        else:
            outcome = await self._run(session, lambda: session.act(self.name, self.arguments))
        if outcome.question is not None:
            form = _form(outcome.question)
            if self._asks_itself():
                given = await self.context.session.elicit_form(form.message, form.requested_schema)
                outcome = await self._run(session, lambda: session.turn(_answered({ANSWER: given})))
            elif self.context.protocol_version >= MULTI_ROUND_TRIP and self._can_be_asked():
                request = types.ElicitRequest(params=form)
                return types.InputRequiredResult(input_requests={ANSWER: request}, request_state=session.conversation)
        return await anyio.to_thread.run_sync(lambda: self._result(outcome))

    def _can_be_asked(self) -> bool:
        return self.context.session.check_client_capability(
            types.ClientCapabilities(elicitation=types.ElicitationCapability(form=types.FormElicitationCapability()))
        )

    def _asks_itself(self) -> bool:
        return self.context.session.can_send_request and self._can_be_asked()

    def _session(self) -> ChatSession:
        """The conversation of the board; a board that has none, drawn or imported by command, gets one."""
        conversations, history = self.services.conversations(self.owner), self.services.history(self.owner)
        if self.params.request_state:
            return ChatSession(self.services, conversations.get(self.params.request_state).id, owner=self.owner)
        fresh = self.name == "new_story" or (self.name == SAY and not history.storyboards(limit=1))
        if fresh:
            return ChatSession(self.services, owner=self.owner)
        line = history.storyboard(history.find(self.board))
        conversation = line.conversation
        if conversation is None:
            conversation = conversations.create(line.title).id
            history.attach(line.storyboard, conversation)
        return ChatSession(self.services, conversation, owner=self.owner)

    async def _run(self, session: ChatSession, start: Callable[[], Iterator[Event]]) -> Outcome:
        """Follow a turn to its end in a thread, telling how many of its panels are drawn."""
        outcome = Outcome()

        def follow() -> None:
            steps, shown = dict[str, float](), 0.0
            for event in with_pictures(self.services, start(), self.owner):
                match event:
                    case Question():
                        outcome.question = event
                    case TurnFinished(receipt):
                        outcome.receipt = receipt
                    case PanelQueued(scene):
                        steps[scene] = 0.0
                    case PanelProgress(scene, _, step, total):
                        steps[scene] = step / max(total, 1)
                    case PanelReady(scene) | PanelFailed(scene):
                        steps[scene] = 1.0
                if sum(steps.values()) > shown:
                    shown = sum(steps.values())
                    anyio.from_thread.run(self.context.session.report_progress, shown, len(steps), "panels drawn")

        try:
            await anyio.to_thread.run_sync(follow, abandon_on_cancel=True)
        except anyio.get_cancelled_exc_class():
            session.stop()
            raise
        return outcome

    def _result(self, outcome: Outcome) -> types.CallToolResult:
        """The reply in words, the pictures that came of it, and the receipt for programs."""
        receipt = outcome.receipt
        failed = bool(receipt.get("error")) or any(call["status"] != "ok" for call in receipt.get("tools", ()))
        content: list[types.ContentBlock] = [types.TextContent(text=receipt.get("reply", ""))]
        board = receipt.get("board")
        if receipt.get("version") and board:
            version = self.services.history(self.owner).version(board["storyboard"], board["version"])
            before = receipt["version"]["parent"]
            changed = [change["scene"] for change in receipt["changed"] if "image" in change["fields"]]
            scenes = changed if before is not None else [scene.id for scene in version.board.scenes]
            content.append(types.TextContent(text=_title(version)))
            content += panel_images(self.services, self.owner, version, scenes)
        told = {key: receipt.get(key) for key in ("version", "changed", "clarify", "error")}
        told["storyboard"] = board["storyboard"] if board else None
        return types.CallToolResult(content=content, structured_content=told, is_error=failed)


MULTI_ROUND_TRIP = "2026-07-28"
"""From this version of the protocol on, a server asks by ending the call with what it needs (SEP-2322)."""


def _title(version: Version) -> str:
    return f"{version.board.title or '(untitled)'}, storyboard {version.storyboard}, version {version.number}"


def _form(question: Question) -> types.ElicitRequestFormParams:
    """Make a form of a question: one field, a choice where there are choices."""
    answer: dict[str, Any] = {"type": "string", "title": "Answer"}
    if question.choices:
        answer["enum"] = list(question.choices)
    schema = {"type": "object", "properties": {ANSWER: answer}, "required": [ANSWER]}
    return types.ElicitRequestFormParams(message=question.text, requested_schema=schema)


def _answered(responses: Mapping[str, Any]) -> str:
    """What the guest's person answered; no answer is a no."""
    given = responses.get(ANSWER)
    result = given if isinstance(given, types.ElicitResult) else types.ElicitResult.model_validate(given)
    if result.action != "accept" or not result.content:
        return "no"
    return str(result.content.get(ANSWER) or "no")


def _refused(reason: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=reason)], is_error=True)
