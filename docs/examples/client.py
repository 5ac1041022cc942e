#!/usr/bin/env python3
"""A whole client of Restante (docs/wire.md): durable outbox and inbox, order, repeats, receipts, reconnecting.

    apt-get install protobuf-compiler python3-protobuf python3-paho-mqtt
    protoc -I proto --python_out=docs/examples up.proto down.proto
    npx restante token alice > alice.token
    docs/examples/client.py 127.0.0.1:1883 alice/python alice.token alice.sqlite

Each line on stdin is "<user> <text>"; what comes is written to stdout, one JSON object a line. On paho-mqtt, to show that
a stock library is enough: it acknowledges a frame when `on_message` has returned, which is all that is asked of one.
What it remembers of a connection is not used: each has an object of its own, and the outbox here is what is sent again.
"""

import base64
import hashlib
import json
import os
import random
import select
import sqlite3
import sys
import time
from collections import Counter

import paho.mqtt.client as mqtt

import down_pb2
import up_pb2

UNANSWERED_MAX = 64  # to a chat: so many sends the server remembers, for repeats
UNACKNOWLEDGED_MAX = 64  # over all chats
STALE, REUSED = 6, 15
KEEPALIVE_S = 60
CONNACK_S_MAX = 20
LATER = {9, 11}  # rate-limited, unavailable
SCHEMA = """
create table if not exists device (client_seq integer not null);
create table if not exists outbox (client_seq integer primary key, chat blob, up blob, not_before real);
create table if not exists messages (chat blob, seq integer, sender text, content text, shown integer,
  primary key (chat, seq));
create table if not exists members (chat blob, number integer, user text, primary key (chat, number));
create table if not exists marks (chat blob, kind text, seq integer, primary key (chat, kind));
"""


def direct_chat(one, other):
    packed = b"".join(bytes([len(user)]) + user for user in sorted([one.encode(), other.encode()]))
    digest = hashlib.sha256(packed).digest()
    return bytes([digest[0] | 0x80]) + digest[1:10]


def chat_text(chat):
    return base64.urlsafe_b64encode(chat).decode().rstrip("=")


