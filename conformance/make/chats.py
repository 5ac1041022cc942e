"""Publishes of several devices, and what each of them gets for it."""

import base64

from google.protobuf import json_format

import ids
from office import Office
from schemas import as_json, encoded, request, up


class Scenario:
    """Devices are named `alice/phone` here, and `alice7/phone` in the seventh scenario: all can run on one server."""

    count = 0

    def __init__(self, name, says, *devices):
        Scenario.count += 1
        self.number = Scenario.count
        self.name, self.says, self.steps = name, says, []
        self.office = Office()
        self.marks, self.client_seqs, self.unacknowledged = {}, {}, {}
        for device in devices:
            self.connect(device)

    def user(self, name):
        return f"{name}{self.number}"

    def device(self, name):
        user, device = name.split("/")
        return f"{self.user(user)}/{device}"

    def direct(self, one, other):
        return ids.direct(self.user(one), self.user(other))

    def group(self, n=1):
        return ids.group(bytes([n] * 9 + [self.number]))

    def next(self, device):
        self.client_seqs[device] = self.client_seqs.get(device, 100) + 1
        return self.client_seqs[device]

    # Steps.

    def connect(self, device):
        name = self.device(device)
        return self.step({"do": "connect", "device": name, "sessionPresent": self.office.connect(name)})

    def disconnect(self, device):
        self.office.connected.discard(self.device(device))
        return self.step({"do": "disconnect", "device": self.device(device)})

    def silence(self, device):
        """From here on the device acknowledges nothing, until `acknowledge`."""
        self.office.silent.add(self.device(device))
        return self.step({"do": "silence", "device": self.device(device)})

    def acknowledge(self, device):
        """It acknowledges what it has got, and goes on doing so."""
        name = self.device(device)
        self.office.silent.discard(name)
        self.office.acknowledge(name, self.unacknowledged.pop(name, []))
        return self.step({"do": "acknowledge", "device": name})

    def up(self, device, chat, _qos=1, _instead_of=(), **body):
        """An Up as ProtoJSON, in which `clientSeq` is given by itself if the command has one and none is named."""
        for kind, fields in body.items():
            if kind not in ("read", "typing", "query") and "clientSeq" not in fields:
                body = {kind: {"clientSeq": self.next(device), **fields}}
        frame = json_format.ParseDict({**body, "insteadOf": list(_instead_of)}, up.Up())
        return self.publish(device, f"g/{ids.text_of(chat)}", encoded(frame), as_json(frame), _qos)

    def say(self, device, chat, words, client_seq=None, instead_of=(), **more):
        number = {"clientSeq": client_seq} if client_seq else {}
        return self.up(device, chat, _instead_of=instead_of, message={**number, "text": words, **more})

    def ask(self, device, **body):
        frame = json_format.ParseDict(body, request.Request())
        return self.publish(device, "q", encoded(frame), as_json(frame))

    def publish(self, device, topic, payload, json=None, qos=1):
        self.office.publish(self.device(device), topic, payload)
        what = {"payload": payload.hex()} if len(payload) < 1_000 else {"payloadOf": pattern(payload)}
        step = {"do": "publish", "device": self.device(device), "topic": topic, "qos": qos, **what}
        return self.step(step if json is None or len(payload) >= 1_000 else {**step, "json": json})

    def step(self, step):
        got = self.office.deliver()
        for device, items in got.items():
            if device in self.office.silent:
                self.unacknowledged.setdefault(device, []).extend(items)
        self.steps.append({**step, "then": {device: self.then(device, got[device]) for device in sorted(got) if got[device]}})
        return self

    def then(self, device, items):
        """By kind; of receipts what the marks are afterwards, for several may come as one."""
        kinds = {}
        for item in items:
            for kind, values in as_json(item).items():
                kinds.setdefault(kind, []).extend(values)
        for receipt in kinds.pop("receipts", []):
            chat = ids.text_of(base64.b64decode(receipt.pop("chat")))
            marks = self.marks.setdefault(device, {}).setdefault(chat, {})
            for mark, value in receipt.items():
                marks[mark] = max(marks.get(mark, 0), int(value))
            kinds.setdefault("marks", {})[chat] = dict(marks)
        return kinds

    def vector(self):
        return {"name": self.name, "says": self.says, "steps": self.steps}


