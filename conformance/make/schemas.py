"""The schemas as Python classes, which protoc makes at each run: nothing generated is kept."""

import importlib
import subprocess
import sys
import tempfile
from pathlib import Path

from google.protobuf import json_format

PROTO = Path(__file__).resolve().parent.parent.parent / "proto"
NAMES = ["up", "down", "request"]


def _load():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["protoc", f"-I{PROTO}", f"--python_out={folder}", *[f"{name}.proto" for name in NAMES]], check=True
        )
        sys.path.insert(0, folder)
        try:
            return [importlib.import_module(f"{name}_pb2") for name in NAMES]
        finally:
            sys.path.remove(folder)


up, down, request = _load()


def as_json(message):
    """ProtoJSON: names in lowerCamelCase, 64-bit numbers as text, bytes in base64, no defaults."""
    return json_format.MessageToDict(message)


def encoded(message):
    return message.SerializeToString(deterministic=True)
