"""Chats, users, and what each device has got: a server that delivers at once and loses nothing."""

import base64

from chat import Chat
from checks import FORBIDDEN, INVALID, MALFORMED, UNSUPPORTED, first_number
from schemas import down, request


class Office:
    """Chats, and what each device has got. Connected devices acknowledge what comes, unless they are told not to."""

    def __init__(self):
        self.chats, self.users, self.boxes, self.connected, self.silent = {}, set(), {}, set(), set()

    def connect(self, device):
        is_new = device not in self.boxes
        self.users.add(device.split("/")[0])
        self.connected.add(device)
        self.boxes.setdefault(device, [])
        return not is_new

    def publish(self, device, topic, payload):
        if topic == "q":
            return self.ask(device, payload)
        chat = base64.urlsafe_b64decode(topic[2:] + "==")
        self.chats.setdefault(chat, Chat(chat, self)).take(device, payload)

    def ask(self, device, payload):
        try:
            asked = request.Request.FromString(payload)
        except Exception:
            return self.answer(device, down.Down(rejected=[down.Rejected(code=MALFORMED, request=first_number(payload))]))
        user = device.split("/")[0]
        refusal = None
        if asked.WhichOneof("what") != "my_chats":
            refusal = FORBIDDEN if asked.WhichOneof("what") in ("add_user", "list_dead") else UNSUPPORTED
        elif len(asked.my_chats.after) not in (0, 10):
            refusal = INVALID
        if refusal:
            return self.answer(device, down.Down(rejected=[down.Rejected(code=refusal, request=asked.request)]))
        mine = sorted(chat for chat, one in self.chats.items() if one.here(user) and chat > asked.my_chats.after)
        page = mine[: asked.my_chats.limit or 200]
        chats = [self.summary(self.chats[chat], user) for chat in page]
        chats = down.ChatList(chats=chats, next=page[-1] if len(page) < len(mine) else b"")
        self.answer(device, down.Down(responses=[down.Response(request=asked.request, chats=chats)]))

    def summary(self, chat, user):
        me = chat.here(user)
        members = chat.shapes(chat.members) if chat.is_direct else []
        return down.ChatSummary(
            chat=chat.id, direct=chat.is_direct, name=chat.name, last_seq=chat.last_seq, my_number=me.number,
            my_delivered=me.marks["delivered"], my_read=me.marks["read"], unread=chat.last_seq - me.marks["read"],
            members=members,
        )  # fmt: skip

    def answer(self, device, item):
        self.boxes[device].append(item)

    def post(self, users, item, except_device):
        for device, box in self.boxes.items():
            if device.split("/")[0] in users and device != except_device:
                if not item.typing or device in self.connected:
                    box.append(item)

    def deliver(self):
        """What connected devices get now, by device; acknowledging it may cause more."""
        got = {}
        while any(self.boxes[device] for device in self.connected):
            for device in sorted(self.connected):
                items, self.boxes[device] = self.boxes[device], []
                got.setdefault(device, []).extend(items)
                if device not in self.silent:
                    self.acknowledge(device, items)
        return got

    def acknowledge(self, device, items):
        for item in items:
            for message in item.messages:
                chat = self.chats[message.chat]
                member = chat.here(device.split("/")[0])
                if member:
                    chat.raise_mark(member, "delivered", message.seq)