def pattern(payload):
    """A long payload: what stands before and behind a byte that comes many times."""
    byte = max(set(payload), key=payload.count)
    start, end = payload.index(byte), payload.rindex(byte) + 1
    assert payload[start:end] == bytes([byte]) * (end - start)
    return {"before": payload[:start].hex(), "byte": byte, "times": end - start, "after": payload[end:].hex()}


ALICE, LAPTOP, BOB, TABLET, CAROL = "alice/phone", "alice/laptop", "bob/phone", "bob/tablet", "carol/phone"
NAMES = ["alice/phone", "bob/phone", "carol/phone"]


def direct_chats():
    s = Scenario("direct", "the first message makes the chat; other devices of the sender get it too", ALICE, BOB, LAPTOP)
    chat = s.direct("alice", "bob")
    s.say(ALICE, chat, "hello", peer=s.user("bob")).say(BOB, chat, "hi").say(LAPTOP, chat, "from the laptop")
    yield s.up(BOB, chat, message={"body": "AP8B", "contentType": "image/png"}).say(ALICE, chat, "peer is ignored now", peer="x")
    s = Scenario("both begin", "the second finds the chat there", ALICE, BOB)
    chat = s.direct("alice", "bob")
    yield s.say(BOB, chat, "me first", peer=s.user("alice")).say(ALICE, chat, "no, me", peer=s.user("bob"))
    s = Scenario("away", "what comes while a device is away waits, in order", ALICE, BOB).disconnect(BOB)
    chat = s.direct("alice", "bob")
    for n in range(5):
        s.say(ALICE, chat, f"away {n}", peer=s.user("bob"))
    yield s.connect(BOB).say(ALICE, chat, "live")


def repeats():
    s = Scenario("an accepted send again", "gets its old seq; nobody gets it twice", ALICE, BOB)
    chat, bob = s.direct("alice", "bob"), s.user("bob")
    s.say(ALICE, chat, "one", 200, peer=bob).say(ALICE, chat, "two", 201).say(ALICE, chat, "one", 200, peer=bob)
    yield s.say(ALICE, chat, "two", 201).say(ALICE, chat, "three", 205).say(ALICE, chat, "one", 200)
    s = Scenario("beyond the last 64", "a send is stale", ALICE, BOB).disconnect(BOB)
    chat = s.direct("alice", "bob")
    for n in range(66):
        s.say(ALICE, chat, f"{n}", 300 + n, peer=s.user("bob"))
    yield s.say(ALICE, chat, "1", 301).say(ALICE, chat, "2", 302)
    s = Scenario("a number below the highest", "is reused: nothing was ever stored for it; another device has its own", ALICE, BOB, LAPTOP)
    chat = s.direct("alice", "bob")
    s.say(ALICE, chat, "one", 500, peer=s.user("bob")).say(ALICE, chat, "late", 499).say(LAPTOP, chat, "fine", 499)
    yield s.say(ALICE, chat, "two", 510).say(ALICE, chat, "between", 505)
    s = Scenario("another command under a used number", "is told, and nothing is stored for it", ALICE, BOB)
    chat, bob = s.direct("alice", "bob"), s.user("bob")
    s.say(ALICE, chat, "one", 600, peer=bob).say(ALICE, chat, "another", 600).up(ALICE, chat, rename={"clientSeq": 600, "name": "x"})
    yield s.say(ALICE, chat, "one", 600).say(ALICE, chat, "two", 601)
    s = Scenario("the same command, encoded anew", "members in another order are the same send", *NAMES)
    group, bob, carol = s.group(), s.user("bob"), s.user("carol")
    s.up(ALICE, group, create={"clientSeq": 610, "name": "trip", "members": [bob, carol]})
    yield s.up(ALICE, group, create={"clientSeq": 610, "name": "trip", "members": [carol, bob, carol]})
    s = Scenario("a retry that names its earlier number", "is that send if it was accepted, else a new one", ALICE, BOB)
    chat, bob = s.direct("alice", "bob"), s.user("bob")
    s.say(ALICE, chat, "one", 620, peer=bob).say(ALICE, chat, "one", 621, instead_of=[620])
    s.say(ALICE, chat, "one", 621, instead_of=[620]).say(ALICE, chat, "two", 622, instead_of=[620, 5])
    yield s.say(BOB, chat, "end")
    s = Scenario("a refused send again", "stays refused, also when it would be allowed by now", ALICE, BOB)
    group = s.group()
    s.up(ALICE, group, create={"name": "trip", "members": [s.user("bob")]})
    s.up(BOB, group, rename={"clientSeq": 70, "name": "mine"}).up(ALICE, group, setRole={"member": s.user("bob"), "role": 2})
    yield s.up(BOB, group, rename={"clientSeq": 70, "name": "mine"}).up(BOB, group, rename={"clientSeq": 71, "name": "mine"})
    s = Scenario("a stranger's refused send again", "is decided anew: nothing is remembered of strangers", *NAMES)
    group = s.group()
    s.say(CAROL, group, "anybody?", 80).up(ALICE, group, create={"name": "trip", "members": [s.user("bob")]})
    s.say(CAROL, group, "anybody?", 80).up(ALICE, group, add={"members": [s.user("carol")]})
    s.say(CAROL, group, "anybody?", 80).say(CAROL, group, "anybody?", 80)
    create = {"clientSeq": 90, "name": "other", "members": [s.user("nobody")]}
    yield s.up(BOB, s.group(2), create=create).up(BOB, s.group(2), create={**create, "members": []})
    s = Scenario("who left and came back", "what the devices sent before is still known", ALICE, BOB)
    group, bob = s.group(), s.user("bob")
    s.up(ALICE, group, create={"name": "trip", "members": [bob]}).say(BOB, group, "x", 10)
    s.up(BOB, group, leave={"clientSeq": 11}).up(BOB, group, leave={"clientSeq": 11}).say(BOB, group, "y", 12)
    yield s.up(ALICE, group, add={"members": [bob]}).say(BOB, group, "x", 10).say(BOB, group, "y", 12).say(BOB, group, "z", 13)


