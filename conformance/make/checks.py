"""What a frame must be to be carried out, and the codes of what is refused."""

(
    MALFORMED, TOO_LARGE, UNKNOWN_CHAT, UNKNOWN_USER, FORBIDDEN, STALE, CHAT_EXISTS, CHAT_FULL, RATE_LIMITED, INTERNAL,
    UNAVAILABLE, INVALID, UNSUPPORTED, UNKNOWN_DEVICE, REUSED
) = range(1, 16)  # fmt: skip
FRAME_BYTES_MAX = 128 * 1024
CONTENT_BYTES_MAX = 64 * 1024
NUMBER_MAX = 2**53 - 1


class Refused(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


READ, TYPING, QUERY, INSTEAD_OF = 2, 3, 10, 11


def numbered(payload):
    """How the answer to an unreadable Up names it: by field 1 of its item, as far as that can be read."""
    found = {}
    for field, item in fields_of(payload):
        if isinstance(item, bytes) and field != INSTEAD_OF:
            number = first_number(item)
            found = {} if field in (READ, TYPING) or not number else {"request" if field == QUERY else "client_seq": number}
    return found


def first_number(payload):
    """The number in field 1, 0 if there is none that can be read."""
    numbers = [value for field, value in fields_of(payload) if field == 1 and isinstance(value, int)]
    return numbers[-1] if numbers and numbers[-1] <= NUMBER_MAX else 0


def fields_of(payload):
    """Protobuf fields as far as they can be read; one that is cut off is what there is of it."""
    at = 0
    try:
        while at < len(payload):
            tag, at = read_varint(payload, at)
            kind = tag & 7
            if kind not in (0, 1, 2, 5):
                return
            size = {1: 8, 5: 4}.get(kind, 0)
            value = None
            if kind == 0:
                value, at = read_varint(payload, at)
            if kind == 2:
                size, at = read_varint(payload, at)
                value = payload[at : at + size]
            at += size
            yield tag >> 3, value
    except IndexError:
        return


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
