"""Sequences of frames, and what a client has made of them in the end."""

import ids
from receiver import Receiver
from schemas import as_json, down, encoded

BASE = 2**50  # scenarios count from 1,001 on; on the wire all numbers are above the clock
LAST_CLIENT_SEQ = BASE + 1_000
CHAT = ids.direct("alice", "bob")
OTHER = ids.direct("alice", "carol")
GROUP = ids.group(bytes(range(1, 11)))
DIRECT = ["bob", "alice"]  # who wrote first is member 0
ROSTER = [(0, "bob", 2), (1, "alice", 1), (2, "carol", 1)]
RATE_LIMITED, STALE, MALFORMED, UNKNOWN_CHAT, REUSED = 9, 6, 1, 3, 15


class Scenario:
    """Steps, each with what the client publishes because of it."""

    def __init__(self, name, says):
        self.name, self.says = name, says
        self.client = Receiver("alice", LAST_CLIENT_SEQ)
        self.steps = []
        self.connect()

    def connect(self):
        return self.step({"do": "connect"}, self.client.connect())

    def cut(self):
        self.client.is_connected = False
        return self.step({"do": "cut"}, [])

    def send(self, chat, text, peer=""):
        step = {"do": "send", "chat": ids.text_of(chat), "text": text, **({"peer": peer} if peer else {})}
        return self.step(step, self.client.send(chat, text, peer))

    def frame(self, *entries, qos=1):
        return self.bytes(b"".join(map(encoded, entries)), qos)

    def bytes(self, payload, qos=1):
        step = {"do": "frame", "payload": payload.hex()}
        try:
            step["json"] = as_json(down.Down.FromString(payload))
        except Exception:
            step["json"] = None
        return self.step({**step, "qos": qos}, self.client.frame(payload))

    def step(self, step, publishes):
        self.steps.append({**step, "publishes": publishes})
        return self

    def vector(self):
        return {"name": self.name, "says": self.says, "steps": self.steps, "end": self.client.end()}


def text(chat, seq, words, sender=0):
    first = {"direct_members": DIRECT} if seq == 1 and chat == CHAT else {}
    return down.Down(messages=[message(chat, seq, sender, text=words, **first)])


def message(chat, seq, sender, **more):
    return down.Message(chat=chat, seq=seq, sender=sender, sent_at_s=1_700_000_000 + seq, **more)


def joined(*downs):
    """One entry of consecutive messages."""
    return down.Down(messages=[one for each in downs for one in each.messages])


def change(chat, seq, sender=0, **what):
    return down.Down(messages=[message(chat, seq, sender, change=down.Change(**what))])


def members(*rows):
    return [down.Member(number=number, user=user, role=role) for number, user, role in rows]


def added_alice(seq):
    roster = down.Roster(name="trip", members=members(*ROSTER))
    return change(GROUP, seq, added=down.Added(members=members(ROSTER[1]), roster=roster))


def accepted(client_seq, seq, more=0):
    return down.Down(accepted=[down.Accepted(client_seq=BASE + client_seq, seq=seq, more=more)])


def rejected(client_seq, code, **more):
    number = {"client_seq": BASE + client_seq} if client_seq else {}
    return down.Down(rejected=[down.Rejected(code=code, **number, **more)])


def receipt(chat, **mark):
    return down.Down(receipts=[down.Receipt(chat=chat, **mark)])


def created():
    return change(GROUP, 1, created=down.Created(name="trip", members=members(*ROSTER)))


def order():
    yield Scenario("live", "messages come one by one").frame(text(CHAT, 1, "a")).frame(text(CHAT, 2, "b"))
    yield Scenario("backlog", "one frame of many entries, two chats mixed").frame(
        text(CHAT, 1, "a"), created(), joined(text(CHAT, 2, "b"), text(CHAT, 3, "c")), text(GROUP, 2, "x", 2),
        joined(text(GROUP, 3, "y", 2), text(GROUP, 4, "z")), text(CHAT, 4, "d"))  # fmt: skip
    yield Scenario("a new chat among others", "chats have nothing to do with one another").frame(
        text(CHAT, 1, "a"), created()).frame(text(GROUP, 2, "x"), text(CHAT, 2, "b"))