def groups():
    s = Scenario("a group's life", "each change has a seq, and all get them in order", ALICE, LAPTOP, *NAMES[1:])
    group, bob, carol = s.group(), s.user("bob"), s.user("carol")
    s.up(ALICE, group, create={"name": "trip", "members": [bob, bob, s.user("alice")]}).say(BOB, group, "nice")
    s.up(ALICE, group, rename={"name": "Ausflug"}).up(ALICE, group, add={"members": [carol, bob]}).say(CAROL, group, "hi")
    s.up(ALICE, group, setRole={"member": bob, "role": 2}).up(BOB, group, remove={"members": [carol, "nobody"]})
    s.say(CAROL, group, "still here?").up(BOB, group, add={"members": [carol]}).say(CAROL, group, "again")
    yield s.up(LAPTOP, group, leave={}).say(BOB, group, "alice has left").up(BOB, group, leave={}).say(CAROL, group, "alone")
    s = Scenario("nothing changes", "Accepted with the last seq, and no entry", ALICE, BOB)
    group, bob = s.group(), s.user("bob")
    s.up(ALICE, group, create={"name": "trip", "members": [bob]}).say(BOB, group, "x")
    s.up(ALICE, group, rename={"name": "trip"}).up(ALICE, group, add={"members": [bob]})
    s.up(ALICE, group, remove={"members": ["nobody"]}).up(ALICE, group, setRole={"member": bob, "role": 1})
    yield s.say(ALICE, group, "y")
    s = Scenario("messages that disappear", "by a change like any other; in a direct chat either may make it", ALICE, BOB)
    group, chat, bob = s.group(), s.direct("alice", "bob"), s.user("bob")
    s.up(ALICE, chat, setDisappearing={"afterS": 60}).say(ALICE, chat, "hi", peer=bob)
    s.up(BOB, chat, setDisappearing={"afterS": 60}).up(ALICE, chat, setDisappearing={"afterS": 60})
    s.up(ALICE, group, create={"name": "trip", "members": [bob]}).up(ALICE, group, setDisappearing={})
    s.up(BOB, group, setDisappearing={"afterS": 60}).up(ALICE, group, setDisappearing={"afterS": 31_536_001})
    yield s.up(ALICE, group, setDisappearing={"afterS": 31_536_000}).say(BOB, group, "soon gone")
    s = Scenario("the last admin", "stays one, and leaves the role to the lowest number", *NAMES)
    group = s.group()
    s.up(ALICE, group, create={"name": "trip", "members": [s.user("carol"), s.user("bob")]})
    s.up(ALICE, group, setRole={"member": s.user("alice"), "role": 1}).up(ALICE, group, leave={})
    yield s.up(BOB, group, rename={"name": "no"}).up(CAROL, group, rename={"name": "yes"})


