"""Frames both ways: bytes that an encoder makes of a value and a decoder reads, and bytes that it must read as well."""

import base64

from google.protobuf import json_format

import ids
from schemas import as_json, down, encoded, request, up

CHAT = ids.direct("alice", "bob")
GROUP = ids.group(bytes(range(1, 11)))
CLIENT_SEQ = 1_700_000_000_000
LARGEST = 2**53 - 1
ALICE = {"number": 0, "user": "alice", "role": "ROLE_ADMIN"}
BOB = {"number": 1, "user": "bob", "role": "ROLE_MEMBER"}
TEXTS = {"ASCII": "hello", "letters and emoji": "grüße 👋🏽", "all kinds of characters": "\0\t\n\u2028\ufeff𝄞"}


def parsed(kind, value):
    return json_format.ParseDict(value, kind())


def vector(name, message):
    return {"name": name, "hex": encoded(message).hex(), "json": as_json(message)}


def ups():
    yield "a first direct message", {"message": {"clientSeq": CLIENT_SEQ, "text": "hello", "peer": "bob"}}
    for name, text in TEXTS.items():
        yield f"text: {name}", {"message": {"clientSeq": 1, "text": text}}
    yield "a body", {"message": {"clientSeq": 2, "body": "AP8B", "contentType": "application/octet-stream"}}
    yield "a body without content type", {"message": {"clientSeq": 2, "body": "AA=="}}
    yield "the largest number", {"message": {"clientSeq": LARGEST, "text": "x"}}
    yield "a text of 300 bytes", {"message": {"clientSeq": 3, "text": "x" * 300}}
    yield "read", {"read": {"upTo": 300}}
    yield "read nothing", {"read": {}}
    yield "typing", {"typing": {}}
    yield "stopped typing", {"typing": {"stopped": True}}
    yield "create", {"create": {"clientSeq": 4, "name": "trip", "members": ["bob", "carol"]}}
    yield "create alone", {"create": {"clientSeq": 5, "name": "notes"}}
    yield "add", {"add": {"clientSeq": 6, "members": ["dave"]}}
    yield "remove", {"remove": {"clientSeq": 7, "members": ["dave", "carol"]}}
    yield "leave", {"leave": {"clientSeq": 8}}
    yield "rename", {"rename": {"clientSeq": 9, "name": "Ausflug"}}
    yield "set role", {"setRole": {"clientSeq": 10, "member": "bob", "role": 2}}
    yield "set disappearing", {"setDisappearing": {"clientSeq": 11, "afterS": 604_800}}
    yield "query detail", {"query": {"request": 1, "detail": {}}}
    yield "query receipts", {"query": {"request": 2**32 - 1, "receipts": {"seq": 5}}}


def requests():
    yield "my chats", {"request": 1, "myChats": {}}
    yield "my chats, next page", {"request": 2, "myChats": {"after": b64(GROUP), "limit": 50}}
    yield "own devices", {"request": 3, "listDevices": {}}
    yield "somebody's devices", {"request": 4, "listDevices": {"user": "alice"}}
    yield "remove a device", {"request": 5, "removeDevice": {"user": "alice", "device": "phone"}}
    yield "add a user", {"request": 6, "addUser": {"user": "erin"}}
    yield "dead entries", {"request": 7, "listDead": {"after": 9, "limit": 10}}
    yield "requeue", {"request": 8, "requeueDead": {"position": 11}}


def downs():
    head = {"chat": b64(CHAT), "seq": 1, "sentAtS": 1_700_000_001}
    group = {"chat": b64(GROUP), "sender": 1, "sentAtS": 1_700_000_001}
    yield "a first direct message", {"messages": [{**head, "text": "hello", "directMembers": ["alice", "bob"]}]}
    yield "consecutive messages", {"messages": [{**group, "seq": seq, "text": f"{seq}"} for seq in range(126, 131)]}
    yield "a body", {"messages": [{**group, "seq": 2, "body": "AP8=", "contentType": "image/png"}]}
    for name, change in changes():
        yield name, {"messages": [{**group, "seq": 3, "change": change}]}
    yield "accepted", {"accepted": [{"clientSeq": CLIENT_SEQ, "seq": 1}]}
    yield "accepted, a run", {"accepted": [{"clientSeq": CLIENT_SEQ, "seq": 7, "more": 63}]}
    yield "rejected", {"rejected": [{"clientSeq": CLIENT_SEQ, "code": 9, "retryAfterS": 7}]}
    yield "rejected, unreadable", {"rejected": [{"code": 1, "chat": b64(CHAT)}]}
    yield "rejected, a request", {"rejected": [{"code": 12, "request": 4}]}
    yield "receipts", {"receipts": [{"chat": b64(CHAT), "delivered": 300}, {"chat": b64(CHAT), "read": 299},
                                    {"chat": b64(GROUP), "ownRead": 12}]}  # fmt: skip
    yield "typing", {"typing": [{"chat": b64(GROUP), "member": 2}, {"chat": b64(GROUP), "member": 2, "stopped": True}]}
    yield "gap", {"gaps": [{"dropped": 12_345}, {}]}
    named = {"dropped": 300, "chat": b64(GROUP), "firstSeq": 1, "lastSeq": 300}
    yield "gap of a chat", {"gaps": [named]}
    for name, answer in answers():
        yield f"response: {name}", {"responses": [{"request": 3, **answer}]}


def changes():
    yield "created", {"created": {"name": "trip", "members": [ALICE, BOB]}}
    yield "added", {"added": {"members": [{"number": 2, "user": "carol", "role": "ROLE_MEMBER"}]}}
    yield "added, to the new one", {"added": {"members": [BOB], "roster": {"name": "trip", "members": [ALICE, BOB]}}}
    yield "removed", {"removed": {"members": [0, 1, 300]}}
    yield "left", {"left": {}}
    yield "renamed", {"renamed": {"name": "Ausflug"}}
    yield "role set", {"roleSet": {"member": 1, "role": "ROLE_ADMIN"}}
    yield "disappearing set", {"disappearingSet": {"afterS": 604_800}}
    yield "disappearing no more", {"disappearingSet": {}}