def repeats():
    first = text(CHAT, 1, "a")
    yield Scenario("a repeat", "drop it by chat and seq, and acknowledge it").frame(first).frame(first)
    yield Scenario("repeats after a reconnect", "what had no PUBACK comes again, in frames of another shape").frame(
        first).frame(text(CHAT, 2, "b")).cut().connect().frame(
        first, text(CHAT, 2, "b"), text(CHAT, 3, "c")).frame(joined(text(CHAT, 2, "b"), text(CHAT, 3, "c")))
    yield Scenario("repeats on one connection", "the server's store was restarted: older ones come again, too").frame(
        first).frame(text(CHAT, 2, "b")).frame(text(CHAT, 3, "c")).frame(
        text(CHAT, 2, "b"), text(CHAT, 3, "c")).frame(text(CHAT, 4, "d")).frame(first)
    yield Scenario("a repeat within a frame", "the same entry twice").frame(first, text(CHAT, 2, "b"), first)
    yield Scenario("the same seq of another chat", "is no repeat").frame(first, created()).frame(
        text(GROUP, 2, "x"), text(CHAT, 2, "b"))  # fmt: skip


def own():
    yield Scenario("a first message", "PUBACK is ✓, Accepted is the place").send(CHAT, "hi", "bob").frame(
        accepted(1001, 1)).send(CHAT, "again").frame(accepted(1002, 2))  # fmt: skip
    yield Scenario("between others' messages", "Accepted comes before and behind").frame(text(CHAT, 1, "a")).send(
        CHAT, "mine").send(CHAT, "mine too").frame(accepted(1001, 2)).frame(text(CHAT, 3, "b")).frame(
        text(CHAT, 5, "c")).frame(accepted(1002, 4))
    yield Scenario("Accepted overtakes", "a message with a lower seq is no repeat because of it").frame(
        text(CHAT, 1, "a")).send(CHAT, "mine").frame(accepted(1001, 3)).frame(text(CHAT, 2, "b"))
    yield Scenario("a run over two chats", "each number is looked up in the outbox").frame(
        text(CHAT, 1, "a"), created()).send(CHAT, "one").send(GROUP, "two").send(GROUP, "three").frame(
        accepted(1001, 2, more=2)).frame(text(GROUP, 2, "x"))
    yield Scenario("answers come again", "numbers that nobody waits for are ignored").frame(text(CHAT, 1, "a")).send(
        CHAT, "mine").frame(accepted(1001, 2)).frame(accepted(1001, 2)).frame(accepted(900, 1, more=100)).frame(
        rejected(1001, STALE))
    yield Scenario("a lost connection", "what has no answer is published again, in order, with its number").frame(
        text(CHAT, 1, "a")).send(CHAT, "one").send(CHAT, "two").frame(accepted(1001, 2)).cut().send(
        CHAT, "three").connect().frame(accepted(1002, 3, more=1))
    yield Scenario("written while away", "and sent with the first connection").cut().send(CHAT, "one", "bob").send(
        CHAT, "two", "bob").connect().frame(accepted(1001, 1)).frame(accepted(1002, 2))


def refusals():
    yield Scenario("refused", "the others go on").frame(text(CHAT, 1, "a")).send(OTHER, "no", "carol").send(
        CHAT, "yes").frame(rejected(1001, 4)).frame(accepted(1002, 2))
    yield Scenario("later", "under a new number, at the end").frame(text(CHAT, 1, "a")).send(CHAT, "one").send(
        CHAT, "two").frame(rejected(1001, RATE_LIMITED)).frame(accepted(1002, 2)).frame(accepted(1003, 3))
    yield Scenario("unreadable", "an answer without a number is taken for none of the sends").frame(
        text(CHAT, 1, "a"), created()).send(GROUP, "other").send(CHAT, "one").send(CHAT, "two").frame(
        rejected(0, MALFORMED, chat=CHAT), accepted(1002, 2)).frame(accepted(1003, 3), accepted(1001, 2))
    yield Scenario("a refused number again", "the answer to a repeat is ignored").frame(text(CHAT, 1, "a")).send(
        CHAT, "no").send(CHAT, "yes").frame(rejected(1001, 5)).frame(rejected(1001, STALE), rejected(1001, REUSED)).frame(
        accepted(1002, 2))
    yield Scenario("a code that nobody knows", "is given up").frame(text(CHAT, 1, "a")).send(CHAT, "no").frame(
        rejected(1001, 99))
    yield Scenario("refusals of others' numbers", "of requests, or of nothing at all").frame(text(CHAT, 1, "a")).send(
        CHAT, "mine").frame(rejected(0, UNKNOWN_CHAT, request=77)).frame(rejected(0, MALFORMED)).frame(accepted(1001, 2))


