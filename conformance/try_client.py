"""Tries docs/examples/client.py on receiving.json: how to use the vectors, in another language than ours.

    python3 conformance/try_client.py        # with up_pb2 and down_pb2 on the PYTHONPATH
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "docs/examples"))

import client  # noqa: E402
import up_pb2  # noqa: E402


class Run:
    """One scenario: the client's store, with a connection that is this object."""

    def __init__(self, user, last_client_seq):
        self.store = client.Store(":memory:", user)
        self.store.client_seq = last_client_seq
        self.is_connected = False
        self.published = set()
        self.end = {"handed": {}, "marks": {}, "accepted": {}, "rejected": {}, "gaps": 0}

    def take(self, step):
        """Returns what is published because of it, as (topic, client_seq, text)."""
        if step["do"] in ("connect", "cut"):
            self.is_connected, self.published = step["do"] == "connect", set()
        elif step["do"] == "send":
            self.store.send(chat_bytes(step["chat"]), step["text"], step.get("peer", ""))
        else:
            for item in self.store.fold(bytes.fromhex(step["payload"])):
                self.note(item)
            for chat, seq, sender, content in self.store.unshown():
                self.end["handed"].setdefault(client.chat_text(chat), []).append([seq, sender, json.loads(content)])
                self.store.shown(chat, seq)
        return self.leave()

    def leave(self):
        new = [row for row in self.store.outbox() if row[0] not in self.published] if self.is_connected else []
        self.published |= {row[0] for row in new}
        return [published(f"g/{client.chat_text(chat)}", up) for _, chat, up, _ in new]

    def note(self, item):
        for kind, code in [("accepted", "seq"), ("rejected", "code")]:
            if kind in item:
                self.end[kind][str(item[kind])] = item[code]
        for kind, name in [("delivered", "delivered"), ("read", "read"), ("own_read", "ownRead")]:
            if kind in item:
                none = {"delivered": 0, "read": 0, "ownRead": 0}
                self.end["marks"].setdefault(item["chat"], none)[name] = item[kind]
        self.end["gaps"] += "gap" in item

    def result(self):
        timeline = {}
        for chat, seq, sender, content in self.store.db.execute(
            "select chat, seq, sender, content from messages order by chat, seq"
        ):
            timeline.setdefault(client.chat_text(chat), []).append([seq, sender, json.loads(content)])
        return {**self.end, "timeline": timeline, "waiting": [row[0] for row in self.store.outbox()]}


def chat_bytes(text):
    return client.base64.urlsafe_b64decode(text + "==")


def published(topic, payload):
    # A retry may leave `peer` out, or not: it is nobody's business once the chat exists.
    message = up_pb2.Up.FromString(payload).message
    return topic, message.client_seq, message.text


def main():
    vectors = json.loads((HERE / "receiving.json").read_text(encoding="utf-8"))
    for scenario in vectors["scenarios"]:
        run = Run(vectors["user"], vectors["lastClientSeq"])
        for step in scenario["steps"]:
            wanted = [published(one["topic"], bytes.fromhex(one["payload"])) for one in step["publishes"]]
            got = run.take(step)
            assert got == wanted, f"{scenario['name']}: {step['do']}: published {got}, not {wanted}"
        assert run.result() == scenario["end"], f"{scenario['name']}: {run.result()}, not {scenario['end']}"
    print(f"{len(vectors['scenarios'])} scenarios")


main()
