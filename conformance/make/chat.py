"""What a server makes of Ups: the rules of docs/wire.md for one chat."""

import ids
from checks import (
    CHAT_EXISTS, FORBIDDEN, FRAME_BYTES_MAX, INVALID, MALFORMED, NUMBER_MAX, REUSED, STALE, TOO_LARGE, UNKNOWN_CHAT,
    UNKNOWN_USER, UNSUPPORTED, Refused, check_name, content_of, numbered
)  # fmt: skip
from schemas import down, up

MEMBER, ADMIN = down.ROLE_MEMBER, down.ROLE_ADMIN
REMEMBERED_MAX = 64
DISAPPEAR_AFTER_S_MAX = 365 * 86_400
COMMANDS = {"message", "create", "add", "remove", "leave", "rename", "set_role", "set_disappearing"}


class Member:
    def __init__(self, number, user):
        self.number, self.user = number, user
        self.role, self.join_seq, self.is_here = MEMBER, 0, False
        self.marks = {"delivered": 0, "read": 0}
        self.receipts = {"delivered": 0, "read": 0}
        self.own = []  # the seqs of their messages
        self.devices = {}  # name: Record


class Record:
    """What a device sent to the chat."""

    def __init__(self):
        self.highest, self.forgotten = 0, 0
        self.sends = {}  # client_seq: (seq, what it said)


def says(kind, body):
    """What makes two commands with one number the same send: not the number, not the peer, and not the order of members."""
    fields = {field.name: value for field, value in body.ListFields() if field.name not in ("client_seq", "peer")}
    return kind, {**fields, "members": set(fields.get("members", []))}


