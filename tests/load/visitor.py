"""One visitor without a browser: a Streamlit session, and the stages' live channels."""

import asyncio
import json
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urlsplit

from google.protobuf.json_format import MessageToDict
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from labs.live.channel import PROTOCOL
from tests.load.hand import meta

BIG = 1 << 26  # bytes; a page's fonts and figures come in one message


@dataclass
class Visitor:
    """Opens a page as a browser does, and looks at each of its stages as soon as it is there;
    `stages` then maps a lab's name to its stage's data.
    """

    server: str  # http://host:port
    page: str  # the page's path, e.g. "digit"
    query: str = ""
    stages: dict[str, dict] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    mounted: dict[str, tuple[str, str]] = field(default_factory=dict)  # component, fragment
    looks: list[asyncio.Task] = field(default_factory=list)

    async def __aenter__(self) -> "Visitor":
        """Open the session and run the page once."""
        host = urlsplit(self.server).netloc
        self.host = host
        self.stream: ClientConnection = await connect(
            f"ws://{host}/_stcore/stream",
            subprotocols=["streamlit"],
            origin=self.server,
            max_size=BIG,
        )
        await self.rerun()
        return self

    async def __aexit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the tab."""
        await self.stream.close()

    async def rerun(self) -> None:
        """Run the page's script and read what it says until it is done."""
        await self._run(BackMsg())

    async def rest(self, lab: str) -> None:
        """Say, as a stage does, that the hand rests: the stage's fragment runs once more."""
        component, fragment = self.mounted[lab]
        message = BackMsg()
        message.rerun_script.fragment_id = fragment
        trigger = message.rerun_script.widget_states.widgets.add()
        trigger.id = f"$$STREAMLIT_INTERNAL_KEY_{component}__events"
        trigger.json_trigger_value = json.dumps([{"event": "rest", "value": 1}])
        await self._run(message)

    async def _run(self, message: BackMsg) -> None:
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = self.query
        await self.stream.send(message.SerializeToString())
        while True:
            said = ForwardMsg()
            said.ParseFromString(await self.stream.recv())
            kind = said.WhichOneof("type")
            if kind == "delta" and said.delta.HasField("new_element"):
                self._element(said.delta.new_element, said.delta.fragment_id)
            elif kind == "script_finished":
                await asyncio.gather(*self.looks)
                return

    def _element(self, element: object, fragment: str) -> None:
        kind = element.WhichOneof("type")
        if kind == "bidi_component":
            data = json.loads(element.bidi_component.json or "{}")
            if "token" in data:
                if self.stages.get(data["lab"], {}).get("token") != data["token"]:
                    self.looks.append(asyncio.create_task(self._look(data["lab"])))
                self.stages[data["lab"]] = data
                self.mounted[data["lab"]] = element.bidi_component.id, fragment
        elif kind == "exception":
            self.errors.append(MessageToDict(element.exception).get("message", "exception"))

    async def _look(self, lab: str) -> None:
        """Take the first frame of a stage, and say that it is on the screen."""
        async with self.live(lab) as socket:
            await socket.send(json.dumps({"pull": 0}))
            while isinstance(frame := await socket.recv(), str):
                self.errors.append(frame)
            await socket.send(json.dumps({"pull": int(meta(frame)["version"])}))

    def live(self, lab: str) -> connect:
        """Return the live connection of one of the page's stages, to be entered."""
        data = self.stages[lab]
        return connect(
            f"ws://{self.host}{data['base']}/live",
            subprotocols=[PROTOCOL, data["token"]],
            origin=self.server,
            max_size=BIG,
            compression=None,
        )
