"""Users, devices, chats and topics: what is one, what is none, and the direct chat's id."""

import base64
import hashlib

USERS = ["a", "alice", "Alice", "0", "a.b-c_d@example.org", "9_", "u" * 64]
NO_USERS = [
    "", ".a", "_a", "-a", "@a", "a/b", "a+b", "a#", "a b", "a\0", "__proto__", "grüße", "a\n", "a:b", "a*", "u" * 65,
    "x=", "x=a=7c", "x=a=7", "a=b", "x=a|b", "=7C"
]  # fmt: skip
NAMES = ["ann", "auth0|5f7c", "user:42", "+491701", ".hidden", "grüße", "a/b", "x=ann", "x=auth0=7C5f7c", "a b"]
DEVICES = ["p", "phone", "Laptop-2", "a@b", "d" * 32]
NO_DEVICES = ["", "-p", "p/q", "p q", "+", "#", "téléphone", "d" * 33]
PAIRS = [
    ("alice", "bob"),
    ("bob", "alice"),
    ("a", "ab"),
    ("ab", "c"),
    ("a", "bc"),
    ("Zoe", "alice"),  # capitals sort before small letters
    ("a-b", "a.b"),
    ("x" * 64, "y"),
    ("user@one.example", "user@two.example"),
]
CHATS = ["00" * 10, "ff" * 10, "e5531a8eefea7b93693a", "00112233445566778899", "7fffffffffffffffffff"]


def user_of(name):
    """The user id of whom a login service calls so."""
    if all(c.isascii() and (c.isalnum() or c in "._@-") for c in name) and name[0].isalnum():
        return name
    plain = b"._@-"
    return "x=" + "".join(
        chr(b) if chr(b).isascii() and (chr(b).isalnum() or b in plain) else f"={b:02X}" for b in name.encode()
    )


def text_of(chat):
    """A chat id as it stands in topics."""
    return base64.urlsafe_b64encode(chat).rstrip(b"=").decode()


def direct(one, other):
    low, high = sorted([one.encode(), other.encode()])
    digest = hashlib.sha256(bytes([len(low)]) + low + bytes([len(high)]) + high).digest()
    return bytes([digest[0] | 0x80]) + digest[1:10]


def group(random):
    return bytes([random[0] & 0x7F]) + random[1:10]


def direct_vector(one, other):
    low, high = sorted([one.encode(), other.encode()])
    content = bytes([len(low)]) + low + bytes([len(high)]) + high
    chat = direct(one, other)
    return {
        "users": [one, other],
        "input": content.hex(),
        "sha256": hashlib.sha256(content).hexdigest(),
        "chat": chat.hex(),
        "text": text_of(chat),
    }


def group_vector(random):
    chat = group(bytes.fromhex(random))
    return {"random": random, "chat": chat.hex(), "text": text_of(chat)}


def vectors():
    chat = text_of(bytes.fromhex(CHATS[2]))
    return {
        "says": "Ids and topics of docs/wire.md. `no…` lists what is none.",
        "users": USERS,
        "noUsers": NO_USERS,
        "names": [{"name": name, "user": user_of(name)} for name in NAMES],
        "devices": DEVICES,
        "noDevices": NO_DEVICES,
        "clientIds": [{"text": f"{user}/{device}", "user": user, "device": device}
                      for user, device in [("alice", "phone"), ("a@b", "c@d"), ("u" * 64, "d" * 32)]],
        "noClientIds": ["", "alice", "alice/", "/phone", "alice/a/b", "alice/+", "__proto__/phone", "alice/" + "d" * 33],
        "chats": [
            {"chat": hex_, "text": text_of(bytes.fromhex(hex_)), "direct": bytes.fromhex(hex_)[0] >= 0x80}
            for hex_ in CHATS
        ],
        "noChats": [
            chat[:-1], chat + "A", chat + "==", chat[:-1] + "h", chat.replace("_", "/"), "5VMaju+qe5NpOg", "A" * 14 + "A",
            "A" * 13 + "B", "A" * 13 + "P", "A" * 13 + "=", "A" * 13 + ".", ""
        ],
        "directChats": [direct_vector(*pair) for pair in PAIRS],
        "groups": [group_vector(random) for random in ["ff" * 10, "00" * 10, "80000000000000000001"]],
        "topics": [
            {"topic": f"g/{chat}", "is": "chat", "chat": CHATS[2]},
            {"topic": "q", "is": "request"},
            {"topic": "u/alice", "is": "user", "user": "alice"},
        ],
        "noTopics": ["", "g/", f"g/{chat}/", f"G/{chat}", f"g/{chat[:-1]}h", "g/#", "g/+", "u/", "u/+", "u/a/b", "q/", "Q",
                     "$SYS/broker", "chat", f"/g/{chat}", "u/__proto__"],
    }  # fmt: skip