class Store:
    """What must outlive the process. A frame is one transaction: only when it is done may it be acknowledged."""

    def __init__(self, path, user):
        self.user = user
        self.db = sqlite3.connect(path)
        self.db.execute("pragma synchronous = full")
        self.db.executescript(SCHEMA)
        # Numbers begin above all that are known and above the clock, somewhere: whatever a lost outbox used is below.
        known = self.db.execute("select max(client_seq) from device").fetchone()[0] or 0
        self.client_seq = max(known, int(time.time() * 2048)) + random.randrange(1, 2**20)
        self.published = {row[0]: 1 for row in self.outbox()}  # how often; by an earlier process once at least
        self.skip = 2**20

    def send(self, chat, text, peer=""):
        with self.db:
            self.enter(chat, up_pb2.Up(message=up_pb2.SendMessage(text=text, peer=peer)), 0)

    def enter(self, chat, up, not_before):
        """Number and command are durable before anything is published."""
        self.client_seq += 1
        up.message.client_seq = self.client_seq
        self.db.execute("delete from device")
        self.db.execute("insert into device values (?)", [up.message.client_seq])
        entry = [up.message.client_seq, chat, up.SerializeToString(), not_before]
        self.db.execute("insert into outbox values (?, ?, ?, ?)", entry)

    def outbox(self):
        return self.db.execute("select client_seq, chat, up, not_before from outbox order by client_seq").fetchall()

    def fold(self, payload):
        """Everything in the frame, in one transaction. Returns what there is to tell beside messages."""
        try:
            down = down_pb2.Down.FromString(payload)
        except Exception as error:
            return [{"error": f"unreadable frame: {error}"}]  # it would come again for ever: acknowledge it
        told = []
        with self.db:
            for message in down.messages:
                self.take_message(message)
            for accepted in down.accepted:
                for i in range(accepted.more + 1):
                    self.take_accepted(accepted.client_seq + i, accepted.seq + i, told)
            for rejected in down.rejected:
                self.take_rejected(rejected, told)
            for receipt in down.receipts:
                for kind in ["delivered", "read", "own_read"]:
                    if self.raise_mark(receipt.chat, kind, getattr(receipt, kind)):
                        told.append({kind: getattr(receipt, kind), "chat": chat_text(receipt.chat)})
            told += [{"gap": gap.dropped} for gap in down.gaps]
        return told

    def take_message(self, message):
        change = message.change
        members = [*change.created.members, *change.added.members, *change.added.roster.members]
        names = [*enumerate(message.direct_members), *((member.number, member.user) for member in members)]
        rows = [(message.chat, number, user) for number, user in names]
        self.db.executemany("insert or replace into members values (?, ?, ?)", rows)
        kind = message.WhichOneof("what")
        value = {"text": message.text, "body": message.body.hex(), "change": change.WhichOneof("what"), None: None}[kind]
        content = {kind: value} if value is not None else {}
        who = "select user from members where chat = ? and number = ?"
        sender = self.db.execute(who, [message.chat, message.sender]).fetchone() or [f"#{message.sender}"]
        # Whatever has this chat and seq already is a repeat.
        entry = [message.chat, message.seq, sender[0], json.dumps(content)]
        self.db.execute("insert or ignore into messages values (?, ?, ?, ?, 0)", entry)

    def take_accepted(self, client_seq, seq, told):
        row = self.db.execute("select chat, up from outbox where client_seq = ?", [client_seq]).fetchone()
        if row is None:
            return  # answers come at least once, too
        chat, message = row[0], up_pb2.Up.FromString(row[1]).message
        self.db.execute("delete from outbox where client_seq = ?", [client_seq])
        content = json.dumps({"text": message.text})
        self.db.execute("insert or ignore into messages values (?, ?, ?, ?, 1)", [chat, seq, self.user, content])
        told.append({"accepted": client_seq, "chat": chat_text(chat), "seq": seq})

    def take_rejected(self, rejected, told):
        client_seq, code = rejected.client_seq, rejected.code
        row = self.db.execute("select chat, up from outbox where client_seq = ?", [client_seq]).fetchone()
        if row is None:
            return
        self.db.execute("delete from outbox where client_seq = ?", [client_seq])
        is_used = code == REUSED or (code == STALE and self.published.get(client_seq, 0) <= 1)
        if not is_used and code not in LATER:
            told.append({"rejected": client_seq, "code": code})
            return
        if is_used:  # by somebody else: nobody can say how far up
            self.client_seq, self.skip = self.client_seq + self.skip, self.skip * 4
        # Under a new number, for this one stays refused; a copy that was accepted after all is found by the old ones.
        up = up_pb2.Up.FromString(row[1])
        up.instead_of[:] = [*up.instead_of, client_seq][-16:]
        self.enter(row[0], up, time.time() + rejected.retry_after_s)

    def raise_mark(self, chat, kind, seq):
        old = self.db.execute("select seq from marks where chat = ? and kind = ?", [chat, kind]).fetchone() or [0]
        if seq <= old[0]:
            return False
        self.db.execute("insert or replace into marks values (?, ?, ?)", [chat, kind, seq])
        return True

    def unshown(self):
        """What came and was not shown yet, by chat in seq order."""
        rows = "select chat, seq, sender, content from messages where shown = 0 order by chat, seq"
        return self.db.execute(rows).fetchall()

    def shown(self, chat, seq):
        with self.db:
            self.db.execute("update messages set shown = 1 where chat = ? and seq = ?", [chat, seq])
            self.raise_mark(chat, "seen", seq)

    def unsaid(self):
        """What was seen and the server does not know it: (chat, seq)."""
        said = "coalesce((select seq from marks b where b.chat = a.chat and b.kind = 'said'), 0)"
        return self.db.execute(f"select chat, seq from marks a where kind = 'seen' and seq > {said}").fetchall()