def answers():
    member = {"number": 1, "user": "bob", "role": "ROLE_MEMBER", "joinSeq": 1, "delivered": 9, "read": 8}
    chat = {"chat": b64(CHAT), "direct": True, "lastSeq": 9, "myNumber": 1}
    marks = {"myDelivered": 9, "myRead": 8, "unread": 1, "members": [ALICE, BOB], "lastAtS": 1_700_000_009}
    yield "done", {"done": {}}
    yield "chats", {"chats": {"chats": [{**chat, **marks}, {"chat": b64(GROUP), "name": "trip"}], "next": b64(GROUP)}}
    yield "no chats", {"chats": {}}
    yield "a chat", {"chat": {**chat, "members": [{"user": "alice", "joinSeq": 1}, member], "unread": 1}}
    yield "receipts", {"receipts": {"chat": b64(CHAT), "seq": 9, "others": 3, "delivered": 2, "read": 1,
                                    "deliveredTo": [1, 2], "readBy": [2]}}  # fmt: skip
    device = {"name": "phone", "linkedAtMs": 1_700_000_000_123, "connected": True, "waiting": 4}
    yield "devices", {"devices": {"devices": [device, {"name": "laptop"}]}}
    yield "dead entries", {"dead": {"entries": [{"position": 3, "partition": 58, "user": "alice", "device": "phone",
                                                 "chat": b64(CHAT), "setAsideAtMs": 1, "envelope": "AQ=="}]}}  # fmt: skip


def b64(chat):
    return base64.b64encode(chat).decode()


def field(number, content):
    """A field of bytes."""
    return varint(number << 3 | 2) + varint(len(content)) + content


def varint(value):
    out = b""
    while value > 127:
        out, value = out + bytes([value & 127 | 128]), value >> 7
    return out + bytes([value])


def also(name, kind, content):
    """Bytes that no encoder of ours makes, and that mean something all the same."""
    return {"name": name, "hex": content.hex(), "json": as_json(kind.FromString(content))}


def read_as_well():
    one = encoded(parsed(down.Down, dict(downs())["a first direct message"]))
    two = encoded(parsed(down.Down, dict(downs())["accepted"]))
    text = encoded(up.SendMessage(client_seq=1, text="x"))
    yield "down", also("two entries joined", down.Down, one + two)
    yield "down", also("the same entries again behind them", down.Down, (one + two) * 2)
    yield "down", also("nothing", down.Down, b"")
    yield "down", also("an unknown item between two", down.Down, one + field(15, b"\x08\x01") + two)
    yield "down", also("an unknown field of each type in a message", down.Down, field(1, encoded(
        down.Message(chat=CHAT, seq=2)) + field(20, b"x") + b"\xf8\x01\x07" + b"\xfd\x01abcd" + b"\xf9\x01abcdefgh"))
    yield "down", also("a change of an unknown kind", down.Down, field(1, encoded(
        down.Message(chat=CHAT, seq=2)) + field(7, field(14, b""))))  # fmt: skip
    yield "down", also("an answer of an unknown kind", down.Down, field(6, b"\x08\x03" + field(14, b"")))
    yield "down", also("numbers of members one by one", down.Down, field(1, encoded(
        down.Message(chat=CHAT, seq=2)) + field(7, field(3, b"\x08\x01\x08\x02"))))  # fmt: skip
    yield "down", also("fields in another order", down.Down, field(1, b"\x10\x02" + field(5, b"x") + field(1, CHAT)))
    yield "down", also("zeros that need not be there", down.Down, field(2, b"\x08\x05\x10\x01\x18\x00"))
    yield "down", also("a long varint", down.Down, field(2, b"\x08\x85\x80\x80\x00\x10\x01"))
    yield "up", also("fields in another order", up.Up, field(1, field(2, b"x") + b"\x08\x01"))
    yield "up", also("the last of two bodies counts", up.Up, field(2, b"\x08\x05") + field(1, text))
    yield "up", also("two parts of one body merge", up.Up, field(1, b"\x08\x01") + field(1, field(2, b"x")))
    yield "up", also("an unknown kind beside a known one", up.Up, field(1, text) + field(31, b"x"))
    yield "request", also("the number behind the question", request.Request, field(2, b"") + b"\x08\x03")


MALFORMED = {
    "a length beyond the end": "0a05080112",
    "a varint that does not end": "0a02088f",
    "a varint of eleven bytes": "0a0c08ffffffffffffffffffff01",
    "a tag that is cut off": "8a",
    "field number 0": "0200",
    "the wire type 7": "0f00",
    "a group that does not end": "0b",
    "text that is no UTF-8": "0a050801120180",
    "text with half a surrogate pair": "0a0708011203eda080",
}


def vectors():
    kinds = {"up": (up.Up, ups), "request": (request.Request, requests), "down": (down.Down, downs)}
    made = {name: [vector(title, parsed(kind, value)) for title, value in values()]
            for name, (kind, values) in kinds.items()}  # fmt: skip
    others = {name: [one for kind, one in read_as_well() if kind == name] for name in kinds}
    return {
        "says": "`json` is ProtoJSON. `made`: encoders make `hex` of `json`, decoders the reverse. `read`: decoders "
                "alone. `malformed`: no Up; decoders refuse it.",
        "made": made,
        "read": others,
        "malformed": [{"name": name, "hex": text} for name, text in MALFORMED.items()],
    }  # fmt: skip
