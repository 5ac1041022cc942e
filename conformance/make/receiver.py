"""What a client makes of frames: the rules of docs/wire.md, as few lines as they need."""

import ids
from schemas import down, encoded, up

LATER = {9, 11}


class Receiver:
    """One device of `user`. Chats are keyed by their text, and members are named by their user ids."""

    def __init__(self, user, last_client_seq):
        self.user = user
        self.client_seq = last_client_seq
        self.is_connected = False
        self.outbox = {}  # client_seq: (chat's 10 bytes, text, peer)
        self.received = {}  # chat: {seq: [user, content]}
        self.own = {}
        self.handed = {}  # chat: the received ones in the order in which the app saw them
        self.names = {}  # chat: {number: user}
        self.marks = {}
        self.accepted = {}
        self.rejected = {}
        self.gaps = 0

    def send(self, chat, text, peer):
        self.client_seq += 1
        self.outbox[self.client_seq] = (chat, text, peer)
        return self.publishes([self.client_seq])

    def connect(self):
        self.is_connected = True
        return self.publishes(sorted(self.outbox))

    def publishes(self, numbers):
        return [self.publish(number) for number in numbers] if self.is_connected else []

    def publish(self, client_seq):
        chat, text, peer = self.outbox[client_seq]
        knows = ids.text_of(chat) in {**self.received, **self.own}
        message = up.SendMessage(client_seq=client_seq, text=text, peer="" if knows else peer)
        return {"topic": f"g/{ids.text_of(chat)}", "payload": encoded(up.Up(message=message)).hex()}

    def frame(self, payload):
        """Returns what is published because of it. Whatever it is, it is acknowledged."""
        try:
            frame = down.Down.FromString(payload)
        except Exception:
            return []
        for message in frame.messages:
            self.message(message)
        for accepted in frame.accepted:
            for i in range(accepted.more + 1):
                self.take_accepted(accepted.client_seq + i, accepted.seq + i)
        retries = [self.take_rejected(rejected) for rejected in frame.rejected]
        for receipt in frame.receipts:
            self.receipt(receipt)
        self.gaps += len(frame.gaps)
        return self.publishes([number for number in retries if number])

    def message(self, message):
        chat = ids.text_of(message.chat)
        known = self.received.setdefault(chat, {})
        if message.seq in known:
            return
        self.learn(self.names.setdefault(chat, {}), message)
        entry = [self.names[chat].get(message.sender, f"#{message.sender}"), content(message)]
        known[message.seq] = entry
        self.handed.setdefault(chat, []).append([message.seq, *entry])

    def learn(self, names, message):
        names.update(enumerate(message.direct_members))
        change = message.change
        for members in [change.created.members, change.added.members, change.added.roster.members]:
            names.update({member.number: member.user for member in members})

    def take_accepted(self, client_seq, seq):
        if client_seq not in self.outbox:
            return
        chat, text, peer = self.outbox.pop(client_seq)
        self.accepted[str(client_seq)] = seq
        name = ids.text_of(chat)
        self.own.setdefault(name, {})[seq] = [self.user, {"text": text}]
        if seq == 1 and peer:
            self.names.setdefault(name, {}).update({0: self.user, 1: peer})

    def take_rejected(self, rejected):
        number = rejected.client_seq
        if number not in self.outbox:
            return None
        command = self.outbox.pop(number)
        if rejected.code not in LATER:
            self.rejected[str(number)] = rejected.code
            return None
        self.client_seq += 1
        self.outbox[self.client_seq] = command
        return self.client_seq

    def receipt(self, receipt):
        marks = self.marks.setdefault(ids.text_of(receipt.chat), {"delivered": 0, "read": 0, "ownRead": 0})
        for field, value in [("delivered", receipt.delivered), ("read", receipt.read), ("ownRead", receipt.own_read)]:
            marks[field] = max(marks[field], value)

    def end(self):
        chats = {*self.received, *self.own}
        timeline = {
            chat: [[seq, *entry] for seq, entry in sorted({**self.own.get(chat, {}), **self.received.get(chat, {})}.items())]
            for chat in sorted(chats)
        }  # fmt: skip
        return {
            "handed": self.handed,
            "timeline": timeline,
            "marks": self.marks,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "waiting": sorted(self.outbox),
            "gaps": self.gaps,
        }


def content(message):
    if message.HasField("text"):
        return {"text": message.text}
    if message.HasField("body"):
        return {"body": message.body.hex()}
    kind = message.change.WhichOneof("what")
    return {"change": kind} if kind else {}
