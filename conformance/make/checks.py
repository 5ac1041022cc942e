"""What a frame must be to be carried out, and the codes of what is refused."""

(
    MALFORMED, TOO_LARGE, UNKNOWN_CHAT, UNKNOWN_USER, FORBIDDEN, STALE, CHAT_EXISTS, CHAT_FULL, RATE_LIMITED, INTERNAL,
    UNAVAILABLE, INVALID, UNSUPPORTED, UNKNOWN_DEVICE
) = range(1, 15)  # fmt: skip
FRAME_BYTES_MAX = 128 * 1024
CONTENT_BYTES_MAX = 64 * 1024
NUMBER_MAX = 2**53 - 1


class Refused(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def client_seq_of(payload):
    """Field 1 of the first item, if it can be read: commands have their client_seq there."""
    try:
        head, at = read_varint(payload, 0)
        _, at = read_varint(payload, at)
        number, _ = read_varint(payload, at + 1)
        return number if head & 7 == 2 and payload[at] == 8 and number <= NUMBER_MAX else 0
    except IndexError:
        return 0


def read_varint(payload, at):
    value = shift = 0
    while True:
        byte = payload[at]
        value, shift, at = value | (byte & 127) << shift, shift + 7, at + 1
        if byte < 128:
            return value, at


def content_of(body):
    if bool(body.text) == bool(body.body):
        raise Refused(INVALID)
    if body.text:
        if body.content_type:
            raise Refused(INVALID)
        if len(body.text.encode()) > CONTENT_BYTES_MAX:
            raise Refused(TOO_LARGE)
        return {"text": body.text}
    if len(body.body) > CONTENT_BYTES_MAX:
        raise Refused(TOO_LARGE)
    kind = body.content_type
    if len(kind) > 127 or any(not " " <= letter <= "~" for letter in kind):
        raise Refused(INVALID)
    return {"body": body.body, "content_type": kind}


def check_name(name):
    units = len(name.encode("utf-16-le")) // 2
    if not 0 < units <= 100 or any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in name):
        raise Refused(INVALID)