def membership():
    yield Scenario("joined late", "begins at the own addition").frame(added_alice(57)).frame(text(GROUP, 58, "welcome"))
    yield Scenario("removed and added again", "what lies between is no gap").frame(created()).frame(
        change(GROUP, 2, removed=down.Removed(members=[1]))).frame(added_alice(9)).frame(text(GROUP, 10, "again"))
    yield Scenario("all changes", "they stand in the order of the messages").frame(created()).frame(
        text(GROUP, 2, "x", 2),
        change(GROUP, 3, renamed=down.Renamed(name="Ausflug")),
        change(GROUP, 4, added=down.Added(members=members((3, "dave", 1)))),
        change(GROUP, 5, role_set=down.RoleSet(member=2, role=2)),
        text(GROUP, 6, "thanks", 3),
        change(GROUP, 7, sender=2, removed=down.Removed(members=[3])),
        change(GROUP, 8, sender=2, left=down.Left()),
        change(GROUP, 9, disappearing_set=down.DisappearingSet(after_s=60)))  # fmt: skip


def marks():
    yield Scenario("receipts", "marks only grow").send(CHAT, "hi", "bob").frame(
        accepted(1001, 1), receipt(CHAT, delivered=1)).frame(receipt(CHAT, delivered=4)).frame(
        receipt(CHAT, delivered=2), receipt(CHAT, read=3)).frame(receipt(CHAT, read=1)).frame(receipt(CHAT, delivered=4))
    yield Scenario("read elsewhere", "another device of alice has read").frame(text(CHAT, 1, "a"), text(CHAT, 2, "b")).frame(
        receipt(CHAT, own_read=2)).frame(receipt(CHAT, own_read=1))


def gaps():
    yield Scenario("a gap", "is told, and nothing waits for what is lost").frame(text(CHAT, 1, "a")).cut().connect().frame(
        down.Down(gaps=[down.Gap(dropped=40)]), text(CHAT, 42, "b")).frame(text(CHAT, 43, "c"))
    yield Scenario("a jump", "the server's store was lost, and the chat came back").frame(text(CHAT, 1, "a")).frame(
        text(CHAT, 1_000_002, "b"))


def unknown():
    one = encoded(text(CHAT, 1, "a"))
    yield Scenario("items and fields of a newer server", "are skipped").bytes(
        one + b"\x7a\x02\x08\x01" + encoded(text(CHAT, 2, "b"))).bytes(b"\x7a\x00")
    yield Scenario("content of a newer server", "keeps its place").bytes(one).frame(
        down.Down(messages=[message(CHAT, 2, 0)]), text(CHAT, 3, "c"))
    yield Scenario("an unreadable frame", "is acknowledged").bytes(one).bytes(b"\x0a\x05").frame(text(CHAT, 2, "b"))
    yield Scenario("an empty frame", "is acknowledged").bytes(one).bytes(b"").frame(text(CHAT, 2, "b"))
    yield Scenario("typing", "comes at QoS 0: there is nothing to acknowledge").bytes(one).frame(
        down.Down(typing=[down.TypingNotice(chat=CHAT)]), qos=0).frame(text(CHAT, 2, "b"))
    yield Scenario("a response to nobody", "is ignored").bytes(one).frame(
        down.Down(responses=[down.Response(request=5, done=down.Done())])).frame(text(CHAT, 2, "b"))


def vectors():
    kinds = [order, repeats, own, refusals, membership, marks, gaps, unknown]
    return {
        "says": "What alice/phone makes of frames. It has given the number `lastClientSeq` last, and knows no chat. "
                "`publishes`: Ups with a client_seq that leave because of the step. Every frame at QoS 1 gets its PUBACK. "
                "`handed`: what came, once each, in this order by chat; `timeline`: that and what was sent, by seq.",
        "user": "alice",
        "device": "phone",
        "lastClientSeq": LAST_CLIENT_SEQ,
        "scenarios": [scenario.vector() for kind in kinds for scenario in kind()],
    }  # fmt: skip