def refusals():
    s = Scenario("refused sends", "each with its code", *NAMES)
    alice, bob, chat, group = s.user("alice"), s.user("bob"), s.direct("alice", "bob"), s.group()
    s.say(ALICE, chat, "no peer").say(ALICE, chat, "wrong peer", peer=s.user("carol")).say(CAROL, chat, "not mine", peer=bob)
    s.say(ALICE, s.direct("alice", "nobody"), "nobody", peer=s.user("nobody"))
    s.up(ALICE, chat, message={"peer": bob}).up(ALICE, chat, message={"text": "x", "body": "AA==", "peer": bob})
    s.up(ALICE, chat, message={"text": "x", "contentType": "text/plain", "peer": bob})
    s.up(ALICE, chat, message={"body": "AA==", "contentType": "é", "peer": bob})
    s.up(ALICE, chat, message={"body": "AA==", "contentType": "x" * 128, "peer": bob})
    s.say(ALICE, chat, "x" * 65_537, peer=bob).say(ALICE, chat, "first", peer=bob)
    s.up(ALICE, chat, create={"name": "x"}).up(ALICE, chat, add={"members": [s.user("carol")]})
    s.up(ALICE, chat, remove={"members": [bob]}).up(ALICE, chat, rename={"name": "x"}).up(ALICE, chat, leave={})
    yield s.up(ALICE, chat, setRole={"member": bob, "role": 2}).say(BOB, chat, "last")
    s = Scenario("refused changes", "each with its code", *NAMES)
    alice, bob, group = s.user("alice"), s.user("bob"), s.group()
    for name in ["", "x" * 101, "😀" * 51, "a\nb"]:
        s.up(ALICE, group, create={"name": name})
    s.up(ALICE, group, create={"name": "x", "members": ["a/b"]}).up(ALICE, group, create={"name": "😀" * 50, "members": [bob]})
    s.up(ALICE, group, create={"name": "again"}).up(CAROL, group, create={"name": "mine"}).up(CAROL, group, leave={})
    for change in [{"add": {"members": ["x"]}}, {"remove": {"members": [alice]}}, {"rename": {"name": "x"}},
                   {"setRole": {"member": bob, "role": 2}}]:  # fmt: skip
        s.up(BOB, group, **change).up(CAROL, group, **change)
    s.up(ALICE, group, add={}).up(ALICE, group, add={"members": [s.user("nobody")]}).up(ALICE, group, remove={})
    s.up(ALICE, group, remove={"members": [bob, alice]}).up(ALICE, group, rename={"name": ""})
    for role in [{"member": bob}, {"member": bob, "role": 3}, {"member": s.user("carol"), "role": 2}]:
        s.up(ALICE, group, setRole=role)
    yield s.say(BOB, group, "last")
    s = Scenario("what can't be read", "is answered with what can", ALICE, BOB)
    chat = s.direct("alice", "bob")
    topic = f"g/{ids.text_of(chat)}"
    s.say(ALICE, chat, "one", 10, peer=s.user("bob"))
    for payload in [b"\xff", b"", b"\xfa\x01\x02\x08\x0b", b"\xfa\x01\x02\x10\x0b", bytes.fromhex("0a050801120180"),
                    bytes.fromhex("0a0408051203"), bytes.fromhex("52030807ff")]:  # fmt: skip
        s.publish(ALICE, topic, payload)
    s.say(ALICE, chat, "x" * 132_000, 11).up(ALICE, chat, message={"clientSeq": 0, "text": "x"})
    s.up(ALICE, chat, message={"clientSeq": 2**53, "text": "x"}).up(ALICE, chat, read={"upTo": 2**53})
    yield s.say(ALICE, chat, "two", 11).publish(ALICE, "q", b"\xff").publish(ALICE, "q", b"\x08\x05").publish(
        ALICE, "q", b"\x08\x06\xff")


