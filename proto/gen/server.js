/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["server"] || ($protobuf.roots["server"] = {});

export const restante = $root.restante = (() => {

    /**
     * Namespace restante.
     * @exports restante
     * @namespace
     */
    const restante = {};

    restante.Envelope = (function() {

        /**
         * Properties of an Envelope.
         * @typedef {Object} restante.Envelope.$Properties
         * @property {string|null} [user] Envelope user
         * @property {string|null} [device] Envelope device
         * @property {number|null} [atMs] Envelope atMs
         * @property {Uint8Array|null} [chat] Envelope chat
         * @property {Uint8Array|null} [up] Envelope up
         * @property {Uint8Array|null} [request] Envelope request
         * @property {restante.Marks.$Properties|null} [delivered] Envelope delivered
         * @property {restante.Connected.$Properties|null} [connected] Envelope connected
         * @property {boolean|null} [admin] Envelope admin
         * @property {boolean|null} [transient] Envelope transient
         * @property {number|null} [passedUpTo] Envelope passedUpTo
         * @property {boolean|null} [spent] Envelope spent
         * @property {Array.<Uint8Array>|null} [moreUps] Envelope moreUps
         * @property {"up"|"request"|"delivered"|"connected"} [what] Envelope what
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Envelope.
         * @memberof restante
         * @interface IEnvelope
         * @augments restante.Envelope.$Properties
         * @deprecated Use restante.Envelope.$Properties instead.
         */

        /**
         * Narrowed shape of an Envelope.
         * @typedef {{
         *   user?: string|null;
         *   device?: string|null;
         *   atMs?: number|null;
         *   chat?: Uint8Array|null;
         *   up?: Uint8Array|null;
         *   request?: Uint8Array|null;
         *   delivered?: restante.Marks.$Shape|null;
         *   connected?: restante.Connected.$Shape|null;
         *   admin?: boolean|null;
         *   transient?: boolean|null;
         *   passedUpTo?: number|null;
         *   spent?: boolean|null;
         *   moreUps?: Array.<Uint8Array>|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ what?: undefined; up?: null; request?: null; delivered?: null; connected?: null }|{ what?: "up"; up: Uint8Array; request?: null; delivered?: null; connected?: null }|{ what?: "request"; up?: null; request: Uint8Array; delivered?: null; connected?: null }|{ what?: "delivered"; up?: null; request?: null; delivered: restante.Marks.$Shape; connected?: null }|{ what?: "connected"; up?: null; request?: null; delivered?: null; connected: restante.Connected.$Shape })
         * )} restante.Envelope.$Shape
         */

        /**
         * Constructs a new Envelope.
         * @memberof restante
         * @classdesc Represents an Envelope.
         * @constructor
         * @param {restante.Envelope.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Envelope = function (properties) {
            this.moreUps = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Envelope user.
         * @member {string} user
         * @memberof restante.Envelope
         * @instance
         */
        Envelope.prototype.user = "";

        /**
         * Envelope device.
         * @member {string} device
         * @memberof restante.Envelope
         * @instance
         */
        Envelope.prototype.device = "";

        /**
         * Envelope atMs.
         * @member {number} atMs
         * @memberof restante.Envelope
         * @instance
         */
        Envelope.prototype.atMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Envelope chat.
         * @member {Uint8Array} chat
         * @memberof restante.Envelope
         * @instance
         */
        Envelope.prototype.chat = $util.newBuffer([]);

        /**
         * Envelope up.
         * @member {Uint8Array|null|undefined} up
         * @memberof restante.Envelope
         * @instance
         */
        Envelope.prototype.up = null;

        /**
         * Envelope request.
         * @member {Uint8Array|null|undefined} request
         * @memberof restante.Envelope
         * @instance
         */
        Envelope.prototype.request = null;

        /**
         * Envelope delivered.
         * @member {restante.Marks.$Properties|null|undefined} delivered
         * @memberof restante.Envelope
         * @instance
         */
        Envelope.prototype.delivered = null;

        /**
         * Envelope connected.
         * @member {restante.Connected.$Properties|null|undefined} connected
         * @memberof restante.Envelope
         * @instance
         */
        Envelope.prototype.connected = null;

        /**
         * Envelope admin.
         * @member {boolean} admin
         * @memberof restante.Envelope
         * @instance
         */
        Envelope.prototype.admin = false;

        /**
         * Envelope transient.
         * @member {boolean} transient
         * @memberof restante.Envelope
         * @instance
         */
        Envelope.prototype.transient = false;

        /**
         * Envelope passedUpTo.
         * @member {number} passedUpTo
         * @memberof restante.Envelope
         * @instance
         */
        Envelope.prototype.passedUpTo = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Envelope spent.
         * @member {boolean} spent
         * @memberof restante.Envelope
         * @instance
         */
        Envelope.prototype.spent = false;

        /**
         * Envelope moreUps.
         * @member {Array.<Uint8Array>} moreUps
         * @memberof restante.Envelope
         * @instance
         */
        Envelope.prototype.moreUps = $util.emptyArray;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * Envelope what.
         * @member {"up"|"request"|"delivered"|"connected"|undefined} what
         * @memberof restante.Envelope
         * @instance
         */
        $Object.defineProperty(Envelope.prototype, "what", {
            get: $util.oneOfGetter($oneOfFields = ["up", "request", "delivered", "connected"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Creates a new Envelope instance using the specified properties.
         * @function create
         * @memberof restante.Envelope
         * @static
         * @param {restante.Envelope.$Properties=} [properties] Properties to set
         * @returns {restante.Envelope} Envelope instance
         * @type {{
         *   (properties: restante.Envelope.$Shape): restante.Envelope & restante.Envelope.$Shape;
         *   (properties?: restante.Envelope.$Properties): restante.Envelope;
         * }}
         */
        Envelope.create = function(properties) {
            return new Envelope(properties);
        };

        /**
         * Encodes the specified Envelope message. Does not implicitly {@link restante.Envelope.verify|verify} messages.
         * @function encode
         * @memberof restante.Envelope
         * @static
         * @param {restante.Envelope.$Properties} message Envelope message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Envelope.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.user);
            if (message.device != null && message.device !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.device);
            if (message.atMs != null && (typeof message.atMs === "object" ? message.atMs.low || message.atMs.high : message.atMs !== 0))
                writer.uint32(/* id 3, wireType 1 =*/25).fixed64(message.atMs);
            if (message.chat != null && message.chat.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.chat);
            if (message.up != null)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.up);
            if (message.request != null)
                writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.request);
            if (message.delivered != null)
                $root.restante.Marks.encode(message.delivered, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.connected != null)
                $root.restante.Connected.encode(message.connected, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.admin != null && message.admin !== false)
                writer.uint32(/* id 9, wireType 0 =*/72).bool(message.admin);
            if (message.moreUps != null && message.moreUps.length)
                for (let i = 0; i < message.moreUps.length; ++i)
                    writer.uint32(/* id 10, wireType 2 =*/82).bytes(message.moreUps[i]);
            if (message.transient != null && message.transient !== false)
                writer.uint32(/* id 11, wireType 0 =*/88).bool(message.transient);
            if (message.passedUpTo != null && (typeof message.passedUpTo === "object" ? message.passedUpTo.low || message.passedUpTo.high : message.passedUpTo !== 0))
                writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.passedUpTo);
            if (message.spent != null && message.spent !== false)
                writer.uint32(/* id 13, wireType 0 =*/104).bool(message.spent);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Envelope message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Envelope
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Envelope & restante.Envelope.$Shape} Envelope
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Envelope.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Envelope();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.user = value;
                        else
                            delete message.user;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.device = value;
                        else
                            delete message.device;
                        continue;
                    }
                case 3: {
                        if (wireType !== 1)
                            break;
                        if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                            message.atMs = value;
                        else
                            delete message.atMs;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.chat = value;
                        else
                            delete message.chat;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.up = reader.bytes();
                        if (isChosen)
                            message.what = "up";
                        isChosen = true;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.request = reader.bytes();
                        if (isChosen)
                            message.what = "request";
                        isChosen = true;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.delivered = $root.restante.Marks.decode(reader, reader.size(), $undefined, _depth + 1, message.delivered);
                        if (isChosen)
                            message.what = "delivered";
                        isChosen = true;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.connected = $root.restante.Connected.decode(reader, reader.size(), $undefined, _depth + 1, message.connected);
                        if (isChosen)
                            message.what = "connected";
                        isChosen = true;
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.admin = value;
                        else
                            delete message.admin;
                        continue;
                    }
                case 11: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.transient = value;
                        else
                            delete message.transient;
                        continue;
                    }
                case 12: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.passedUpTo = value;
                        else
                            delete message.passedUpTo;
                        continue;
                    }
                case 13: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.spent = value;
                        else
                            delete message.spent;
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        if (!(message.moreUps && message.moreUps.length))
                            message.moreUps = [];
                        message.moreUps.push(reader.bytes());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Envelope;
    })();

    restante.Marks = (function() {

        /**
         * Properties of a Marks.
         * @typedef {Object} restante.Marks.$Properties
         * @property {Array.<restante.Mark.$Properties>|null} [marks] Marks marks
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Marks.
         * @memberof restante
         * @interface IMarks
         * @augments restante.Marks.$Properties
         * @deprecated Use restante.Marks.$Properties instead.
         */

        /**
         * Shape of a Marks.
         * @typedef {restante.Marks.$Properties} restante.Marks.$Shape
         */

        /**
         * Constructs a new Marks.
         * @memberof restante
         * @classdesc Represents a Marks.
         * @constructor
         * @param {restante.Marks.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Marks = function (properties) {
            this.marks = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Marks marks.
         * @member {Array.<restante.Mark.$Properties>} marks
         * @memberof restante.Marks
         * @instance
         */
        Marks.prototype.marks = $util.emptyArray;

        /**
         * Creates a new Marks instance using the specified properties.
         * @function create
         * @memberof restante.Marks
         * @static
         * @param {restante.Marks.$Properties=} [properties] Properties to set
         * @returns {restante.Marks} Marks instance
         * @type {{
         *   (properties: restante.Marks.$Shape): restante.Marks & restante.Marks.$Shape;
         *   (properties?: restante.Marks.$Properties): restante.Marks;
         * }}
         */
        Marks.create = function(properties) {
            return new Marks(properties);
        };

        /**
         * Encodes the specified Marks message. Does not implicitly {@link restante.Marks.verify|verify} messages.
         * @function encode
         * @memberof restante.Marks
         * @static
         * @param {restante.Marks.$Properties} message Marks message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Marks.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.marks != null && message.marks.length)
                for (let i = 0; i < message.marks.length; ++i)
                    $root.restante.Mark.encode(message.marks[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Marks message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Marks
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Marks & restante.Marks.$Shape} Marks
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Marks.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Marks();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.marks && message.marks.length))
                            message.marks = [];
                        message.marks.push($root.restante.Mark.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Marks;
    })();

    restante.Mark = (function() {

        /**
         * Properties of a Mark.
         * @typedef {Object} restante.Mark.$Properties
         * @property {string|null} [user] Mark user
         * @property {number|null} [upTo] Mark upTo
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Mark.
         * @memberof restante
         * @interface IMark
         * @augments restante.Mark.$Properties
         * @deprecated Use restante.Mark.$Properties instead.
         */

        /**
         * Shape of a Mark.
         * @typedef {restante.Mark.$Properties} restante.Mark.$Shape
         */

        /**
         * Constructs a new Mark.
         * @memberof restante
         * @classdesc Represents a Mark.
         * @constructor
         * @param {restante.Mark.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Mark = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Mark user.
         * @member {string} user
         * @memberof restante.Mark
         * @instance
         */
        Mark.prototype.user = "";

        /**
         * Mark upTo.
         * @member {number} upTo
         * @memberof restante.Mark
         * @instance
         */
        Mark.prototype.upTo = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Creates a new Mark instance using the specified properties.
         * @function create
         * @memberof restante.Mark
         * @static
         * @param {restante.Mark.$Properties=} [properties] Properties to set
         * @returns {restante.Mark} Mark instance
         * @type {{
         *   (properties: restante.Mark.$Shape): restante.Mark & restante.Mark.$Shape;
         *   (properties?: restante.Mark.$Properties): restante.Mark;
         * }}
         */
        Mark.create = function(properties) {
            return new Mark(properties);
        };

        /**
         * Encodes the specified Mark message. Does not implicitly {@link restante.Mark.verify|verify} messages.
         * @function encode
         * @memberof restante.Mark
         * @static
         * @param {restante.Mark.$Properties} message Mark message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Mark.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.user);
            if (message.upTo != null && (typeof message.upTo === "object" ? message.upTo.low || message.upTo.high : message.upTo !== 0))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.upTo);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Mark message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Mark
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Mark & restante.Mark.$Shape} Mark
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Mark.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Mark();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.user = value;
                        else
                            delete message.user;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.upTo = value;
                        else
                            delete message.upTo;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Mark;
    })();

    restante.Connected = (function() {

        /**
         * Properties of a Connected.
         * @typedef {Object} restante.Connected.$Properties
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Connected.
         * @memberof restante
         * @interface IConnected
         * @augments restante.Connected.$Properties
         * @deprecated Use restante.Connected.$Properties instead.
         */

        /**
         * Shape of a Connected.
         * @typedef {restante.Connected.$Properties} restante.Connected.$Shape
         */

        /**
         * Constructs a new Connected.
         * @memberof restante
         * @classdesc Represents a Connected.
         * @constructor
         * @param {restante.Connected.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Connected = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Creates a new Connected instance using the specified properties.
         * @function create
         * @memberof restante.Connected
         * @static
         * @param {restante.Connected.$Properties=} [properties] Properties to set
         * @returns {restante.Connected} Connected instance
         * @type {{
         *   (properties: restante.Connected.$Shape): restante.Connected & restante.Connected.$Shape;
         *   (properties?: restante.Connected.$Properties): restante.Connected;
         * }}
         */
        Connected.create = function(properties) {
            return new Connected(properties);
        };

        /**
         * Encodes the specified Connected message. Does not implicitly {@link restante.Connected.verify|verify} messages.
         * @function encode
         * @memberof restante.Connected
         * @static
         * @param {restante.Connected.$Properties} message Connected message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Connected.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Connected message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Connected
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Connected & restante.Connected.$Shape} Connected
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Connected.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Connected();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                reader.skipType(tag & 7, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Connected;
    })();

    restante.Work = (function() {

        /**
         * Properties of a Work.
         * @typedef {Object} restante.Work.$Properties
         * @property {Array.<restante.Batch.$Properties>|null} [batches] Work batches
         * @property {Array.<restante.Refused.$Properties>|null} [refused] Work refused
         * @property {Array.<restante.Envelope.$Properties>|null} [ephemeral] Work ephemeral
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Work.
         * @memberof restante
         * @interface IWork
         * @augments restante.Work.$Properties
         * @deprecated Use restante.Work.$Properties instead.
         */

        /**
         * Shape of a Work.
         * @typedef {{
         *   batches?: Array.<restante.Batch.$Shape>|null;
         *   refused?: Array.<restante.Refused.$Shape>|null;
         *   ephemeral?: Array.<restante.Envelope.$Shape>|null;
         *   $unknowns?: Array.<Uint8Array>;
         * }} restante.Work.$Shape
         */

        /**
         * Constructs a new Work.
         * @memberof restante
         * @classdesc Represents a Work.
         * @constructor
         * @param {restante.Work.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Work = function (properties) {
            this.batches = [];
            this.refused = [];
            this.ephemeral = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Work batches.
         * @member {Array.<restante.Batch.$Properties>} batches
         * @memberof restante.Work
         * @instance
         */
        Work.prototype.batches = $util.emptyArray;

        /**
         * Work refused.
         * @member {Array.<restante.Refused.$Properties>} refused
         * @memberof restante.Work
         * @instance
         */
        Work.prototype.refused = $util.emptyArray;

        /**
         * Work ephemeral.
         * @member {Array.<restante.Envelope.$Properties>} ephemeral
         * @memberof restante.Work
         * @instance
         */
        Work.prototype.ephemeral = $util.emptyArray;

        /**
         * Creates a new Work instance using the specified properties.
         * @function create
         * @memberof restante.Work
         * @static
         * @param {restante.Work.$Properties=} [properties] Properties to set
         * @returns {restante.Work} Work instance
         * @type {{
         *   (properties: restante.Work.$Shape): restante.Work & restante.Work.$Shape;
         *   (properties?: restante.Work.$Properties): restante.Work;
         * }}
         */
        Work.create = function(properties) {
            return new Work(properties);
        };

        /**
         * Encodes the specified Work message. Does not implicitly {@link restante.Work.verify|verify} messages.
         * @function encode
         * @memberof restante.Work
         * @static
         * @param {restante.Work.$Properties} message Work message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Work.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.batches != null && message.batches.length)
                for (let i = 0; i < message.batches.length; ++i)
                    $root.restante.Batch.encode(message.batches[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.refused != null && message.refused.length)
                for (let i = 0; i < message.refused.length; ++i)
                    $root.restante.Refused.encode(message.refused[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.ephemeral != null && message.ephemeral.length)
                for (let i = 0; i < message.ephemeral.length; ++i)
                    $root.restante.Envelope.encode(message.ephemeral[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Work message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Work
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Work & restante.Work.$Shape} Work
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Work.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Work();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.batches && message.batches.length))
                            message.batches = [];
                        message.batches.push($root.restante.Batch.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.refused && message.refused.length))
                            message.refused = [];
                        message.refused.push($root.restante.Refused.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.ephemeral && message.ephemeral.length))
                            message.ephemeral = [];
                        message.ephemeral.push($root.restante.Envelope.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Work;
    })();

    restante.Batch = (function() {

        /**
         * Properties of a Batch.
         * @typedef {Object} restante.Batch.$Properties
         * @property {number|null} [partition] Batch partition
         * @property {number|null} [epoch] Batch epoch
         * @property {number|null} [from] Batch from
         * @property {Array.<Uint8Array>|null} [entries] Batch entries
         * @property {Array.<restante.ChatState.$Properties>|null} [states] Batch states
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Batch.
         * @memberof restante
         * @interface IBatch
         * @augments restante.Batch.$Properties
         * @deprecated Use restante.Batch.$Properties instead.
         */

        /**
         * Shape of a Batch.
         * @typedef {restante.Batch.$Properties} restante.Batch.$Shape
         */

        /**
         * Constructs a new Batch.
         * @memberof restante
         * @classdesc Represents a Batch.
         * @constructor
         * @param {restante.Batch.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Batch = function (properties) {
            this.entries = [];
            this.states = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Batch partition.
         * @member {number} partition
         * @memberof restante.Batch
         * @instance
         */
        Batch.prototype.partition = 0;

        /**
         * Batch epoch.
         * @member {number} epoch
         * @memberof restante.Batch
         * @instance
         */
        Batch.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Batch from.
         * @member {number} from
         * @memberof restante.Batch
         * @instance
         */
        Batch.prototype.from = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Batch entries.
         * @member {Array.<Uint8Array>} entries
         * @memberof restante.Batch
         * @instance
         */
        Batch.prototype.entries = $util.emptyArray;

        /**
         * Batch states.
         * @member {Array.<restante.ChatState.$Properties>} states
         * @memberof restante.Batch
         * @instance
         */
        Batch.prototype.states = $util.emptyArray;

        /**
         * Creates a new Batch instance using the specified properties.
         * @function create
         * @memberof restante.Batch
         * @static
         * @param {restante.Batch.$Properties=} [properties] Properties to set
         * @returns {restante.Batch} Batch instance
         * @type {{
         *   (properties: restante.Batch.$Shape): restante.Batch & restante.Batch.$Shape;
         *   (properties?: restante.Batch.$Properties): restante.Batch;
         * }}
         */
        Batch.create = function(properties) {
            return new Batch(properties);
        };

        /**
         * Encodes the specified Batch message. Does not implicitly {@link restante.Batch.verify|verify} messages.
         * @function encode
         * @memberof restante.Batch
         * @static
         * @param {restante.Batch.$Properties} message Batch message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Batch.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.partition != null && message.partition !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.partition);
            if (message.epoch != null && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
            if (message.from != null && (typeof message.from === "object" ? message.from.low || message.from.high : message.from !== 0))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.from);
            if (message.entries != null && message.entries.length)
                for (let i = 0; i < message.entries.length; ++i)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.entries[i]);
            if (message.states != null && message.states.length)
                for (let i = 0; i < message.states.length; ++i)
                    $root.restante.ChatState.encode(message.states[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Batch message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Batch
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Batch & restante.Batch.$Shape} Batch
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Batch.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Batch();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.partition = value;
                        else
                            delete message.partition;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.epoch = value;
                        else
                            delete message.epoch;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.from = value;
                        else
                            delete message.from;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.entries && message.entries.length))
                            message.entries = [];
                        message.entries.push(reader.bytes());
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.states && message.states.length))
                            message.states = [];
                        message.states.push($root.restante.ChatState.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Batch;
    })();

    restante.ChatState = (function() {

        /**
         * Properties of a ChatState.
         * @typedef {Object} restante.ChatState.$Properties
         * @property {Uint8Array|null} [chat] ChatState chat
         * @property {Array.<restante.Field.$Properties>|null} [fields] ChatState fields
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ChatState.
         * @memberof restante
         * @interface IChatState
         * @augments restante.ChatState.$Properties
         * @deprecated Use restante.ChatState.$Properties instead.
         */

        /**
         * Shape of a ChatState.
         * @typedef {restante.ChatState.$Properties} restante.ChatState.$Shape
         */

        /**
         * Constructs a new ChatState.
         * @memberof restante
         * @classdesc Represents a ChatState.
         * @constructor
         * @param {restante.ChatState.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ChatState = function (properties) {
            this.fields = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ChatState chat.
         * @member {Uint8Array} chat
         * @memberof restante.ChatState
         * @instance
         */
        ChatState.prototype.chat = $util.newBuffer([]);

        /**
         * ChatState fields.
         * @member {Array.<restante.Field.$Properties>} fields
         * @memberof restante.ChatState
         * @instance
         */
        ChatState.prototype.fields = $util.emptyArray;

        /**
         * Creates a new ChatState instance using the specified properties.
         * @function create
         * @memberof restante.ChatState
         * @static
         * @param {restante.ChatState.$Properties=} [properties] Properties to set
         * @returns {restante.ChatState} ChatState instance
         * @type {{
         *   (properties: restante.ChatState.$Shape): restante.ChatState & restante.ChatState.$Shape;
         *   (properties?: restante.ChatState.$Properties): restante.ChatState;
         * }}
         */
        ChatState.create = function(properties) {
            return new ChatState(properties);
        };

        /**
         * Encodes the specified ChatState message. Does not implicitly {@link restante.ChatState.verify|verify} messages.
         * @function encode
         * @memberof restante.ChatState
         * @static
         * @param {restante.ChatState.$Properties} message ChatState message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ChatState.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.chat != null && message.chat.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.chat);
            if (message.fields != null && message.fields.length)
                for (let i = 0; i < message.fields.length; ++i)
                    $root.restante.Field.encode(message.fields[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ChatState message from the specified reader or buffer.
         * @function decode
         * @memberof restante.ChatState
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.ChatState & restante.ChatState.$Shape} ChatState
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ChatState.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.ChatState();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.chat = value;
                        else
                            delete message.chat;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.fields && message.fields.length))
                            message.fields = [];
                        message.fields.push($root.restante.Field.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ChatState;
    })();

    restante.Field = (function() {

        /**
         * Properties of a Field.
         * @typedef {Object} restante.Field.$Properties
         * @property {string|null} [name] Field name
         * @property {Uint8Array|null} [value] Field value
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Field.
         * @memberof restante
         * @interface IField
         * @augments restante.Field.$Properties
         * @deprecated Use restante.Field.$Properties instead.
         */

        /**
         * Shape of a Field.
         * @typedef {restante.Field.$Properties} restante.Field.$Shape
         */

        /**
         * Constructs a new Field.
         * @memberof restante
         * @classdesc Represents a Field.
         * @constructor
         * @param {restante.Field.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Field = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Field name.
         * @member {string} name
         * @memberof restante.Field
         * @instance
         */
        Field.prototype.name = "";

        /**
         * Field value.
         * @member {Uint8Array} value
         * @memberof restante.Field
         * @instance
         */
        Field.prototype.value = $util.newBuffer([]);

        /**
         * Creates a new Field instance using the specified properties.
         * @function create
         * @memberof restante.Field
         * @static
         * @param {restante.Field.$Properties=} [properties] Properties to set
         * @returns {restante.Field} Field instance
         * @type {{
         *   (properties: restante.Field.$Shape): restante.Field & restante.Field.$Shape;
         *   (properties?: restante.Field.$Properties): restante.Field;
         * }}
         */
        Field.create = function(properties) {
            return new Field(properties);
        };

        /**
         * Encodes the specified Field message. Does not implicitly {@link restante.Field.verify|verify} messages.
         * @function encode
         * @memberof restante.Field
         * @static
         * @param {restante.Field.$Properties} message Field message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Field.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.value != null && message.value.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.value);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Field message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Field
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Field & restante.Field.$Shape} Field
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Field.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Field();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.value = value;
                        else
                            delete message.value;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Field;
    })();

    restante.Refused = (function() {

        /**
         * Properties of a Refused.
         * @typedef {Object} restante.Refused.$Properties
         * @property {number|null} [partition] Refused partition
         * @property {number|null} [epoch] Refused epoch
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Refused.
         * @memberof restante
         * @interface IRefused
         * @augments restante.Refused.$Properties
         * @deprecated Use restante.Refused.$Properties instead.
         */

        /**
         * Shape of a Refused.
         * @typedef {restante.Refused.$Properties} restante.Refused.$Shape
         */

        /**
         * Constructs a new Refused.
         * @memberof restante
         * @classdesc Represents a Refused.
         * @constructor
         * @param {restante.Refused.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Refused = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Refused partition.
         * @member {number} partition
         * @memberof restante.Refused
         * @instance
         */
        Refused.prototype.partition = 0;

        /**
         * Refused epoch.
         * @member {number} epoch
         * @memberof restante.Refused
         * @instance
         */
        Refused.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Creates a new Refused instance using the specified properties.
         * @function create
         * @memberof restante.Refused
         * @static
         * @param {restante.Refused.$Properties=} [properties] Properties to set
         * @returns {restante.Refused} Refused instance
         * @type {{
         *   (properties: restante.Refused.$Shape): restante.Refused & restante.Refused.$Shape;
         *   (properties?: restante.Refused.$Properties): restante.Refused;
         * }}
         */
        Refused.create = function(properties) {
            return new Refused(properties);
        };

        /**
         * Encodes the specified Refused message. Does not implicitly {@link restante.Refused.verify|verify} messages.
         * @function encode
         * @memberof restante.Refused
         * @static
         * @param {restante.Refused.$Properties} message Refused message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Refused.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.partition != null && message.partition !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.partition);
            if (message.epoch != null && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Refused message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Refused
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Refused & restante.Refused.$Shape} Refused
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Refused.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Refused();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.partition = value;
                        else
                            delete message.partition;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.epoch = value;
                        else
                            delete message.epoch;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Refused;
    })();

    restante.Fanout = (function() {

        /**
         * Properties of a Fanout.
         * @typedef {Object} restante.Fanout.$Properties
         * @property {Array.<restante.Commit.$Properties>|null} [commits] Fanout commits
         * @property {Array.<restante.Audience.$Properties>|null} [audiences] Fanout audiences
         * @property {Array.<restante.Delivery.$Properties>|null} [ephemeral] Fanout ephemeral
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Fanout.
         * @memberof restante
         * @interface IFanout
         * @augments restante.Fanout.$Properties
         * @deprecated Use restante.Fanout.$Properties instead.
         */

        /**
         * Shape of a Fanout.
         * @typedef {restante.Fanout.$Properties} restante.Fanout.$Shape
         */

        /**
         * Constructs a new Fanout.
         * @memberof restante
         * @classdesc Represents a Fanout.
         * @constructor
         * @param {restante.Fanout.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Fanout = function (properties) {
            this.commits = [];
            this.audiences = [];
            this.ephemeral = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Fanout commits.
         * @member {Array.<restante.Commit.$Properties>} commits
         * @memberof restante.Fanout
         * @instance
         */
        Fanout.prototype.commits = $util.emptyArray;

        /**
         * Fanout audiences.
         * @member {Array.<restante.Audience.$Properties>} audiences
         * @memberof restante.Fanout
         * @instance
         */
        Fanout.prototype.audiences = $util.emptyArray;

        /**
         * Fanout ephemeral.
         * @member {Array.<restante.Delivery.$Properties>} ephemeral
         * @memberof restante.Fanout
         * @instance
         */
        Fanout.prototype.ephemeral = $util.emptyArray;

        /**
         * Creates a new Fanout instance using the specified properties.
         * @function create
         * @memberof restante.Fanout
         * @static
         * @param {restante.Fanout.$Properties=} [properties] Properties to set
         * @returns {restante.Fanout} Fanout instance
         * @type {{
         *   (properties: restante.Fanout.$Shape): restante.Fanout & restante.Fanout.$Shape;
         *   (properties?: restante.Fanout.$Properties): restante.Fanout;
         * }}
         */
        Fanout.create = function(properties) {
            return new Fanout(properties);
        };

        /**
         * Encodes the specified Fanout message. Does not implicitly {@link restante.Fanout.verify|verify} messages.
         * @function encode
         * @memberof restante.Fanout
         * @static
         * @param {restante.Fanout.$Properties} message Fanout message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Fanout.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.commits != null && message.commits.length)
                for (let i = 0; i < message.commits.length; ++i)
                    $root.restante.Commit.encode(message.commits[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.audiences != null && message.audiences.length)
                for (let i = 0; i < message.audiences.length; ++i)
                    $root.restante.Audience.encode(message.audiences[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.ephemeral != null && message.ephemeral.length)
                for (let i = 0; i < message.ephemeral.length; ++i)
                    $root.restante.Delivery.encode(message.ephemeral[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Fanout message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Fanout
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Fanout & restante.Fanout.$Shape} Fanout
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Fanout.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Fanout();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.commits && message.commits.length))
                            message.commits = [];
                        message.commits.push($root.restante.Commit.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.audiences && message.audiences.length))
                            message.audiences = [];
                        message.audiences.push($root.restante.Audience.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.ephemeral && message.ephemeral.length))
                            message.ephemeral = [];
                        message.ephemeral.push($root.restante.Delivery.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Fanout;
    })();

    restante.Commit = (function() {

        /**
         * Properties of a Commit.
         * @typedef {Object} restante.Commit.$Properties
         * @property {number|null} [partition] Commit partition
         * @property {number|null} [epoch] Commit epoch
         * @property {number|null} [from] Commit from
         * @property {number|null} [upTo] Commit upTo
         * @property {Array.<restante.StatePut.$Properties>|null} [puts] Commit puts
         * @property {Array.<restante.Delivery.$Properties>|null} [deliveries] Commit deliveries
         * @property {Array.<Uint8Array>|null} [dropped] Commit dropped
         * @property {Array.<Uint8Array>|null} [wanted] Commit wanted
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Commit.
         * @memberof restante
         * @interface ICommit
         * @augments restante.Commit.$Properties
         * @deprecated Use restante.Commit.$Properties instead.
         */

        /**
         * Shape of a Commit.
         * @typedef {restante.Commit.$Properties} restante.Commit.$Shape
         */

        /**
         * Constructs a new Commit.
         * @memberof restante
         * @classdesc Represents a Commit.
         * @constructor
         * @param {restante.Commit.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Commit = function (properties) {
            this.puts = [];
            this.deliveries = [];
            this.dropped = [];
            this.wanted = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Commit partition.
         * @member {number} partition
         * @memberof restante.Commit
         * @instance
         */
        Commit.prototype.partition = 0;

        /**
         * Commit epoch.
         * @member {number} epoch
         * @memberof restante.Commit
         * @instance
         */
        Commit.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Commit from.
         * @member {number} from
         * @memberof restante.Commit
         * @instance
         */
        Commit.prototype.from = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Commit upTo.
         * @member {number} upTo
         * @memberof restante.Commit
         * @instance
         */
        Commit.prototype.upTo = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Commit puts.
         * @member {Array.<restante.StatePut.$Properties>} puts
         * @memberof restante.Commit
         * @instance
         */
        Commit.prototype.puts = $util.emptyArray;

        /**
         * Commit deliveries.
         * @member {Array.<restante.Delivery.$Properties>} deliveries
         * @memberof restante.Commit
         * @instance
         */
        Commit.prototype.deliveries = $util.emptyArray;

        /**
         * Commit dropped.
         * @member {Array.<Uint8Array>} dropped
         * @memberof restante.Commit
         * @instance
         */
        Commit.prototype.dropped = $util.emptyArray;

        /**
         * Commit wanted.
         * @member {Array.<Uint8Array>} wanted
         * @memberof restante.Commit
         * @instance
         */
        Commit.prototype.wanted = $util.emptyArray;

        /**
         * Creates a new Commit instance using the specified properties.
         * @function create
         * @memberof restante.Commit
         * @static
         * @param {restante.Commit.$Properties=} [properties] Properties to set
         * @returns {restante.Commit} Commit instance
         * @type {{
         *   (properties: restante.Commit.$Shape): restante.Commit & restante.Commit.$Shape;
         *   (properties?: restante.Commit.$Properties): restante.Commit;
         * }}
         */
        Commit.create = function(properties) {
            return new Commit(properties);
        };

        /**
         * Encodes the specified Commit message. Does not implicitly {@link restante.Commit.verify|verify} messages.
         * @function encode
         * @memberof restante.Commit
         * @static
         * @param {restante.Commit.$Properties} message Commit message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Commit.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.partition != null && message.partition !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.partition);
            if (message.epoch != null && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
            if (message.from != null && (typeof message.from === "object" ? message.from.low || message.from.high : message.from !== 0))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.from);
            if (message.upTo != null && (typeof message.upTo === "object" ? message.upTo.low || message.upTo.high : message.upTo !== 0))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.upTo);
            if (message.puts != null && message.puts.length)
                for (let i = 0; i < message.puts.length; ++i)
                    $root.restante.StatePut.encode(message.puts[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.deliveries != null && message.deliveries.length)
                for (let i = 0; i < message.deliveries.length; ++i)
                    $root.restante.Delivery.encode(message.deliveries[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.dropped != null && message.dropped.length)
                for (let i = 0; i < message.dropped.length; ++i)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.dropped[i]);
            if (message.wanted != null && message.wanted.length)
                for (let i = 0; i < message.wanted.length; ++i)
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.wanted[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Commit message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Commit
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Commit & restante.Commit.$Shape} Commit
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Commit.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Commit();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.partition = value;
                        else
                            delete message.partition;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.epoch = value;
                        else
                            delete message.epoch;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.from = value;
                        else
                            delete message.from;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.upTo = value;
                        else
                            delete message.upTo;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.puts && message.puts.length))
                            message.puts = [];
                        message.puts.push($root.restante.StatePut.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if (!(message.deliveries && message.deliveries.length))
                            message.deliveries = [];
                        message.deliveries.push($root.restante.Delivery.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if (!(message.dropped && message.dropped.length))
                            message.dropped = [];
                        message.dropped.push(reader.bytes());
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if (!(message.wanted && message.wanted.length))
                            message.wanted = [];
                        message.wanted.push(reader.bytes());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Commit;
    })();

    restante.StatePut = (function() {

        /**
         * Properties of a StatePut.
         * @typedef {Object} restante.StatePut.$Properties
         * @property {Uint8Array|null} [chat] StatePut chat
         * @property {string|null} [field] StatePut field
         * @property {Uint8Array|null} [value] StatePut value
         * @property {boolean|null} [gone] StatePut gone
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a StatePut.
         * @memberof restante
         * @interface IStatePut
         * @augments restante.StatePut.$Properties
         * @deprecated Use restante.StatePut.$Properties instead.
         */

        /**
         * Shape of a StatePut.
         * @typedef {restante.StatePut.$Properties} restante.StatePut.$Shape
         */

        /**
         * Constructs a new StatePut.
         * @memberof restante
         * @classdesc Represents a StatePut.
         * @constructor
         * @param {restante.StatePut.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const StatePut = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * StatePut chat.
         * @member {Uint8Array} chat
         * @memberof restante.StatePut
         * @instance
         */
        StatePut.prototype.chat = $util.newBuffer([]);

        /**
         * StatePut field.
         * @member {string} field
         * @memberof restante.StatePut
         * @instance
         */
        StatePut.prototype.field = "";

        /**
         * StatePut value.
         * @member {Uint8Array} value
         * @memberof restante.StatePut
         * @instance
         */
        StatePut.prototype.value = $util.newBuffer([]);

        /**
         * StatePut gone.
         * @member {boolean} gone
         * @memberof restante.StatePut
         * @instance
         */
        StatePut.prototype.gone = false;

        /**
         * Creates a new StatePut instance using the specified properties.
         * @function create
         * @memberof restante.StatePut
         * @static
         * @param {restante.StatePut.$Properties=} [properties] Properties to set
         * @returns {restante.StatePut} StatePut instance
         * @type {{
         *   (properties: restante.StatePut.$Shape): restante.StatePut & restante.StatePut.$Shape;
         *   (properties?: restante.StatePut.$Properties): restante.StatePut;
         * }}
         */
        StatePut.create = function(properties) {
            return new StatePut(properties);
        };

        /**
         * Encodes the specified StatePut message. Does not implicitly {@link restante.StatePut.verify|verify} messages.
         * @function encode
         * @memberof restante.StatePut
         * @static
         * @param {restante.StatePut.$Properties} message StatePut message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        StatePut.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.chat != null && message.chat.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.chat);
            if (message.field != null && message.field !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.field);
            if (message.value != null && message.value.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.value);
            if (message.gone != null && message.gone !== false)
                writer.uint32(/* id 4, wireType 0 =*/32).bool(message.gone);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a StatePut message from the specified reader or buffer.
         * @function decode
         * @memberof restante.StatePut
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.StatePut & restante.StatePut.$Shape} StatePut
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        StatePut.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.StatePut();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.chat = value;
                        else
                            delete message.chat;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.field = value;
                        else
                            delete message.field;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.value = value;
                        else
                            delete message.value;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.gone = value;
                        else
                            delete message.gone;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return StatePut;
    })();

    restante.Audience = (function() {

        /**
         * Properties of an Audience.
         * @typedef {Object} restante.Audience.$Properties
         * @property {Array.<string>|null} [users] Audience users
         * @property {Array.<number>|null} [strangers] Audience strangers
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Audience.
         * @memberof restante
         * @interface IAudience
         * @augments restante.Audience.$Properties
         * @deprecated Use restante.Audience.$Properties instead.
         */

        /**
         * Shape of an Audience.
         * @typedef {restante.Audience.$Properties} restante.Audience.$Shape
         */

        /**
         * Constructs a new Audience.
         * @memberof restante
         * @classdesc Represents an Audience.
         * @constructor
         * @param {restante.Audience.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Audience = function (properties) {
            this.users = [];
            this.strangers = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Audience users.
         * @member {Array.<string>} users
         * @memberof restante.Audience
         * @instance
         */
        Audience.prototype.users = $util.emptyArray;

        /**
         * Audience strangers.
         * @member {Array.<number>} strangers
         * @memberof restante.Audience
         * @instance
         */
        Audience.prototype.strangers = $util.emptyArray;

        /**
         * Creates a new Audience instance using the specified properties.
         * @function create
         * @memberof restante.Audience
         * @static
         * @param {restante.Audience.$Properties=} [properties] Properties to set
         * @returns {restante.Audience} Audience instance
         * @type {{
         *   (properties: restante.Audience.$Shape): restante.Audience & restante.Audience.$Shape;
         *   (properties?: restante.Audience.$Properties): restante.Audience;
         * }}
         */
        Audience.create = function(properties) {
            return new Audience(properties);
        };

        /**
         * Encodes the specified Audience message. Does not implicitly {@link restante.Audience.verify|verify} messages.
         * @function encode
         * @memberof restante.Audience
         * @static
         * @param {restante.Audience.$Properties} message Audience message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Audience.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.users != null && message.users.length)
                for (let i = 0; i < message.users.length; ++i)
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.users[i]);
            if (message.strangers != null && message.strangers.length)
                writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.strangers);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Audience message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Audience
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Audience & restante.Audience.$Shape} Audience
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Audience.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Audience();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.users && message.users.length))
                            message.users = [];
                        message.users.push(reader.stringVerify());
                        continue;
                    }
                case 2: {
                        if (wireType === 2) {
                            if (!(message.strangers && message.strangers.length))
                                message.strangers = [];
                            reader.uint32s(message.strangers);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.strangers && message.strangers.length))
                            message.strangers = [];
                        message.strangers.push(reader.uint32());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Audience;
    })();

    restante.Delivery = (function() {

        /**
         * Properties of a Delivery.
         * @typedef {Object} restante.Delivery.$Properties
         * @property {string|null} [user] Delivery user
         * @property {number|null} [audience] Delivery audience
         * @property {Uint8Array|null} [entry] Delivery entry
         * @property {string|null} [only] Delivery only
         * @property {string|null} [exceptUser] Delivery exceptUser
         * @property {string|null} [exceptDevice] Delivery exceptDevice
         * @property {Uint8Array|null} [key] Delivery key
         * @property {number|null} [version] Delivery version
         * @property {number|null} [ttlS] Delivery ttlS
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Delivery.
         * @memberof restante
         * @interface IDelivery
         * @augments restante.Delivery.$Properties
         * @deprecated Use restante.Delivery.$Properties instead.
         */

        /**
         * Shape of a Delivery.
         * @typedef {restante.Delivery.$Properties} restante.Delivery.$Shape
         */

        /**
         * Constructs a new Delivery.
         * @memberof restante
         * @classdesc Represents a Delivery.
         * @constructor
         * @param {restante.Delivery.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Delivery = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Delivery user.
         * @member {string} user
         * @memberof restante.Delivery
         * @instance
         */
        Delivery.prototype.user = "";

        /**
         * Delivery audience.
         * @member {number} audience
         * @memberof restante.Delivery
         * @instance
         */
        Delivery.prototype.audience = 0;

        /**
         * Delivery entry.
         * @member {Uint8Array} entry
         * @memberof restante.Delivery
         * @instance
         */
        Delivery.prototype.entry = $util.newBuffer([]);

        /**
         * Delivery only.
         * @member {string} only
         * @memberof restante.Delivery
         * @instance
         */
        Delivery.prototype.only = "";

        /**
         * Delivery exceptUser.
         * @member {string} exceptUser
         * @memberof restante.Delivery
         * @instance
         */
        Delivery.prototype.exceptUser = "";

        /**
         * Delivery exceptDevice.
         * @member {string} exceptDevice
         * @memberof restante.Delivery
         * @instance
         */
        Delivery.prototype.exceptDevice = "";

        /**
         * Delivery key.
         * @member {Uint8Array} key
         * @memberof restante.Delivery
         * @instance
         */
        Delivery.prototype.key = $util.newBuffer([]);

        /**
         * Delivery version.
         * @member {number} version
         * @memberof restante.Delivery
         * @instance
         */
        Delivery.prototype.version = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Delivery ttlS.
         * @member {number} ttlS
         * @memberof restante.Delivery
         * @instance
         */
        Delivery.prototype.ttlS = 0;

        /**
         * Creates a new Delivery instance using the specified properties.
         * @function create
         * @memberof restante.Delivery
         * @static
         * @param {restante.Delivery.$Properties=} [properties] Properties to set
         * @returns {restante.Delivery} Delivery instance
         * @type {{
         *   (properties: restante.Delivery.$Shape): restante.Delivery & restante.Delivery.$Shape;
         *   (properties?: restante.Delivery.$Properties): restante.Delivery;
         * }}
         */
        Delivery.create = function(properties) {
            return new Delivery(properties);
        };

        /**
         * Encodes the specified Delivery message. Does not implicitly {@link restante.Delivery.verify|verify} messages.
         * @function encode
         * @memberof restante.Delivery
         * @static
         * @param {restante.Delivery.$Properties} message Delivery message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Delivery.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.user);
            if (message.audience != null && message.audience !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.audience);
            if (message.entry != null && message.entry.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.entry);
            if (message.only != null && message.only !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.only);
            if (message.exceptUser != null && message.exceptUser !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.exceptUser);
            if (message.exceptDevice != null && message.exceptDevice !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.exceptDevice);
            if (message.key != null && message.key.length)
                writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.key);
            if (message.version != null && (typeof message.version === "object" ? message.version.low || message.version.high : message.version !== 0))
                writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.version);
            if (message.ttlS != null && message.ttlS !== 0)
                writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.ttlS);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Delivery message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Delivery
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Delivery & restante.Delivery.$Shape} Delivery
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Delivery.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Delivery();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.user = value;
                        else
                            delete message.user;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.audience = value;
                        else
                            delete message.audience;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.entry = value;
                        else
                            delete message.entry;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.only = value;
                        else
                            delete message.only;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.exceptUser = value;
                        else
                            delete message.exceptUser;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.exceptDevice = value;
                        else
                            delete message.exceptDevice;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.key = value;
                        else
                            delete message.key;
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.version = value;
                        else
                            delete message.version;
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.ttlS = value;
                        else
                            delete message.ttlS;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Delivery;
    })();

    restante.HeadState = (function() {

        /**
         * Properties of a HeadState.
         * @typedef {Object} restante.HeadState.$Properties
         * @property {boolean|null} [direct] HeadState direct
         * @property {string|null} [name] HeadState name
         * @property {number|null} [lastSeq] HeadState lastSeq
         * @property {number|null} [nextNumber] HeadState nextNumber
         * @property {number|null} [lastAtS] HeadState lastAtS
         * @property {Array.<number>|null} [changes] HeadState changes
         * @property {number|null} [briefLast] HeadState briefLast
         * @property {restante.Closing.$Properties|null} [closed] HeadState closed
         * @property {number|null} [disappearAfterS] HeadState disappearAfterS
         * @property {number|null} [uncounted] HeadState uncounted
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a HeadState.
         * @memberof restante
         * @interface IHeadState
         * @augments restante.HeadState.$Properties
         * @deprecated Use restante.HeadState.$Properties instead.
         */

        /**
         * Shape of a HeadState.
         * @typedef {restante.HeadState.$Properties} restante.HeadState.$Shape
         */

        /**
         * Constructs a new HeadState.
         * @memberof restante
         * @classdesc Represents a HeadState.
         * @constructor
         * @param {restante.HeadState.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const HeadState = function (properties) {
            this.changes = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * HeadState direct.
         * @member {boolean} direct
         * @memberof restante.HeadState
         * @instance
         */
        HeadState.prototype.direct = false;

        /**
         * HeadState name.
         * @member {string} name
         * @memberof restante.HeadState
         * @instance
         */
        HeadState.prototype.name = "";

        /**
         * HeadState lastSeq.
         * @member {number} lastSeq
         * @memberof restante.HeadState
         * @instance
         */
        HeadState.prototype.lastSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * HeadState nextNumber.
         * @member {number} nextNumber
         * @memberof restante.HeadState
         * @instance
         */
        HeadState.prototype.nextNumber = 0;

        /**
         * HeadState lastAtS.
         * @member {number} lastAtS
         * @memberof restante.HeadState
         * @instance
         */
        HeadState.prototype.lastAtS = 0;

        /**
         * HeadState changes.
         * @member {Array.<number>} changes
         * @memberof restante.HeadState
         * @instance
         */
        HeadState.prototype.changes = $util.emptyArray;

        /**
         * HeadState briefLast.
         * @member {number} briefLast
         * @memberof restante.HeadState
         * @instance
         */
        HeadState.prototype.briefLast = 0;

        /**
         * HeadState closed.
         * @member {restante.Closing.$Properties|null|undefined} closed
         * @memberof restante.HeadState
         * @instance
         */
        HeadState.prototype.closed = null;

        /**
         * HeadState disappearAfterS.
         * @member {number} disappearAfterS
         * @memberof restante.HeadState
         * @instance
         */
        HeadState.prototype.disappearAfterS = 0;

        /**
         * HeadState uncounted.
         * @member {number} uncounted
         * @memberof restante.HeadState
         * @instance
         */
        HeadState.prototype.uncounted = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Creates a new HeadState instance using the specified properties.
         * @function create
         * @memberof restante.HeadState
         * @static
         * @param {restante.HeadState.$Properties=} [properties] Properties to set
         * @returns {restante.HeadState} HeadState instance
         * @type {{
         *   (properties: restante.HeadState.$Shape): restante.HeadState & restante.HeadState.$Shape;
         *   (properties?: restante.HeadState.$Properties): restante.HeadState;
         * }}
         */
        HeadState.create = function(properties) {
            return new HeadState(properties);
        };

        /**
         * Encodes the specified HeadState message. Does not implicitly {@link restante.HeadState.verify|verify} messages.
         * @function encode
         * @memberof restante.HeadState
         * @static
         * @param {restante.HeadState.$Properties} message HeadState message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        HeadState.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.direct != null && message.direct !== false)
                writer.uint32(/* id 1, wireType 0 =*/8).bool(message.direct);
            if (message.name != null && message.name !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
            if (message.lastSeq != null && (typeof message.lastSeq === "object" ? message.lastSeq.low || message.lastSeq.high : message.lastSeq !== 0))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.lastSeq);
            if (message.nextNumber != null && message.nextNumber !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.nextNumber);
            if (message.lastAtS != null && message.lastAtS !== 0)
                writer.uint32(/* id 5, wireType 5 =*/45).fixed32(message.lastAtS);
            if (message.changes != null && message.changes.length)
                writer.uint32(/* id 6, wireType 2 =*/50).uint64s(message.changes);
            if (message.briefLast != null && message.briefLast !== 0)
                writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.briefLast);
            if (message.closed != null)
                $root.restante.Closing.encode(message.closed, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.disappearAfterS != null && message.disappearAfterS !== 0)
                writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.disappearAfterS);
            if (message.uncounted != null && (typeof message.uncounted === "object" ? message.uncounted.low || message.uncounted.high : message.uncounted !== 0))
                writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.uncounted);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a HeadState message from the specified reader or buffer.
         * @function decode
         * @memberof restante.HeadState
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.HeadState & restante.HeadState.$Shape} HeadState
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        HeadState.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.HeadState();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.direct = value;
                        else
                            delete message.direct;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.lastSeq = value;
                        else
                            delete message.lastSeq;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.nextNumber = value;
                        else
                            delete message.nextNumber;
                        continue;
                    }
                case 5: {
                        if (wireType !== 5)
                            break;
                        if (value = reader.fixed32())
                            message.lastAtS = value;
                        else
                            delete message.lastAtS;
                        continue;
                    }
                case 6: {
                        if (wireType === 2) {
                            if (!(message.changes && message.changes.length))
                                message.changes = [];
                            reader.uint64s(message.changes);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.changes && message.changes.length))
                            message.changes = [];
                        message.changes.push(reader.uint64());
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.briefLast = value;
                        else
                            delete message.briefLast;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.closed = $root.restante.Closing.decode(reader, reader.size(), $undefined, _depth + 1, message.closed);
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.disappearAfterS = value;
                        else
                            delete message.disappearAfterS;
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.uncounted = value;
                        else
                            delete message.uncounted;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return HeadState;
    })();

    restante.Closing = (function() {

        /**
         * Properties of a Closing.
         * @typedef {Object} restante.Closing.$Properties
         * @property {string|null} [user] Closing user
         * @property {string|null} [device] Closing device
         * @property {number|null} [clientSeq] Closing clientSeq
         * @property {number|null} [print] Closing print
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Closing.
         * @memberof restante
         * @interface IClosing
         * @augments restante.Closing.$Properties
         * @deprecated Use restante.Closing.$Properties instead.
         */

        /**
         * Shape of a Closing.
         * @typedef {restante.Closing.$Properties} restante.Closing.$Shape
         */

        /**
         * Constructs a new Closing.
         * @memberof restante
         * @classdesc Represents a Closing.
         * @constructor
         * @param {restante.Closing.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Closing = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Closing user.
         * @member {string} user
         * @memberof restante.Closing
         * @instance
         */
        Closing.prototype.user = "";

        /**
         * Closing device.
         * @member {string} device
         * @memberof restante.Closing
         * @instance
         */
        Closing.prototype.device = "";

        /**
         * Closing clientSeq.
         * @member {number} clientSeq
         * @memberof restante.Closing
         * @instance
         */
        Closing.prototype.clientSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Closing print.
         * @member {number} print
         * @memberof restante.Closing
         * @instance
         */
        Closing.prototype.print = 0;

        /**
         * Creates a new Closing instance using the specified properties.
         * @function create
         * @memberof restante.Closing
         * @static
         * @param {restante.Closing.$Properties=} [properties] Properties to set
         * @returns {restante.Closing} Closing instance
         * @type {{
         *   (properties: restante.Closing.$Shape): restante.Closing & restante.Closing.$Shape;
         *   (properties?: restante.Closing.$Properties): restante.Closing;
         * }}
         */
        Closing.create = function(properties) {
            return new Closing(properties);
        };

        /**
         * Encodes the specified Closing message. Does not implicitly {@link restante.Closing.verify|verify} messages.
         * @function encode
         * @memberof restante.Closing
         * @static
         * @param {restante.Closing.$Properties} message Closing message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Closing.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.user);
            if (message.device != null && message.device !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.device);
            if (message.clientSeq != null && (typeof message.clientSeq === "object" ? message.clientSeq.low || message.clientSeq.high : message.clientSeq !== 0))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.clientSeq);
            if (message.print != null && message.print !== 0)
                writer.uint32(/* id 4, wireType 5 =*/37).fixed32(message.print);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Closing message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Closing
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Closing & restante.Closing.$Shape} Closing
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Closing.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Closing();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.user = value;
                        else
                            delete message.user;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.device = value;
                        else
                            delete message.device;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.clientSeq = value;
                        else
                            delete message.clientSeq;
                        continue;
                    }
                case 4: {
                        if (wireType !== 5)
                            break;
                        if (value = reader.fixed32())
                            message.print = value;
                        else
                            delete message.print;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Closing;
    })();

    restante.MemberState = (function() {

        /**
         * Properties of a MemberState.
         * @typedef {Object} restante.MemberState.$Properties
         * @property {string|null} [user] MemberState user
         * @property {number|null} [role] MemberState role
         * @property {number|null} [joinSeq] MemberState joinSeq
         * @property {number|null} [leaveSeq] MemberState leaveSeq
         * @property {number|null} [delivered] MemberState delivered
         * @property {number|null} [read] MemberState read
         * @property {number|null} [lastOwnSeq] MemberState lastOwnSeq
         * @property {number|null} [awaitingDelivered] MemberState awaitingDelivered
         * @property {number|null} [awaitingRead] MemberState awaitingRead
         * @property {number|null} [forgottenClientSeq] MemberState forgottenClientSeq
         * @property {Array.<number>|null} [ownUnread] MemberState ownUnread
         * @property {number|null} [uncountedRead] MemberState uncountedRead
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a MemberState.
         * @memberof restante
         * @interface IMemberState
         * @augments restante.MemberState.$Properties
         * @deprecated Use restante.MemberState.$Properties instead.
         */

        /**
         * Shape of a MemberState.
         * @typedef {restante.MemberState.$Properties} restante.MemberState.$Shape
         */

        /**
         * Constructs a new MemberState.
         * @memberof restante
         * @classdesc Represents a MemberState.
         * @constructor
         * @param {restante.MemberState.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const MemberState = function (properties) {
            this.ownUnread = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * MemberState user.
         * @member {string} user
         * @memberof restante.MemberState
         * @instance
         */
        MemberState.prototype.user = "";

        /**
         * MemberState role.
         * @member {number} role
         * @memberof restante.MemberState
         * @instance
         */
        MemberState.prototype.role = 0;

        /**
         * MemberState joinSeq.
         * @member {number} joinSeq
         * @memberof restante.MemberState
         * @instance
         */
        MemberState.prototype.joinSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * MemberState leaveSeq.
         * @member {number} leaveSeq
         * @memberof restante.MemberState
         * @instance
         */
        MemberState.prototype.leaveSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * MemberState delivered.
         * @member {number} delivered
         * @memberof restante.MemberState
         * @instance
         */
        MemberState.prototype.delivered = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * MemberState read.
         * @member {number} read
         * @memberof restante.MemberState
         * @instance
         */
        MemberState.prototype.read = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * MemberState lastOwnSeq.
         * @member {number} lastOwnSeq
         * @memberof restante.MemberState
         * @instance
         */
        MemberState.prototype.lastOwnSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * MemberState awaitingDelivered.
         * @member {number} awaitingDelivered
         * @memberof restante.MemberState
         * @instance
         */
        MemberState.prototype.awaitingDelivered = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * MemberState awaitingRead.
         * @member {number} awaitingRead
         * @memberof restante.MemberState
         * @instance
         */
        MemberState.prototype.awaitingRead = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * MemberState forgottenClientSeq.
         * @member {number} forgottenClientSeq
         * @memberof restante.MemberState
         * @instance
         */
        MemberState.prototype.forgottenClientSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * MemberState ownUnread.
         * @member {Array.<number>} ownUnread
         * @memberof restante.MemberState
         * @instance
         */
        MemberState.prototype.ownUnread = $util.emptyArray;

        /**
         * MemberState uncountedRead.
         * @member {number} uncountedRead
         * @memberof restante.MemberState
         * @instance
         */
        MemberState.prototype.uncountedRead = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Creates a new MemberState instance using the specified properties.
         * @function create
         * @memberof restante.MemberState
         * @static
         * @param {restante.MemberState.$Properties=} [properties] Properties to set
         * @returns {restante.MemberState} MemberState instance
         * @type {{
         *   (properties: restante.MemberState.$Shape): restante.MemberState & restante.MemberState.$Shape;
         *   (properties?: restante.MemberState.$Properties): restante.MemberState;
         * }}
         */
        MemberState.create = function(properties) {
            return new MemberState(properties);
        };

        /**
         * Encodes the specified MemberState message. Does not implicitly {@link restante.MemberState.verify|verify} messages.
         * @function encode
         * @memberof restante.MemberState
         * @static
         * @param {restante.MemberState.$Properties} message MemberState message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        MemberState.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.user);
            if (message.role != null && message.role !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.role);
            if (message.joinSeq != null && (typeof message.joinSeq === "object" ? message.joinSeq.low || message.joinSeq.high : message.joinSeq !== 0))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.joinSeq);
            if (message.leaveSeq != null && (typeof message.leaveSeq === "object" ? message.leaveSeq.low || message.leaveSeq.high : message.leaveSeq !== 0))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.leaveSeq);
            if (message.delivered != null && (typeof message.delivered === "object" ? message.delivered.low || message.delivered.high : message.delivered !== 0))
                writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.delivered);
            if (message.read != null && (typeof message.read === "object" ? message.read.low || message.read.high : message.read !== 0))
                writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.read);
            if (message.lastOwnSeq != null && (typeof message.lastOwnSeq === "object" ? message.lastOwnSeq.low || message.lastOwnSeq.high : message.lastOwnSeq !== 0))
                writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.lastOwnSeq);
            if (message.awaitingDelivered != null && (typeof message.awaitingDelivered === "object" ? message.awaitingDelivered.low || message.awaitingDelivered.high : message.awaitingDelivered !== 0))
                writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.awaitingDelivered);
            if (message.awaitingRead != null && (typeof message.awaitingRead === "object" ? message.awaitingRead.low || message.awaitingRead.high : message.awaitingRead !== 0))
                writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.awaitingRead);
            if (message.forgottenClientSeq != null && (typeof message.forgottenClientSeq === "object" ? message.forgottenClientSeq.low || message.forgottenClientSeq.high : message.forgottenClientSeq !== 0))
                writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.forgottenClientSeq);
            if (message.ownUnread != null && message.ownUnread.length)
                writer.uint32(/* id 11, wireType 2 =*/90).uint64s(message.ownUnread);
            if (message.uncountedRead != null && (typeof message.uncountedRead === "object" ? message.uncountedRead.low || message.uncountedRead.high : message.uncountedRead !== 0))
                writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.uncountedRead);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a MemberState message from the specified reader or buffer.
         * @function decode
         * @memberof restante.MemberState
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.MemberState & restante.MemberState.$Shape} MemberState
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        MemberState.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.MemberState();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.user = value;
                        else
                            delete message.user;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.role = value;
                        else
                            delete message.role;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.joinSeq = value;
                        else
                            delete message.joinSeq;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.leaveSeq = value;
                        else
                            delete message.leaveSeq;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.delivered = value;
                        else
                            delete message.delivered;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.read = value;
                        else
                            delete message.read;
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.lastOwnSeq = value;
                        else
                            delete message.lastOwnSeq;
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.awaitingDelivered = value;
                        else
                            delete message.awaitingDelivered;
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.awaitingRead = value;
                        else
                            delete message.awaitingRead;
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.forgottenClientSeq = value;
                        else
                            delete message.forgottenClientSeq;
                        continue;
                    }
                case 11: {
                        if (wireType === 2) {
                            if (!(message.ownUnread && message.ownUnread.length))
                                message.ownUnread = [];
                            reader.uint64s(message.ownUnread);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.ownUnread && message.ownUnread.length))
                            message.ownUnread = [];
                        message.ownUnread.push(reader.uint64());
                        continue;
                    }
                case 12: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.uncountedRead = value;
                        else
                            delete message.uncountedRead;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return MemberState;
    })();

    restante.DeviceState = (function() {

        /**
         * Properties of a DeviceState.
         * @typedef {Object} restante.DeviceState.$Properties
         * @property {number|null} [highestClientSeq] DeviceState highestClientSeq
         * @property {Array.<restante.Run.$Properties>|null} [runs] DeviceState runs
         * @property {Uint8Array|null} [prints] DeviceState prints
         * @property {boolean|null} [transient] DeviceState transient
         * @property {number|null} [knownFrom] DeviceState knownFrom
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a DeviceState.
         * @memberof restante
         * @interface IDeviceState
         * @augments restante.DeviceState.$Properties
         * @deprecated Use restante.DeviceState.$Properties instead.
         */

        /**
         * Shape of a DeviceState.
         * @typedef {restante.DeviceState.$Properties} restante.DeviceState.$Shape
         */

        /**
         * Constructs a new DeviceState.
         * @memberof restante
         * @classdesc Represents a DeviceState.
         * @constructor
         * @param {restante.DeviceState.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const DeviceState = function (properties) {
            this.runs = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * DeviceState highestClientSeq.
         * @member {number} highestClientSeq
         * @memberof restante.DeviceState
         * @instance
         */
        DeviceState.prototype.highestClientSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * DeviceState runs.
         * @member {Array.<restante.Run.$Properties>} runs
         * @memberof restante.DeviceState
         * @instance
         */
        DeviceState.prototype.runs = $util.emptyArray;

        /**
         * DeviceState prints.
         * @member {Uint8Array} prints
         * @memberof restante.DeviceState
         * @instance
         */
        DeviceState.prototype.prints = $util.newBuffer([]);

        /**
         * DeviceState transient.
         * @member {boolean} transient
         * @memberof restante.DeviceState
         * @instance
         */
        DeviceState.prototype.transient = false;

        /**
         * DeviceState knownFrom.
         * @member {number} knownFrom
         * @memberof restante.DeviceState
         * @instance
         */
        DeviceState.prototype.knownFrom = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Creates a new DeviceState instance using the specified properties.
         * @function create
         * @memberof restante.DeviceState
         * @static
         * @param {restante.DeviceState.$Properties=} [properties] Properties to set
         * @returns {restante.DeviceState} DeviceState instance
         * @type {{
         *   (properties: restante.DeviceState.$Shape): restante.DeviceState & restante.DeviceState.$Shape;
         *   (properties?: restante.DeviceState.$Properties): restante.DeviceState;
         * }}
         */
        DeviceState.create = function(properties) {
            return new DeviceState(properties);
        };

        /**
         * Encodes the specified DeviceState message. Does not implicitly {@link restante.DeviceState.verify|verify} messages.
         * @function encode
         * @memberof restante.DeviceState
         * @static
         * @param {restante.DeviceState.$Properties} message DeviceState message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        DeviceState.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.highestClientSeq != null && (typeof message.highestClientSeq === "object" ? message.highestClientSeq.low || message.highestClientSeq.high : message.highestClientSeq !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.highestClientSeq);
            if (message.runs != null && message.runs.length)
                for (let i = 0; i < message.runs.length; ++i)
                    $root.restante.Run.encode(message.runs[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.prints != null && message.prints.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.prints);
            if (message.knownFrom != null && (typeof message.knownFrom === "object" ? message.knownFrom.low || message.knownFrom.high : message.knownFrom !== 0))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.knownFrom);
            if (message.transient != null && message.transient !== false)
                writer.uint32(/* id 5, wireType 0 =*/40).bool(message.transient);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a DeviceState message from the specified reader or buffer.
         * @function decode
         * @memberof restante.DeviceState
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.DeviceState & restante.DeviceState.$Shape} DeviceState
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        DeviceState.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.DeviceState();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.highestClientSeq = value;
                        else
                            delete message.highestClientSeq;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.runs && message.runs.length))
                            message.runs = [];
                        message.runs.push($root.restante.Run.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.prints = value;
                        else
                            delete message.prints;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.transient = value;
                        else
                            delete message.transient;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.knownFrom = value;
                        else
                            delete message.knownFrom;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return DeviceState;
    })();

    restante.Run = (function() {

        /**
         * Properties of a Run.
         * @typedef {Object} restante.Run.$Properties
         * @property {number|null} [clientSeq] Run clientSeq
         * @property {number|null} [seq] Run seq
         * @property {number|null} [more] Run more
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Run.
         * @memberof restante
         * @interface IRun
         * @augments restante.Run.$Properties
         * @deprecated Use restante.Run.$Properties instead.
         */

        /**
         * Shape of a Run.
         * @typedef {restante.Run.$Properties} restante.Run.$Shape
         */

        /**
         * Constructs a new Run.
         * @memberof restante
         * @classdesc Represents a Run.
         * @constructor
         * @param {restante.Run.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Run = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Run clientSeq.
         * @member {number} clientSeq
         * @memberof restante.Run
         * @instance
         */
        Run.prototype.clientSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Run seq.
         * @member {number} seq
         * @memberof restante.Run
         * @instance
         */
        Run.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Run more.
         * @member {number} more
         * @memberof restante.Run
         * @instance
         */
        Run.prototype.more = 0;

        /**
         * Creates a new Run instance using the specified properties.
         * @function create
         * @memberof restante.Run
         * @static
         * @param {restante.Run.$Properties=} [properties] Properties to set
         * @returns {restante.Run} Run instance
         * @type {{
         *   (properties: restante.Run.$Shape): restante.Run & restante.Run.$Shape;
         *   (properties?: restante.Run.$Properties): restante.Run;
         * }}
         */
        Run.create = function(properties) {
            return new Run(properties);
        };

        /**
         * Encodes the specified Run message. Does not implicitly {@link restante.Run.verify|verify} messages.
         * @function encode
         * @memberof restante.Run
         * @static
         * @param {restante.Run.$Properties} message Run message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Run.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.clientSeq != null && (typeof message.clientSeq === "object" ? message.clientSeq.low || message.clientSeq.high : message.clientSeq !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.clientSeq);
            if (message.seq != null && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.seq);
            if (message.more != null && message.more !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.more);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Run message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Run
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Run & restante.Run.$Shape} Run
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Run.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Run();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.clientSeq = value;
                        else
                            delete message.clientSeq;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.seq = value;
                        else
                            delete message.seq;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.more = value;
                        else
                            delete message.more;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Run;
    })();

    restante.NodeFrame = (function() {

        /**
         * Properties of a NodeFrame.
         * @typedef {Object} restante.NodeFrame.$Properties
         * @property {Array.<Uint8Array>|null} [entries] NodeFrame entries
         * @property {Array.<restante.Told.$Properties>|null} [told] NodeFrame told
         * @property {Array.<restante.Live.$Properties>|null} [live] NodeFrame live
         * @property {Array.<restante.Ousted.$Properties>|null} [ousted] NodeFrame ousted
         * @property {Array.<restante.Envelope.$Properties>|null} [typing] NodeFrame typing
         * @property {boolean|null} [look] NodeFrame look
         * @property {boolean|null} [compare] NodeFrame compare
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a NodeFrame.
         * @memberof restante
         * @interface INodeFrame
         * @augments restante.NodeFrame.$Properties
         * @deprecated Use restante.NodeFrame.$Properties instead.
         */

        /**
         * Shape of a NodeFrame.
         * @typedef {{
         *   entries?: Array.<Uint8Array>|null;
         *   told?: Array.<restante.Told.$Shape>|null;
         *   live?: Array.<restante.Live.$Shape>|null;
         *   ousted?: Array.<restante.Ousted.$Shape>|null;
         *   typing?: Array.<restante.Envelope.$Shape>|null;
         *   look?: boolean|null;
         *   compare?: boolean|null;
         *   $unknowns?: Array.<Uint8Array>;
         * }} restante.NodeFrame.$Shape
         */

        /**
         * Constructs a new NodeFrame.
         * @memberof restante
         * @classdesc Represents a NodeFrame.
         * @constructor
         * @param {restante.NodeFrame.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const NodeFrame = function (properties) {
            this.entries = [];
            this.told = [];
            this.live = [];
            this.ousted = [];
            this.typing = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * NodeFrame entries.
         * @member {Array.<Uint8Array>} entries
         * @memberof restante.NodeFrame
         * @instance
         */
        NodeFrame.prototype.entries = $util.emptyArray;

        /**
         * NodeFrame told.
         * @member {Array.<restante.Told.$Properties>} told
         * @memberof restante.NodeFrame
         * @instance
         */
        NodeFrame.prototype.told = $util.emptyArray;

        /**
         * NodeFrame live.
         * @member {Array.<restante.Live.$Properties>} live
         * @memberof restante.NodeFrame
         * @instance
         */
        NodeFrame.prototype.live = $util.emptyArray;

        /**
         * NodeFrame ousted.
         * @member {Array.<restante.Ousted.$Properties>} ousted
         * @memberof restante.NodeFrame
         * @instance
         */
        NodeFrame.prototype.ousted = $util.emptyArray;

        /**
         * NodeFrame typing.
         * @member {Array.<restante.Envelope.$Properties>} typing
         * @memberof restante.NodeFrame
         * @instance
         */
        NodeFrame.prototype.typing = $util.emptyArray;

        /**
         * NodeFrame look.
         * @member {boolean} look
         * @memberof restante.NodeFrame
         * @instance
         */
        NodeFrame.prototype.look = false;

        /**
         * NodeFrame compare.
         * @member {boolean} compare
         * @memberof restante.NodeFrame
         * @instance
         */
        NodeFrame.prototype.compare = false;

        /**
         * Creates a new NodeFrame instance using the specified properties.
         * @function create
         * @memberof restante.NodeFrame
         * @static
         * @param {restante.NodeFrame.$Properties=} [properties] Properties to set
         * @returns {restante.NodeFrame} NodeFrame instance
         * @type {{
         *   (properties: restante.NodeFrame.$Shape): restante.NodeFrame & restante.NodeFrame.$Shape;
         *   (properties?: restante.NodeFrame.$Properties): restante.NodeFrame;
         * }}
         */
        NodeFrame.create = function(properties) {
            return new NodeFrame(properties);
        };

        /**
         * Encodes the specified NodeFrame message. Does not implicitly {@link restante.NodeFrame.verify|verify} messages.
         * @function encode
         * @memberof restante.NodeFrame
         * @static
         * @param {restante.NodeFrame.$Properties} message NodeFrame message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        NodeFrame.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.entries != null && message.entries.length)
                for (let i = 0; i < message.entries.length; ++i)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.entries[i]);
            if (message.told != null && message.told.length)
                for (let i = 0; i < message.told.length; ++i)
                    $root.restante.Told.encode(message.told[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.live != null && message.live.length)
                for (let i = 0; i < message.live.length; ++i)
                    $root.restante.Live.encode(message.live[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.ousted != null && message.ousted.length)
                for (let i = 0; i < message.ousted.length; ++i)
                    $root.restante.Ousted.encode(message.ousted[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.typing != null && message.typing.length)
                for (let i = 0; i < message.typing.length; ++i)
                    $root.restante.Envelope.encode(message.typing[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.look != null && message.look !== false)
                writer.uint32(/* id 6, wireType 0 =*/48).bool(message.look);
            if (message.compare != null && message.compare !== false)
                writer.uint32(/* id 7, wireType 0 =*/56).bool(message.compare);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a NodeFrame message from the specified reader or buffer.
         * @function decode
         * @memberof restante.NodeFrame
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.NodeFrame & restante.NodeFrame.$Shape} NodeFrame
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        NodeFrame.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.NodeFrame();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.entries && message.entries.length))
                            message.entries = [];
                        message.entries.push(reader.bytes());
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.told && message.told.length))
                            message.told = [];
                        message.told.push($root.restante.Told.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.live && message.live.length))
                            message.live = [];
                        message.live.push($root.restante.Live.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.ousted && message.ousted.length))
                            message.ousted = [];
                        message.ousted.push($root.restante.Ousted.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.typing && message.typing.length))
                            message.typing = [];
                        message.typing.push($root.restante.Envelope.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.look = value;
                        else
                            delete message.look;
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.compare = value;
                        else
                            delete message.compare;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return NodeFrame;
    })();

    restante.Told = (function() {

        /**
         * Properties of a Told.
         * @typedef {Object} restante.Told.$Properties
         * @property {string|null} [mailbox] Told mailbox
         * @property {number|null} [position] Told position
         * @property {number|null} [entry] Told entry
         * @property {string|null} [only] Told only
         * @property {string|null} [except] Told except
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Told.
         * @memberof restante
         * @interface ITold
         * @augments restante.Told.$Properties
         * @deprecated Use restante.Told.$Properties instead.
         */

        /**
         * Shape of a Told.
         * @typedef {restante.Told.$Properties} restante.Told.$Shape
         */

        /**
         * Constructs a new Told.
         * @memberof restante
         * @classdesc Represents a Told.
         * @constructor
         * @param {restante.Told.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Told = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Told mailbox.
         * @member {string} mailbox
         * @memberof restante.Told
         * @instance
         */
        Told.prototype.mailbox = "";

        /**
         * Told position.
         * @member {number} position
         * @memberof restante.Told
         * @instance
         */
        Told.prototype.position = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Told entry.
         * @member {number} entry
         * @memberof restante.Told
         * @instance
         */
        Told.prototype.entry = 0;

        /**
         * Told only.
         * @member {string} only
         * @memberof restante.Told
         * @instance
         */
        Told.prototype.only = "";

        /**
         * Told except.
         * @member {string} except
         * @memberof restante.Told
         * @instance
         */
        Told.prototype.except = "";

        /**
         * Creates a new Told instance using the specified properties.
         * @function create
         * @memberof restante.Told
         * @static
         * @param {restante.Told.$Properties=} [properties] Properties to set
         * @returns {restante.Told} Told instance
         * @type {{
         *   (properties: restante.Told.$Shape): restante.Told & restante.Told.$Shape;
         *   (properties?: restante.Told.$Properties): restante.Told;
         * }}
         */
        Told.create = function(properties) {
            return new Told(properties);
        };

        /**
         * Encodes the specified Told message. Does not implicitly {@link restante.Told.verify|verify} messages.
         * @function encode
         * @memberof restante.Told
         * @static
         * @param {restante.Told.$Properties} message Told message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Told.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.mailbox != null && message.mailbox !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.mailbox);
            if (message.position != null && (typeof message.position === "object" ? message.position.low || message.position.high : message.position !== 0))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.position);
            if (message.entry != null && message.entry !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.entry);
            if (message.only != null && message.only !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.only);
            if (message.except != null && message.except !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.except);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Told message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Told
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Told & restante.Told.$Shape} Told
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Told.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Told();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.mailbox = value;
                        else
                            delete message.mailbox;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.position = value;
                        else
                            delete message.position;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.entry = value;
                        else
                            delete message.entry;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.only = value;
                        else
                            delete message.only;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.except = value;
                        else
                            delete message.except;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Told;
    })();

    restante.Live = (function() {

        /**
         * Properties of a Live.
         * @typedef {Object} restante.Live.$Properties
         * @property {Array.<string>|null} [users] Live users
         * @property {number|null} [entry] Live entry
         * @property {string|null} [only] Live only
         * @property {string|null} [exceptUser] Live exceptUser
         * @property {string|null} [exceptDevice] Live exceptDevice
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Live.
         * @memberof restante
         * @interface ILive
         * @augments restante.Live.$Properties
         * @deprecated Use restante.Live.$Properties instead.
         */

        /**
         * Shape of a Live.
         * @typedef {restante.Live.$Properties} restante.Live.$Shape
         */

        /**
         * Constructs a new Live.
         * @memberof restante
         * @classdesc Represents a Live.
         * @constructor
         * @param {restante.Live.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Live = function (properties) {
            this.users = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Live users.
         * @member {Array.<string>} users
         * @memberof restante.Live
         * @instance
         */
        Live.prototype.users = $util.emptyArray;

        /**
         * Live entry.
         * @member {number} entry
         * @memberof restante.Live
         * @instance
         */
        Live.prototype.entry = 0;

        /**
         * Live only.
         * @member {string} only
         * @memberof restante.Live
         * @instance
         */
        Live.prototype.only = "";

        /**
         * Live exceptUser.
         * @member {string} exceptUser
         * @memberof restante.Live
         * @instance
         */
        Live.prototype.exceptUser = "";

        /**
         * Live exceptDevice.
         * @member {string} exceptDevice
         * @memberof restante.Live
         * @instance
         */
        Live.prototype.exceptDevice = "";

        /**
         * Creates a new Live instance using the specified properties.
         * @function create
         * @memberof restante.Live
         * @static
         * @param {restante.Live.$Properties=} [properties] Properties to set
         * @returns {restante.Live} Live instance
         * @type {{
         *   (properties: restante.Live.$Shape): restante.Live & restante.Live.$Shape;
         *   (properties?: restante.Live.$Properties): restante.Live;
         * }}
         */
        Live.create = function(properties) {
            return new Live(properties);
        };

        /**
         * Encodes the specified Live message. Does not implicitly {@link restante.Live.verify|verify} messages.
         * @function encode
         * @memberof restante.Live
         * @static
         * @param {restante.Live.$Properties} message Live message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Live.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.users != null && message.users.length)
                for (let i = 0; i < message.users.length; ++i)
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.users[i]);
            if (message.entry != null && message.entry !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.entry);
            if (message.only != null && message.only !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.only);
            if (message.exceptUser != null && message.exceptUser !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.exceptUser);
            if (message.exceptDevice != null && message.exceptDevice !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.exceptDevice);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Live message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Live
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Live & restante.Live.$Shape} Live
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Live.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Live();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.users && message.users.length))
                            message.users = [];
                        message.users.push(reader.stringVerify());
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.entry = value;
                        else
                            delete message.entry;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.only = value;
                        else
                            delete message.only;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.exceptUser = value;
                        else
                            delete message.exceptUser;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.exceptDevice = value;
                        else
                            delete message.exceptDevice;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Live;
    })();

    restante.Ousted = (function() {

        /**
         * Properties of an Ousted.
         * @typedef {Object} restante.Ousted.$Properties
         * @property {string|null} [user] Ousted user
         * @property {string|null} [device] Ousted device
         * @property {number|null} [belowEpoch] Ousted belowEpoch
         * @property {string|null} [reason] Ousted reason
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Ousted.
         * @memberof restante
         * @interface IOusted
         * @augments restante.Ousted.$Properties
         * @deprecated Use restante.Ousted.$Properties instead.
         */

        /**
         * Shape of an Ousted.
         * @typedef {restante.Ousted.$Properties} restante.Ousted.$Shape
         */

        /**
         * Constructs a new Ousted.
         * @memberof restante
         * @classdesc Represents an Ousted.
         * @constructor
         * @param {restante.Ousted.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Ousted = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Ousted user.
         * @member {string} user
         * @memberof restante.Ousted
         * @instance
         */
        Ousted.prototype.user = "";

        /**
         * Ousted device.
         * @member {string} device
         * @memberof restante.Ousted
         * @instance
         */
        Ousted.prototype.device = "";

        /**
         * Ousted belowEpoch.
         * @member {number} belowEpoch
         * @memberof restante.Ousted
         * @instance
         */
        Ousted.prototype.belowEpoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Ousted reason.
         * @member {string} reason
         * @memberof restante.Ousted
         * @instance
         */
        Ousted.prototype.reason = "";

        /**
         * Creates a new Ousted instance using the specified properties.
         * @function create
         * @memberof restante.Ousted
         * @static
         * @param {restante.Ousted.$Properties=} [properties] Properties to set
         * @returns {restante.Ousted} Ousted instance
         * @type {{
         *   (properties: restante.Ousted.$Shape): restante.Ousted & restante.Ousted.$Shape;
         *   (properties?: restante.Ousted.$Properties): restante.Ousted;
         * }}
         */
        Ousted.create = function(properties) {
            return new Ousted(properties);
        };

        /**
         * Encodes the specified Ousted message. Does not implicitly {@link restante.Ousted.verify|verify} messages.
         * @function encode
         * @memberof restante.Ousted
         * @static
         * @param {restante.Ousted.$Properties} message Ousted message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Ousted.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.user);
            if (message.device != null && message.device !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.device);
            if (message.belowEpoch != null && (typeof message.belowEpoch === "object" ? message.belowEpoch.low || message.belowEpoch.high : message.belowEpoch !== 0))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.belowEpoch);
            if (message.reason != null && message.reason !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.reason);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Ousted message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Ousted
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Ousted & restante.Ousted.$Shape} Ousted
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Ousted.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.restante.Ousted();
            let isChosen = Boolean(_target);
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.user = value;
                        else
                            delete message.user;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.device = value;
                        else
                            delete message.device;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.belowEpoch = value;
                        else
                            delete message.belowEpoch;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.reason = value;
                        else
                            delete message.reason;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Ousted;
    })();

    return restante;
})();

export {
  $root as default
};
