"""Makes the vectors beside this folder, or with --check says which of them differ from what it would make.

    /usr/bin/python3 conformance/make [--check]

Needs protoc and Python's protobuf (Debian: protobuf-compiler, python3-protobuf). It shares no code with the product:
what it knows is docs/wire.md and the schemas.
"""

import json
import sys
from pathlib import Path

import chats
import frames
import ids
import receiving
import tokens

FOLDER = Path(__file__).resolve().parent.parent
LINE_CHARS_MAX = 120
VECTORS = {
    "ids": ids.vectors,
    "tokens": tokens.vectors,
    "frames": frames.vectors,
    "receiving": receiving.vectors,
    "chats": chats.vectors,
}


def main(arguments):
    differing = []
    for name, make in VECTORS.items():
        text = pretty(make()) + "\n"
        path = FOLDER / f"{name}.json"
        if arguments == ["--check"]:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                differing.append(path.name)
        else:
            path.write_text(text, encoding="utf-8")
    if differing:
        sys.exit(f"not what conformance/make makes: {', '.join(differing)}")


def pretty(value, indent=""):
    """JSON in which whatever fits stands in one line."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or len(indent) + len(line) <= LINE_CHARS_MAX:
        return line
    deeper = indent + " "
    if isinstance(value, list):
        rows = [pretty(item, deeper) for item in value]
        return "[\n" + ",\n".join(deeper + row for row in rows) + f"\n{indent}]"
    rows = [f"{json.dumps(key)}: {pretty(item, deeper)}" for key, item in value.items()]
    return "{\n" + ",\n".join(deeper + row for row in rows) + f"\n{indent}}}"


main(sys.argv[1:])
