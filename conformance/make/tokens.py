"""Tokens in the embedded mode: HS256 with the text of jwt-secret as the key."""

import base64
import hashlib
import hmac
import json

SECRET = "cmVzdGFudGUtY29uZm9ybWFuY2UtdmVjdG9ycy1rZXk"
LATE = 4_102_444_800  # 2100-01-01
EARLY = 1_000_000_000  # 2001-09-09


def part(value):
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def token(claims, alg="HS256", key=SECRET.encode(), digest=hashlib.sha256):
    def packed(value):
        return part(json.dumps(value, separators=(",", ":")).encode())

    head = f"{packed({'alg': alg})}.{packed(claims)}"
    signature = b"" if alg == "none" else hmac.new(key, head.encode(), digest).digest()
    return f"{head}.{part(signature)}"


def taken(name, claims):
    return {"name": name, "claims": claims, "token": token(claims), "connack": 0}


def refused(name, text, connack):
    return {"name": name, "token": text, "connack": connack}


def vectors():
    alice = {"sub": "alice", "exp": LATE}
    decoded = base64.urlsafe_b64decode(SECRET + "=")
    whole = token(alice)
    return {
        "says": "CONNACK for client id alice/phone and each token as the password; jwt-secret holds `secret`, RESTANTE_TOKEN_DAYS_MAX is 36500.",
        "secret": SECRET,
        "key": SECRET.encode().hex(),
        "clientId": "alice/phone",
        "tokens": [
            taken("the user and an end", alice),
            taken("for this device", {**alice, "device": "phone"}),
            taken("an admin", {**alice, "role": "admin"}),
            taken("times that are past", {**alice, "iat": EARLY, "nbf": EARLY}),
            taken("claims that nobody knows", {**alice, "email": "alice@example.org", "aud": ["x"], "iss": "y"}),
            refused("signed with the decoded secret", token(alice, key=decoded), 4),
            refused("signed with another secret", token(alice, key=b"x" * 43), 4),
            refused("HS512", token(alice, alg="HS512", digest=hashlib.sha512), 4),
            refused("not signed", token(alice, alg="none"), 4),
            refused("a signature that is cut off", whole[:-4], 4),
            refused("other claims under the same signature", ".".join(
                [whole.split(".")[0], part(b'{"sub":"alice","exp":4102444801}'), whole.split(".")[2]]), 4),
            refused("not a JWT", "alice", 4),
            refused("empty", "", 4),
            refused("ended", token({"sub": "alice", "exp": EARLY}), 5),
            refused("not valid yet", token({**alice, "nbf": LATE}), 5),
            refused("without an end", token({"sub": "alice"}), 5),
            refused("issued in the future", token({**alice, "iat": LATE - 60}), 5),
            refused("for another user", token({"sub": "bob", "exp": LATE}), 5),
            refused("for another device", token({**alice, "device": "laptop"}), 5),
            refused("without a user", token({"exp": LATE}), 5),
            refused("a user that is none", token({"sub": "a/b", "exp": LATE}), 5),
            refused("a device that is none", token({**alice, "device": "a/b"}), 5),
            refused("a role that nobody knows", token({**alice, "role": "emperor"}), 5),
        ],
    }  # fmt: skip
