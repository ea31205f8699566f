"""Sends frames over sockets, made by infra/asyncapi.yaml: valid, wrong in one place, and garbage.

Each must leave its socket open, and whatever comes back must be a frame that the document has.
"""

import asyncio
import collections
import json

import jsonschema_rs
import websockets
import yaml

from schemas import Values, to_json

LARGEST = 32 * 1024
TOGETHER = 20
LONGEST_WAIT = 60


class Contract:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.document = yaml.safe_load(file)
        self.sent, self.pushed = {}, {}
        for operation in self.document["operations"].values():
            into = self.sent if operation["action"] == "receive" else self.pushed
            self.collect(operation["messages"], into)
            self.collect(operation.get("reply", {}).get("messages", []), self.pushed)
        self.checks = {
            kind: jsonschema_rs.Draft202012Validator(
                {**self.closed(schema), "components": self.closed(self.document["components"])}, validate_formats=True)
            for kind, schema in self.pushed.items()
        }

    def closed(self, node):
        """The same schemas, but a field that they don't name is a fault."""
        if isinstance(node, list):
            return [self.closed(part) for part in node]
        if not isinstance(node, dict):
            return node
        closed = {name: self.closed(part) for name, part in node.items()}
        if isinstance(node.get("properties"), dict) and node.get("type") == "object" and "allOf" not in node:
            closed.setdefault("additionalProperties", False)
        return closed

    def collect(self, references, into):
        for reference in references:
            name = reference["$ref"].rsplit("/", 1)[1]
            schema = self.document["components"]["messages"][name]["payload"]
            into[schema["properties"]["type"]["const"]] = schema

    def faults(self, text):
        try:
            frame = json.loads(text)
        except ValueError:
            return ["is no JSON"]
        kind = frame.get("type") if isinstance(frame, dict) else None
        if kind not in self.checks:
            return [f"has the type {kind!r}, which nothing in the contract has"]
        faults = [str(error.message) for error in self.checks[kind].iter_errors(frame)]
        if kind == "error" and frame["payload"].get("status", 0) >= 500:
            faults.append("says that the server failed")
        return faults


class Run:
    def __init__(self, contract, tickets, seed, ids):
        self.contract = contract
        self.tickets = tickets
        self.values = Values(contract.document, seed, ids)
        self.counts = collections.Counter()
        self.faults = []

    def frame(self):
        kind = self.values.random.choice(list(self.contract.sent))
        valid = self.values.valid(self.contract.sent[kind])
        what = self.values.random.random()
        if what < 0.3:
            return "valid", to_json(valid)
        if what < 0.8:
            return "nearly valid", to_json(self.values.nearly(valid))
        return "garbage", self.values.garbage(to_json(valid))

    async def open(self):
        # What comes in is read at once: nobody waits because this program is slow.
        return await websockets.connect(
            self.tickets(), max_size=2**20, max_queue=None, ping_interval=None, close_timeout=5)

    async def play(self, cases):
        socket = await self.open()
        done = 0
        while done < cases:
            sent = []
            while len(sent) < min(TOGETHER, cases - done):
                kind, text = self.frame()
                if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
                    continue
                sent.append(text)
                self.counts[kind] += 1
            try:
                for text in sent:
                    await socket.send(text.encode("utf-8", "replace").decode("utf-8"))
                await self.answers_of(socket, sent)
            except websockets.ConnectionClosed as closed:
                self.faults.append((f"closed the socket: {closed}", sent))
                socket = await self.open()
            except asyncio.TimeoutError:
                self.faults.append(("answered a ping no more", sent))
                await socket.close()
                socket = await self.open()
            done += len(sent)
            if len(self.faults) >= 20:
                break
        await socket.close()

    async def answers_of(self, socket, sent):
        await socket.send('{"type":"ping","payload":{}}')
        pings = 1 + sum(text.count("ping") > 0 for text in sent)
        # Answers overtake each other: all are in after as many pongs as pings, or after a pause behind the first.
        pongs = 0
        while True:
            wait = LONGEST_WAIT if pongs == 0 else 0.05
            try:
                text = await asyncio.wait_for(socket.recv(), wait)
            except asyncio.TimeoutError:
                if pongs == 0:
                    raise
                return
            self.counts["answers"] += 1
            for fault in self.contract.faults(text):
                self.faults.append((f"{fault}: {text[:300]}", sent))
            try:
                pongs += json.loads(text).get("type") == "pong"
            except (ValueError, AttributeError):
                pass
            if pongs >= pings:
                return


async def fuzz(path, tickets, seed, ids, cases, sockets=4):
    """Plays so many frames. Answers how many of each kind, and a list of faults with the frames before each."""
    contract = Contract(path)
    runs = [Run(contract, tickets, seed * 1000 + number, ids) for number in range(sockets)]
    await asyncio.gather(*(run.play(-(-cases // sockets)) for run in runs))
    counts = collections.Counter()
    for run in runs:
        counts.update(run.counts)
    return counts, [fault for run in runs for fault in run.faults]