class Client:
    """One connection after the other, until the server refuses for good."""

    def __init__(self, address, client_id, token_file, store):
        self.host, self.port = address.rsplit(":", 1)
        self.client_id, self.token_file, self.store = client_id, token_file, store
        self.user = client_id.split("/")[0]
        self.mqtt = None
        self.is_connected = False
        self.line = b""

    def run(self):
        pause = 0.5
        while True:
            began = time.monotonic()
            try:
                self.connection()
            except OSError as error:
                tell({"unreachable": str(error)})
            self.is_connected = False
            if time.monotonic() - began > 10:
                pause = 0.5
            until = time.monotonic() + pause * random.uniform(0.5, 1)
            while time.monotonic() < until:
                self.wait(until - time.monotonic())
            pause = min(pause * 2, 60)

    def connection(self):
        args = [mqtt.CallbackAPIVersion.VERSION1] if hasattr(mqtt, "CallbackAPIVersion") else []  # paho 2
        self.mqtt = mqtt.Client(*args, client_id=self.client_id, clean_session=False, protocol=mqtt.MQTTv311)
        with open(self.token_file, encoding="ascii") as file:
            self.mqtt.username_pw_set(self.user, file.read().strip())
        self.mqtt.on_connect, self.mqtt.on_message = self.connected, self.message
        self.mqtt.on_publish = lambda _mqtt, _data, packet_id: self.acknowledged(packet_id)
        self.published, self.packets = set(), {}
        self.mqtt.connect(self.host, int(self.port), KEEPALIVE_S)
        began = time.monotonic()
        while self.mqtt.socket() and (self.is_connected or time.monotonic() - began < CONNACK_S_MAX):
            self.wait(1)

    def connected(self, _mqtt, _data, flags, code):
        if code in (1, 2, 4, 5):
            sys.exit(f"refused: CONNACK {code}")  # 4 and 5: with another token it may work
        self.is_connected = code == 0
        if code == 0:
            tell({"connected": self.client_id, "session": bool(flags["session present"])})

    def message(self, _mqtt, _data, message):
        for item in self.store.fold(message.payload):
            tell(item)
        # The PUBACK leaves when this returns: the store has it.

    def acknowledged(self, packet_id):
        kind, *what = self.packets.pop(packet_id)
        if kind == "send":
            return tell({"sent": what[0]})
        with self.store.db:
            self.store.raise_mark(what[0], "said", what[1])

    def wait(self, seconds):
        """For the socket, for stdin, or until the time is over."""
        socket = self.mqtt and self.mqtt.socket()
        readers = [one for one in [socket, None if sys.stdin.closed else sys.stdin] if one]
        readable, writable, _ = select.select(readers, [socket] if socket and self.mqtt.want_write() else [], [], seconds)
        if socket in readable:
            self.mqtt.loop_read()
        if socket in writable:
            self.mqtt.loop_write()
        if sys.stdin in readable:
            self.read_lines()
        self.show()
        if self.is_connected:
            self.publish()
        if socket:
            self.mqtt.loop_misc()

    def read_lines(self):
        piece = os.read(sys.stdin.fileno(), 65_536)
        if not piece:
            sys.stdin.close()
        *lines, self.line = (self.line + piece).split(b"\n")
        for line in lines:
            peer, _, text = line.decode().partition(" ")
            if text:
                self.store.send(direct_chat(self.user, peer), text, peer)

    def show(self):
        """If the process dies behind the print, it comes once more: the one repeat that an app can see."""
        for chat, seq, sender, content in self.store.unshown():
            tell({"chat": chat_text(chat), "seq": seq, "from": sender, **json.loads(content)})
            self.store.shown(chat, seq)

    def publish(self):
        """What may leave: oldest first, and by chat strictly in the order of the numbers."""
        waiting, held, unanswered = self.store.outbox(), set(), Counter()
        self.published &= {client_seq for client_seq, *_ in waiting}
        for client_seq, chat, up, not_before in waiting:
            if client_seq in self.published:
                unanswered[chat] += 1
                continue
            is_full = unanswered[chat] >= UNANSWERED_MAX or len(self.packets) >= UNACKNOWLEDGED_MAX
            if is_full or not_before > time.time() or chat in held:
                held.add(chat)
                continue
            self.published.add(client_seq)
            unanswered[chat] += 1
            self.store.published[client_seq] = self.store.published.get(client_seq, 0) + 1
            self.packets[self.mqtt.publish(f"g/{chat_text(chat)}", up, qos=1).mid] = ("send", client_seq)
        said = {chat for kind, chat, *_ in self.packets.values() if kind == "read"}
        for chat, seq in self.store.unsaid():
            if chat not in said:
                read = up_pb2.Up(read=up_pb2.Read(up_to=seq)).SerializeToString()
                self.packets[self.mqtt.publish(f"g/{chat_text(chat)}", read, qos=1).mid] = ("read", chat, seq)


def tell(item):
    print(json.dumps(item, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    address, client_id, token_file, path = sys.argv[1:]
    Client(address, client_id, token_file, Store(path, client_id.split("/")[0])).run()
