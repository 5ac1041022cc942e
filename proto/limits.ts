/** Every limit that both ends of a wire know, each with its unit. What happens at it stands beside it. */

/** A user id. Longer or of other characters: the token, command or topic is refused. */
export const USER_ID_CHARS_MAX = 64
/** A device name. */
export const DEVICE_ID_CHARS_MAX = 32
/** `<user>/<device>`. Longer client ids: CONNACK 2, identifier rejected. */
export const CLIENT_ID_CHARS_MAX = USER_ID_CHARS_MAX + 1 + DEVICE_ID_CHARS_MAX
/** A chat id on the wire, in bytes, and as text (base64url). */
export const CHAT_ID_BYTES = 10
export const CHAT_ID_CHARS = 14

/** Slices of all chats and of all users. Fixed for ever: positions and state live in them. */
export const PARTITIONS = 256

/** One Up or Request frame. Larger ones: Rejected too-large. */
export const UP_BYTES_MAX = 128 * 1024
/** One MQTT packet from a device, with its header. Larger ones: closed at the fixed header, before buffering. */
export const DEVICE_PACKET_BYTES_MAX = 256 * 1024
/** One MQTT packet between broker and worker. */
export const WORKER_PACKET_BYTES_MAX = 32 * 1024 * 1024
/** One Down frame that a lane composes, unless a single entry alone is larger. */
export const DOWN_FRAME_BYTES_MAX = 64 * 1024
/** Text of one message. Larger: Rejected too-large. */
export const TEXT_BYTES_MAX = 64 * 1024
/** Opaque body of one message. Larger: Rejected too-large. */
export const BODY_BYTES_MAX = 64 * 1024
/** Content of one message, opaque to the server. Larger: Rejected too-large. */
export const CONTENT_BYTES_MAX = 64 * 1024
/** How long a message may wait for who has not got it, by its own ttl_s. Longer: Rejected invalid. */
export const TTL_S_MAX = 30 * 86_400
/** How long messages stay after they were read, where they disappear: 365 days. Longer: Rejected invalid. */
export const DISAPPEAR_AFTER_S_MAX = 365 * 86_400
/** Content type of a body. Longer: Rejected invalid. */
export const CONTENT_TYPE_CHARS_MAX = 127
/** A group's name, in the spelling of chat-name.ts. Longer: Rejected invalid. */
export const CHAT_NAME_CHARS_MAX = 100
/** Members of one group, by default (workers may be configured lower or higher). More: Rejected chat-full. */
export const GROUP_MEMBERS_MAX = 1024
/** Sends of one device in one chat that a repeat still gets its old seq for. Older ones: Rejected stale-client-seq. */
export const REPEATS_REMEMBERED_MAX = 64
/** Earlier numbers that a command may name in `instead_of`. Of more only the last are looked at. */
export const INSTEAD_OF_ENTRIES_MAX = 16
/** Chats in one ChatList. */
export const CHAT_PAGE_MAX = 200
/** Largest number that any 64-bit field of ours may carry. Larger ones: Rejected malformed. */
export const NUMBER_MAX = Number.MAX_SAFE_INTEGER