class Chat:
    """`post(users, item, except_device)`, `answer(device, item)` and `exists(user)` are the office's."""

    def __init__(self, chat, office):
        self.id, self.office = chat, office
        self.is_direct = chat[0] >= 0x80
        self.name, self.last_seq, self.ever, self.said = "", 0, {}, []
        self.disappear_after_s = 0

    @property
    def members(self):
        return [member for member in self.ever.values() if member.is_here]

    def here(self, user):
        member = self.ever.get(user)
        return member if member and member.is_here else None

    # Sends.

    def take(self, device, payload):
        user = device.split("/")[0]
        if len(payload) > FRAME_BYTES_MAX:
            return self.unread(device, TOO_LARGE, payload)
        try:
            frame = up.Up.FromString(payload)
        except Exception:
            return self.unread(device, MALFORMED, payload)
        kind = frame.WhichOneof("body")
        if kind is None:
            return self.unread(device, UNSUPPORTED, payload)
        body = getattr(frame, kind)
        if kind in COMMANDS:
            return self.decide(user, device, kind, body, frame.instead_of)
        return getattr(self, f"on_{kind}")(user, device, body)

    def unread(self, device, code, payload=b""):
        which = numbered(payload) or {"chat": self.id}
        self.office.answer(device, down.Down(rejected=[down.Rejected(code=code, **which)]))

    def decide(self, user, device, kind, body, instead_of):
        number = body.client_seq
        if not 0 < number <= NUMBER_MAX:
            return self.unread(device, MALFORMED)
        sender = self.ever.get(user)
        record = sender.devices.get(device) if sender else None
        sends = record.sends if record else {}
        said = says(kind, body)
        if number in sends and sends[number][1] == said:
            return self.accept(device, number, sends[number][0])
        if record and number <= record.highest:
            code = STALE if number <= record.forgotten else REUSED
            return self.office.answer(device, down.Down(rejected=[down.Rejected(client_seq=number, code=code)]))
        earlier = [sends[one][0] for one in instead_of if one in sends and sends[one][1] == said]
        is_forgotten = not earlier and record and any(one <= record.forgotten for one in instead_of)
        try:
            if is_forgotten:
                raise Refused(STALE)
            seq = earlier[0] if earlier else getattr(self, f"on_{kind}")(user, device, body)
        except Refused as refused:
            answer = down.Rejected(client_seq=number, code=refused.code)
            self.remember(user, device, number)
            return self.office.answer(device, down.Down(rejected=[answer]))
        self.remember(user, device, number, (seq, said))
        self.accept(device, number, seq)

    def accept(self, device, number, seq):
        self.office.answer(device, down.Down(accepted=[down.Accepted(client_seq=number, seq=seq)]))

    def remember(self, user, device, number, send=None):
        """Of strangers nothing; of who is or was a member that the number is used, whatever came of it."""
        if user not in self.ever:
            return
        record = self.ever[user].devices.setdefault(device, Record())
        record.highest = number
        if send is not None:
            record.sends[number] = send
            for old in sorted(record.sends)[:-REMEMBERED_MAX]:
                del record.sends[old]
                record.forgotten = old

    # What has a seq.

    def entry(self, sender, device, to, **what):
        message = down.Message(chat=self.id, seq=self.last_seq, sender=sender.number, **what)
        self.office.post(to, down.Down(messages=[message]), device)

    def take_seq(self, sender):
        self.last_seq += 1
        for mark in ["delivered", "read"]:
            if sender.is_here and sender.marks[mark] == self.last_seq - 1:
                self.raise_mark(sender, mark, self.last_seq)
        return self.last_seq

    def changed(self, sender, device, to, **what):
        self.entry(sender, device, to, change=down.Change(**what))

    def join(self, user, role):
        member = self.ever.setdefault(user, Member(len(self.ever), user))
        member.role, member.join_seq, member.is_here = role, self.last_seq, True
        member.marks = {"delivered": self.last_seq - 1, "read": self.last_seq - 1}
        return member

    def part(self, member):
        member.is_here, member.own = False, []

    def on_message(self, user, device, body):
        is_first = not self.ever
        if is_first:
            if not self.is_direct or not body.peer or ids.direct(user, body.peer) != self.id:
                raise Refused(UNKNOWN_CHAT)
            self.need_users([body.peer])
        elif not self.here(user):
            raise Refused(UNKNOWN_CHAT)
        content = content_of(body)
        if is_first:
            self.last_seq = 1
            self.join(user, MEMBER), self.join(body.peer, MEMBER)
            self.last_seq = 0
            content["direct_members"] = [user, body.peer]
        sender = self.here(user)
        seq = self.take_seq(sender)
        self.entry(sender, device, self.users(), **content)
        sender.own.append(seq)
        self.said.append((seq, sender))
        self.receipts()
        return seq

    def on_create(self, user, device, body):
        if self.is_direct:
            raise Refused(INVALID)
        if self.ever:
            raise Refused(CHAT_EXISTS)
        check_name(body.name)
        others = [one for one in dict.fromkeys(body.members) if one != user]
        self.need_users(others)
        self.name, self.last_seq = body.name, 1
        creator = self.join(user, ADMIN)
        for other in others:
            self.join(other, MEMBER)
        self.last_seq = 0
        seq = self.take_seq(creator)
        self.changed(creator, device, self.users(), created=down.Created(name=self.name, members=self.shapes(self.members)))
        return seq

    def on_add(self, user, device, body):
        admin = self.admin(user)
        if not body.members:
            raise Refused(INVALID)
        new = [one for one in dict.fromkeys(body.members) if not self.here(one)]
        if not new:
            return self.last_seq
        self.need_users(new)
        before = self.users()
        seq = self.take_seq(admin)
        added = self.shapes([self.join(one, MEMBER) for one in new])
        roster = down.Roster(name=self.name, members=self.shapes(sorted(self.members, key=lambda one: one.number)))
        self.changed(admin, device, before, added=down.Added(members=added))
        self.changed(admin, device, new, added=down.Added(members=added, roster=roster))
        return seq

    def on_remove(self, user, device, body):
        admin = self.admin(user)
        if not body.members or user in body.members:
            raise Refused(INVALID)
        gone = [self.here(one) for one in dict.fromkeys(body.members) if self.here(one)]
        if not gone:
            return self.last_seq
        before = self.users()
        seq = self.take_seq(admin)
        for member in gone:
            self.part(member)
        self.changed(admin, device, before, removed=down.Removed(members=[member.number for member in gone]))
        self.receipts()
        return seq

    def on_leave(self, user, device, body):
        leaver = self.here(user)
        if not leaver:
            raise Refused(UNKNOWN_CHAT)
        if self.is_direct:
            raise Refused(INVALID)
        before = self.users()
        seq = self.take_seq(leaver)
        self.part(leaver)
        self.changed(leaver, device, before, left=down.Left())
        if self.members and not any(member.role == ADMIN for member in self.members):
            heir = min(self.members, key=lambda member: member.number)
            heir.role = ADMIN
            self.last_seq += 1
            self.changed(leaver, device, self.users(), role_set=down.RoleSet(member=heir.number, role=ADMIN))
        self.receipts()
        return seq

    def on_rename(self, user, device, body):
        admin = self.admin(user)
        check_name(body.name)
        if body.name == self.name:
            return self.last_seq
        self.name = body.name
        seq = self.take_seq(admin)
        self.changed(admin, device, self.users(), renamed=down.Renamed(name=body.name))
        return seq

    def on_set_role(self, user, device, body):
        admin = self.admin(user)
        member = self.here(body.member)
        if not member or body.role not in (MEMBER, ADMIN):
            raise Refused(INVALID)
        if member.role == body.role:
            return self.last_seq
        if body.role == MEMBER and sum(one.role == ADMIN for one in self.members) == 1:
            raise Refused(INVALID)
        member.role = body.role
        seq = self.take_seq(admin)
        self.changed(admin, device, self.users(), role_set=down.RoleSet(member=member.number, role=body.role))
        return seq

    def on_set_disappearing(self, user, device, body):
        if self.is_direct and not self.here(user):
            raise Refused(UNKNOWN_CHAT)
        setter = self.here(user) if self.is_direct else self.admin(user)
        if body.after_s > DISAPPEAR_AFTER_S_MAX:
            raise Refused(INVALID)
        if body.after_s == self.disappear_after_s:
            return self.last_seq
        self.disappear_after_s = body.after_s
        seq = self.take_seq(setter)
        change = down.DisappearingSet(after_s=body.after_s)
        self.changed(setter, device, self.users(), disappearing_set=change)
        return seq

    # What has none.

    def on_read(self, user, device, body):
        if body.up_to > NUMBER_MAX:
            return self.unread(device, MALFORMED)
        reader = self.here(user)
        if not reader:
            return
        self.raise_mark(reader, "delivered", body.up_to)
        if self.raise_mark(reader, "read", body.up_to):
            receipt = down.Receipt(chat=self.id, own_read=reader.marks["read"])
            self.office.post([user], down.Down(receipts=[receipt]), device)

    def on_typing(self, user, device, body):
        if self.here(user):
            notice = down.TypingNotice(chat=self.id, member=self.here(user).number, stopped=body.stopped)
            self.office.post(self.users(), down.Down(typing=[notice]), device)

    def on_query(self, user, device, body):
        asker = self.here(user)
        try:
            if not asker:
                raise Refused(UNKNOWN_CHAT)
            answer = self.answer(asker, body)
        except Refused as refused:
            refusal = down.Rejected(code=refused.code, request=body.request)
            return self.office.answer(device, down.Down(rejected=[refusal]))
        self.office.answer(device, down.Down(responses=[down.Response(request=body.request, **answer)]))

    def answer(self, asker, body):
        if body.WhichOneof("what") == "detail":
            members = [
                down.MemberDetail(number=one.number, user=one.user, role=one.role if one.is_here else 0,
                                  join_seq=one.join_seq, **one.marks)
                for one in sorted(self.ever.values(), key=lambda one: one.number)
            ]  # fmt: skip
            return {"chat": down.ChatDetail(chat=self.id, direct=self.is_direct, name=self.name, last_seq=self.last_seq,
                                            my_number=asker.number, members=members, unread=self.unread_of(asker))}  # fmt: skip
        if body.WhichOneof("what") != "receipts":
            raise Refused(UNSUPPORTED)
        seq = body.receipts.seq
        if not 0 < seq <= self.last_seq:
            raise Refused(INVALID)
        others = [one for one in self.members if one is not asker and one.join_seq <= seq]
        has, read = ([one.number for one in others if one.marks[mark] >= seq] for mark in ["delivered", "read"])
        return {"receipts": down.ReceiptDetail(chat=self.id, seq=seq, others=len(others), delivered=len(has),
                                               read=len(read), delivered_to=has, read_by=read)}  # fmt: skip

    def unread_of(self, member):
        return sum(seq > member.marks["read"] and sender is not member for seq, sender in self.said)

    # Marks.

    def raise_mark(self, member, mark, up_to):
        up_to = min(up_to, self.last_seq)
        if up_to <= member.marks[mark]:
            return False
        member.marks[mark] = up_to
        self.receipts()
        return True

    def receipts(self):
        """To each member with a message that no receipt covers yet: what all others have, once that covers one."""
        for mark in ["delivered", "read"]:
            for member in self.members:
                others = [one.marks[mark] for one in self.members if one is not member]
                lowest = min([self.last_seq, *others])
                uncovered = [seq for seq in member.own if seq > member.receipts[mark]]
                if uncovered and uncovered[0] <= lowest:
                    member.receipts[mark] = lowest
                    receipt = down.Receipt(chat=self.id, **{mark: lowest})
                    self.office.post([member.user], down.Down(receipts=[receipt]), None)

    # Help.

    def users(self):
        return [member.user for member in self.members]

    def shapes(self, members):
        return [down.Member(number=one.number, user=one.user, role=one.role) for one in members]

    def admin(self, user):
        member = self.here(user)
        if not member:
            raise Refused(UNKNOWN_CHAT)
        if self.is_direct:
            raise Refused(INVALID)
        if member.role != ADMIN:
            raise Refused(FORBIDDEN)
        return member

    def need_users(self, users):
        if not all(user in self.office.users for user in users):
            raise Refused(UNKNOWN_USER)