def marks():
    s = Scenario("delivered", "the PUBACK of one of the peer's devices", ALICE, LAPTOP, BOB, TABLET).silence(BOB).silence(TABLET)
    chat = s.direct("alice", "bob")
    s.say(ALICE, chat, "one", peer=s.user("bob")).say(ALICE, chat, "two").acknowledge(TABLET).say(ALICE, chat, "three")
    yield s.acknowledge(BOB).say(LAPTOP, chat, "four")
    s = Scenario("read", "implies delivered, is told to the reader's other devices, and never goes back", ALICE, BOB, TABLET)
    s.silence(BOB).silence(TABLET)
    chat = s.direct("alice", "bob")
    s.say(ALICE, chat, "one", peer=s.user("bob")).say(ALICE, chat, "two").up(BOB, chat, read={"upTo": 1})
    s.up(TABLET, chat, read={"upTo": 1}).up(BOB, chat, read={"upTo": 1_000_000}).up(BOB, chat, read={"upTo": 1})
    yield s.acknowledge(BOB).acknowledge(TABLET).say(ALICE, chat, "three").up(TABLET, chat, read={"upTo": 3})
    s = Scenario("a group's receipts", "come when the last member has it, and not from strangers", *NAMES, "mallory/phone")
    group = s.group()
    s.silence(BOB).silence(CAROL)
    s.up(ALICE, group, create={"name": "trip", "members": [s.user("bob"), s.user("carol")]}).say(ALICE, group, "here?")
    s.acknowledge(BOB).up("mallory/phone", group, read={"upTo": 2}).acknowledge(CAROL).up(BOB, group, read={"upTo": 2})
    s.up(ALICE, group, query={"request": 4, "receipts": {"seq": 2}}).silence(CAROL).say(BOB, group, "yes")
    s.up(ALICE, group, remove={"members": [s.user("carol")]}).say(ALICE, group, "bye")
    yield s.up(ALICE, group, query={"request": 5, "receipts": {"seq": 5}})


def questions():
    s = Scenario("questions", "are answered with their number", *NAMES)
    chat, group = s.direct("alice", "bob"), s.group()
    s.say(ALICE, chat, "hello", peer=s.user("bob")).up(BOB, group, create={"name": "trip", "members": [s.user("alice")]})
    s.up(BOB, group, remove={"members": [s.user("alice")]}).up(BOB, group, add={"members": [s.user("carol"), s.user("alice")]})
    s.say(BOB, group, "x").up(BOB, group, query={"request": 1, "detail": {}}).up(CAROL, chat, query={"request": 2, "detail": {}})
    s.up(ALICE, group, query={"request": 3}).up(ALICE, group, query={"request": 2**32 - 1, "receipts": {"seq": 99}})
    s.ask(ALICE, request=5, myChats={}).ask(ALICE, request=6, myChats={"limit": 1}).ask(CAROL, request=7, myChats={"after": "AAAA"})
    yield s.ask(ALICE, request=8).ask(ALICE, request=9, addUser={"user": "x"})
    s = Scenario("typing", "reaches who is connected, the own other devices too", ALICE, LAPTOP, BOB)
    chat = s.direct("alice", "bob")
    s.say(ALICE, chat, "hello", peer=s.user("bob")).up(ALICE, chat, 0, typing={}).up(BOB, chat, 0, typing={"stopped": True})
    yield s.say(BOB, chat, "done")


def vectors():
    kinds = [direct_chats, repeats, groups, refusals, marks, questions]
    Scenario.count = 0
    return {
        "says": "What devices publish, one step after the other, and what each device gets: `then`, by kind, in the order "
                "of the kind (ProtoJSON without sentAtS and lastAtS; an Accepted for each number of a run). Whoever is not "
                "named gets nothing. `marks`: the highest receipts of a chat so far. All devices are durable, and "
                "acknowledge what comes, unless they were silenced. `payloadOf`: a byte many times between two strings.",
        "scenarios": [scenario.vector() for kind in kinds for scenario in kind()],
    }  # fmt: skip
