/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["client"] || ($protobuf.roots["client"] = {});

export const restante = $root.restante = (() => {

    /**
     * Namespace restante.
     * @exports restante
     * @namespace
     */
    const restante = {};

    restante.Up = (function() {

        /**
         * Properties of an Up.
         * @typedef {Object} restante.Up.$Properties
         * @property {restante.SendMessage.$Properties|null} [message] Up message
         * @property {restante.Read.$Properties|null} [read] Up read
         * @property {restante.Typing.$Properties|null} [typing] Up typing
         * @property {restante.CreateChat.$Properties|null} [create] Up create
         * @property {restante.AddMembers.$Properties|null} [add] Up add
         * @property {restante.RemoveMembers.$Properties|null} [remove] Up remove
         * @property {restante.LeaveChat.$Properties|null} [leave] Up leave
         * @property {restante.RenameChat.$Properties|null} [rename] Up rename
         * @property {restante.SetRole.$Properties|null} [setRole] Up setRole
         * @property {restante.ChatQuery.$Properties|null} [query] Up query
         * @property {restante.SetDisappearing.$Properties|null} [setDisappearing] Up setDisappearing
         * @property {Array.<number>|null} [insteadOf] Up insteadOf
         * @property {"message"|"read"|"typing"|"create"|"add"|"remove"|"leave"|"rename"|"setRole"|"query"|"setDisappearing"} [body] Up body
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Up.
         * @memberof restante
         * @interface IUp
         * @augments restante.Up.$Properties
         * @deprecated Use restante.Up.$Properties instead.
         */

        /**
         * Narrowed shape of an Up.
         * @typedef {{
         *   message?: restante.SendMessage.$Shape|null;
         *   read?: restante.Read.$Shape|null;
         *   typing?: restante.Typing.$Shape|null;
         *   create?: restante.CreateChat.$Shape|null;
         *   add?: restante.AddMembers.$Shape|null;
         *   remove?: restante.RemoveMembers.$Shape|null;
         *   leave?: restante.LeaveChat.$Shape|null;
         *   rename?: restante.RenameChat.$Shape|null;
         *   setRole?: restante.SetRole.$Shape|null;
         *   query?: restante.ChatQuery.$Shape|null;
         *   setDisappearing?: restante.SetDisappearing.$Shape|null;
         *   insteadOf?: Array.<number>|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ body?: undefined; message?: null; read?: null; typing?: null; create?: null; add?: null; remove?: null; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "message"; message: restante.SendMessage.$Shape; read?: null; typing?: null; create?: null; add?: null; remove?: null; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "read"; message?: null; read: restante.Read.$Shape; typing?: null; create?: null; add?: null; remove?: null; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "typing"; message?: null; read?: null; typing: restante.Typing.$Shape; create?: null; add?: null; remove?: null; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "create"; message?: null; read?: null; typing?: null; create: restante.CreateChat.$Shape; add?: null; remove?: null; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "add"; message?: null; read?: null; typing?: null; create?: null; add: restante.AddMembers.$Shape; remove?: null; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "remove"; message?: null; read?: null; typing?: null; create?: null; add?: null; remove: restante.RemoveMembers.$Shape; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "leave"; message?: null; read?: null; typing?: null; create?: null; add?: null; remove?: null; leave: restante.LeaveChat.$Shape; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "rename"; message?: null; read?: null; typing?: null; create?: null; add?: null; remove?: null; leave?: null; rename: restante.RenameChat.$Shape; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "setRole"; message?: null; read?: null; typing?: null; create?: null; add?: null; remove?: null; leave?: null; rename?: null; setRole: restante.SetRole.$Shape; query?: null; setDisappearing?: null }|{ body?: "query"; message?: null; read?: null; typing?: null; create?: null; add?: null; remove?: null; leave?: null; rename?: null; setRole?: null; query: restante.ChatQuery.$Shape; setDisappearing?: null }|{ body?: "setDisappearing"; message?: null; read?: null; typing?: null; create?: null; add?: null; remove?: null; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing: restante.SetDisappearing.$Shape })
         * )} restante.Up.$Shape
         */

        /**
         * Constructs a new Up.
         * @memberof restante
         * @classdesc Represents an Up.
         * @constructor
         * @param {restante.Up.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Up = function (properties) {
            this.insteadOf = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Up message.
         * @member {restante.SendMessage.$Properties|null|undefined} message
         * @memberof restante.Up
         * @instance
         */
        Up.prototype.message = null;

        /**
         * Up read.
         * @member {restante.Read.$Properties|null|undefined} read
         * @memberof restante.Up
         * @instance
         */
        Up.prototype.read = null;

        /**
         * Up typing.
         * @member {restante.Typing.$Properties|null|undefined} typing
         * @memberof restante.Up
         * @instance
         */
        Up.prototype.typing = null;

        /**
         * Up create.
         * @member {restante.CreateChat.$Properties|null|undefined} create
         * @memberof restante.Up
         * @instance
         */
        Up.prototype.create = null;

        /**
         * Up add.
         * @member {restante.AddMembers.$Properties|null|undefined} add
         * @memberof restante.Up
         * @instance
         */
        Up.prototype.add = null;

        /**
         * Up remove.
         * @member {restante.RemoveMembers.$Properties|null|undefined} remove
         * @memberof restante.Up
         * @instance
         */
        Up.prototype.remove = null;

        /**
         * Up leave.
         * @member {restante.LeaveChat.$Properties|null|undefined} leave
         * @memberof restante.Up
         * @instance
         */
        Up.prototype.leave = null;

        /**
         * Up rename.
         * @member {restante.RenameChat.$Properties|null|undefined} rename
         * @memberof restante.Up
         * @instance
         */
        Up.prototype.rename = null;

        /**
         * Up setRole.
         * @member {restante.SetRole.$Properties|null|undefined} setRole
         * @memberof restante.Up
         * @instance
         */
        Up.prototype.setRole = null;

        /**
         * Up query.
         * @member {restante.ChatQuery.$Properties|null|undefined} query
         * @memberof restante.Up
         * @instance
         */
        Up.prototype.query = null;

        /**
         * Up setDisappearing.
         * @member {restante.SetDisappearing.$Properties|null|undefined} setDisappearing
         * @memberof restante.Up
         * @instance
         */
        Up.prototype.setDisappearing = null;

        /**
         * Up insteadOf.
         * @member {Array.<number>} insteadOf
         * @memberof restante.Up
         * @instance
         */
        Up.prototype.insteadOf = $util.emptyArray;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * Up body.
         * @member {"message"|"read"|"typing"|"create"|"add"|"remove"|"leave"|"rename"|"setRole"|"query"|"setDisappearing"|undefined} body
         * @memberof restante.Up
         * @instance
         */
        $Object.defineProperty(Up.prototype, "body", {
            get: $util.oneOfGetter($oneOfFields = ["message", "read", "typing", "create", "add", "remove", "leave", "rename", "setRole", "query", "setDisappearing"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Creates a new Up instance using the specified properties.
         * @function create
         * @memberof restante.Up
         * @static
         * @param {restante.Up.$Properties=} [properties] Properties to set
         * @returns {restante.Up} Up instance
         * @type {{
         *   (properties: restante.Up.$Shape): restante.Up & restante.Up.$Shape;
         *   (properties?: restante.Up.$Properties): restante.Up;
         * }}
         */
        Up.create = function(properties) {
            return new Up(properties);
        };

        /**
         * Encodes the specified Up message. Does not implicitly {@link restante.Up.verify|verify} messages.
         * @function encode
         * @memberof restante.Up
         * @static
         * @param {restante.Up.$Properties} message Up message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Up.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.message != null)
                $root.restante.SendMessage.encode(message.message, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.read != null)
                $root.restante.Read.encode(message.read, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.typing != null)
                $root.restante.Typing.encode(message.typing, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.create != null)
                $root.restante.CreateChat.encode(message.create, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.add != null)
                $root.restante.AddMembers.encode(message.add, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.remove != null)
                $root.restante.RemoveMembers.encode(message.remove, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.leave != null)
                $root.restante.LeaveChat.encode(message.leave, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.rename != null)
                $root.restante.RenameChat.encode(message.rename, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.setRole != null)
                $root.restante.SetRole.encode(message.setRole, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
            if (message.query != null)
                $root.restante.ChatQuery.encode(message.query, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
            if (message.insteadOf != null && message.insteadOf.length)
                writer.uint32(/* id 11, wireType 2 =*/90).uint64s(message.insteadOf);
            if (message.setDisappearing != null)
                $root.restante.SetDisappearing.encode(message.setDisappearing, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Up message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Up
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Up & restante.Up.$Shape} Up
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Up.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Up();
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
                        message.message = $root.restante.SendMessage.decode(reader, reader.size(), $undefined, _depth + 1, message.message);
                        if (isChosen)
                            message.body = "message";
                        isChosen = true;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.read = $root.restante.Read.decode(reader, reader.size(), $undefined, _depth + 1, message.read);
                        if (isChosen)
                            message.body = "read";
                        isChosen = true;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.typing = $root.restante.Typing.decode(reader, reader.size(), $undefined, _depth + 1, message.typing);
                        if (isChosen)
                            message.body = "typing";
                        isChosen = true;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.create = $root.restante.CreateChat.decode(reader, reader.size(), $undefined, _depth + 1, message.create);
                        if (isChosen)
                            message.body = "create";
                        isChosen = true;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.add = $root.restante.AddMembers.decode(reader, reader.size(), $undefined, _depth + 1, message.add);
                        if (isChosen)
                            message.body = "add";
                        isChosen = true;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.remove = $root.restante.RemoveMembers.decode(reader, reader.size(), $undefined, _depth + 1, message.remove);
                        if (isChosen)
                            message.body = "remove";
                        isChosen = true;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.leave = $root.restante.LeaveChat.decode(reader, reader.size(), $undefined, _depth + 1, message.leave);
                        if (isChosen)
                            message.body = "leave";
                        isChosen = true;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.rename = $root.restante.RenameChat.decode(reader, reader.size(), $undefined, _depth + 1, message.rename);
                        if (isChosen)
                            message.body = "rename";
                        isChosen = true;
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.setRole = $root.restante.SetRole.decode(reader, reader.size(), $undefined, _depth + 1, message.setRole);
                        if (isChosen)
                            message.body = "setRole";
                        isChosen = true;
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        message.query = $root.restante.ChatQuery.decode(reader, reader.size(), $undefined, _depth + 1, message.query);
                        if (isChosen)
                            message.body = "query";
                        isChosen = true;
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        message.setDisappearing = $root.restante.SetDisappearing.decode(reader, reader.size(), $undefined, _depth + 1, message.setDisappearing);
                        if (isChosen)
                            message.body = "setDisappearing";
                        isChosen = true;
                        continue;
                    }
                case 11: {
                        if (wireType === 2) {
                            if (!(message.insteadOf && message.insteadOf.length))
                                message.insteadOf = [];
                            reader.uint64s(message.insteadOf);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.insteadOf && message.insteadOf.length))
                            message.insteadOf = [];
                        message.insteadOf.push(reader.uint64());
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

        return Up;
    })();

    restante.SendMessage = (function() {

        /**
         * Properties of a SendMessage.
         * @typedef {Object} restante.SendMessage.$Properties
         * @property {number|null} [clientSeq] SendMessage clientSeq
         * @property {string|null} [text] SendMessage text
         * @property {Uint8Array|null} [body] SendMessage body
         * @property {string|null} [contentType] SendMessage contentType
         * @property {string|null} [peer] SendMessage peer
         * @property {Uint8Array|null} [content] SendMessage content
         * @property {boolean|null} [quiet] SendMessage quiet
         * @property {number|null} [ttlS] SendMessage ttlS
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SendMessage.
         * @memberof restante
         * @interface ISendMessage
         * @augments restante.SendMessage.$Properties
         * @deprecated Use restante.SendMessage.$Properties instead.
         */

        /**
         * Shape of a SendMessage.
         * @typedef {restante.SendMessage.$Properties} restante.SendMessage.$Shape
         */

        /**
         * Constructs a new SendMessage.
         * @memberof restante
         * @classdesc Represents a SendMessage.
         * @constructor
         * @param {restante.SendMessage.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SendMessage = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * SendMessage clientSeq.
         * @member {number} clientSeq
         * @memberof restante.SendMessage
         * @instance
         */
        SendMessage.prototype.clientSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * SendMessage text.
         * @member {string} text
         * @memberof restante.SendMessage
         * @instance
         */
        SendMessage.prototype.text = "";

        /**
         * SendMessage body.
         * @member {Uint8Array} body
         * @memberof restante.SendMessage
         * @instance
         */
        SendMessage.prototype.body = $util.newBuffer([]);

        /**
         * SendMessage contentType.
         * @member {string} contentType
         * @memberof restante.SendMessage
         * @instance
         */
        SendMessage.prototype.contentType = "";

        /**
         * SendMessage peer.
         * @member {string} peer
         * @memberof restante.SendMessage
         * @instance
         */
        SendMessage.prototype.peer = "";

        /**
         * SendMessage content.
         * @member {Uint8Array} content
         * @memberof restante.SendMessage
         * @instance
         */
        SendMessage.prototype.content = $util.newBuffer([]);

        /**
         * SendMessage quiet.
         * @member {boolean} quiet
         * @memberof restante.SendMessage
         * @instance
         */
        SendMessage.prototype.quiet = false;

        /**
         * SendMessage ttlS.
         * @member {number} ttlS
         * @memberof restante.SendMessage
         * @instance
         */
        SendMessage.prototype.ttlS = 0;

        /**
         * Creates a new SendMessage instance using the specified properties.
         * @function create
         * @memberof restante.SendMessage
         * @static
         * @param {restante.SendMessage.$Properties=} [properties] Properties to set
         * @returns {restante.SendMessage} SendMessage instance
         * @type {{
         *   (properties: restante.SendMessage.$Shape): restante.SendMessage & restante.SendMessage.$Shape;
         *   (properties?: restante.SendMessage.$Properties): restante.SendMessage;
         * }}
         */
        SendMessage.create = function(properties) {
            return new SendMessage(properties);
        };

        /**
         * Encodes the specified SendMessage message. Does not implicitly {@link restante.SendMessage.verify|verify} messages.
         * @function encode
         * @memberof restante.SendMessage
         * @static
         * @param {restante.SendMessage.$Properties} message SendMessage message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SendMessage.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.clientSeq != null && (typeof message.clientSeq === "object" ? message.clientSeq.low || message.clientSeq.high : message.clientSeq !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.clientSeq);
            if (message.text != null && message.text !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.text);
            if (message.body != null && message.body.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.body);
            if (message.contentType != null && message.contentType !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.contentType);
            if (message.peer != null && message.peer !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.peer);
            if (message.content != null && message.content.length)
                writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.content);
            if (message.quiet != null && message.quiet !== false)
                writer.uint32(/* id 7, wireType 0 =*/56).bool(message.quiet);
            if (message.ttlS != null && message.ttlS !== 0)
                writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.ttlS);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SendMessage message from the specified reader or buffer.
         * @function decode
         * @memberof restante.SendMessage
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.SendMessage & restante.SendMessage.$Shape} SendMessage
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SendMessage.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.SendMessage();
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
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.text = value;
                        else
                            delete message.text;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.body = value;
                        else
                            delete message.body;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.contentType = value;
                        else
                            delete message.contentType;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.peer = value;
                        else
                            delete message.peer;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.content = value;
                        else
                            delete message.content;
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.quiet = value;
                        else
                            delete message.quiet;
                        continue;
                    }
                case 8: {
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

        return SendMessage;
    })();

    restante.Read = (function() {

        /**
         * Properties of a Read.
         * @typedef {Object} restante.Read.$Properties
         * @property {number|null} [upTo] Read upTo
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Read.
         * @memberof restante
         * @interface IRead
         * @augments restante.Read.$Properties
         * @deprecated Use restante.Read.$Properties instead.
         */

        /**
         * Shape of a Read.
         * @typedef {restante.Read.$Properties} restante.Read.$Shape
         */

        /**
         * Constructs a new Read.
         * @memberof restante
         * @classdesc Represents a Read.
         * @constructor
         * @param {restante.Read.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Read = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Read upTo.
         * @member {number} upTo
         * @memberof restante.Read
         * @instance
         */
        Read.prototype.upTo = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Creates a new Read instance using the specified properties.
         * @function create
         * @memberof restante.Read
         * @static
         * @param {restante.Read.$Properties=} [properties] Properties to set
         * @returns {restante.Read} Read instance
         * @type {{
         *   (properties: restante.Read.$Shape): restante.Read & restante.Read.$Shape;
         *   (properties?: restante.Read.$Properties): restante.Read;
         * }}
         */
        Read.create = function(properties) {
            return new Read(properties);
        };

        /**
         * Encodes the specified Read message. Does not implicitly {@link restante.Read.verify|verify} messages.
         * @function encode
         * @memberof restante.Read
         * @static
         * @param {restante.Read.$Properties} message Read message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Read.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.upTo != null && (typeof message.upTo === "object" ? message.upTo.low || message.upTo.high : message.upTo !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.upTo);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Read message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Read
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Read & restante.Read.$Shape} Read
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Read.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Read();
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

        return Read;
    })();

    restante.Typing = (function() {

        /**
         * Properties of a Typing.
         * @typedef {Object} restante.Typing.$Properties
         * @property {boolean|null} [stopped] Typing stopped
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Typing.
         * @memberof restante
         * @interface ITyping
         * @augments restante.Typing.$Properties
         * @deprecated Use restante.Typing.$Properties instead.
         */

        /**
         * Shape of a Typing.
         * @typedef {restante.Typing.$Properties} restante.Typing.$Shape
         */

        /**
         * Constructs a new Typing.
         * @memberof restante
         * @classdesc Represents a Typing.
         * @constructor
         * @param {restante.Typing.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Typing = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Typing stopped.
         * @member {boolean} stopped
         * @memberof restante.Typing
         * @instance
         */
        Typing.prototype.stopped = false;

        /**
         * Creates a new Typing instance using the specified properties.
         * @function create
         * @memberof restante.Typing
         * @static
         * @param {restante.Typing.$Properties=} [properties] Properties to set
         * @returns {restante.Typing} Typing instance
         * @type {{
         *   (properties: restante.Typing.$Shape): restante.Typing & restante.Typing.$Shape;
         *   (properties?: restante.Typing.$Properties): restante.Typing;
         * }}
         */
        Typing.create = function(properties) {
            return new Typing(properties);
        };

        /**
         * Encodes the specified Typing message. Does not implicitly {@link restante.Typing.verify|verify} messages.
         * @function encode
         * @memberof restante.Typing
         * @static
         * @param {restante.Typing.$Properties} message Typing message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Typing.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.stopped != null && message.stopped !== false)
                writer.uint32(/* id 1, wireType 0 =*/8).bool(message.stopped);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Typing message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Typing
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Typing & restante.Typing.$Shape} Typing
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Typing.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Typing();
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
                            message.stopped = value;
                        else
                            delete message.stopped;
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

        return Typing;
    })();

    restante.CreateChat = (function() {

        /**
         * Properties of a CreateChat.
         * @typedef {Object} restante.CreateChat.$Properties
         * @property {number|null} [clientSeq] CreateChat clientSeq
         * @property {string|null} [name] CreateChat name
         * @property {Array.<string>|null} [members] CreateChat members
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a CreateChat.
         * @memberof restante
         * @interface ICreateChat
         * @augments restante.CreateChat.$Properties
         * @deprecated Use restante.CreateChat.$Properties instead.
         */

        /**
         * Shape of a CreateChat.
         * @typedef {restante.CreateChat.$Properties} restante.CreateChat.$Shape
         */

        /**
         * Constructs a new CreateChat.
         * @memberof restante
         * @classdesc Represents a CreateChat.
         * @constructor
         * @param {restante.CreateChat.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const CreateChat = function (properties) {
            this.members = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * CreateChat clientSeq.
         * @member {number} clientSeq
         * @memberof restante.CreateChat
         * @instance
         */
        CreateChat.prototype.clientSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * CreateChat name.
         * @member {string} name
         * @memberof restante.CreateChat
         * @instance
         */
        CreateChat.prototype.name = "";

        /**
         * CreateChat members.
         * @member {Array.<string>} members
         * @memberof restante.CreateChat
         * @instance
         */
        CreateChat.prototype.members = $util.emptyArray;

        /**
         * Creates a new CreateChat instance using the specified properties.
         * @function create
         * @memberof restante.CreateChat
         * @static
         * @param {restante.CreateChat.$Properties=} [properties] Properties to set
         * @returns {restante.CreateChat} CreateChat instance
         * @type {{
         *   (properties: restante.CreateChat.$Shape): restante.CreateChat & restante.CreateChat.$Shape;
         *   (properties?: restante.CreateChat.$Properties): restante.CreateChat;
         * }}
         */
        CreateChat.create = function(properties) {
            return new CreateChat(properties);
        };

        /**
         * Encodes the specified CreateChat message. Does not implicitly {@link restante.CreateChat.verify|verify} messages.
         * @function encode
         * @memberof restante.CreateChat
         * @static
         * @param {restante.CreateChat.$Properties} message CreateChat message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        CreateChat.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.clientSeq != null && (typeof message.clientSeq === "object" ? message.clientSeq.low || message.clientSeq.high : message.clientSeq !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.clientSeq);
            if (message.name != null && message.name !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
            if (message.members != null && message.members.length)
                for (let i = 0; i < message.members.length; ++i)
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.members[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a CreateChat message from the specified reader or buffer.
         * @function decode
         * @memberof restante.CreateChat
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.CreateChat & restante.CreateChat.$Shape} CreateChat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        CreateChat.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.CreateChat();
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
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.members && message.members.length))
                            message.members = [];
                        message.members.push(reader.stringVerify());
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

        return CreateChat;
    })();

    restante.AddMembers = (function() {

        /**
         * Properties of an AddMembers.
         * @typedef {Object} restante.AddMembers.$Properties
         * @property {number|null} [clientSeq] AddMembers clientSeq
         * @property {Array.<string>|null} [members] AddMembers members
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AddMembers.
         * @memberof restante
         * @interface IAddMembers
         * @augments restante.AddMembers.$Properties
         * @deprecated Use restante.AddMembers.$Properties instead.
         */

        /**
         * Shape of an AddMembers.
         * @typedef {restante.AddMembers.$Properties} restante.AddMembers.$Shape
         */

        /**
         * Constructs a new AddMembers.
         * @memberof restante
         * @classdesc Represents an AddMembers.
         * @constructor
         * @param {restante.AddMembers.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AddMembers = function (properties) {
            this.members = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AddMembers clientSeq.
         * @member {number} clientSeq
         * @memberof restante.AddMembers
         * @instance
         */
        AddMembers.prototype.clientSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * AddMembers members.
         * @member {Array.<string>} members
         * @memberof restante.AddMembers
         * @instance
         */
        AddMembers.prototype.members = $util.emptyArray;

        /**
         * Creates a new AddMembers instance using the specified properties.
         * @function create
         * @memberof restante.AddMembers
         * @static
         * @param {restante.AddMembers.$Properties=} [properties] Properties to set
         * @returns {restante.AddMembers} AddMembers instance
         * @type {{
         *   (properties: restante.AddMembers.$Shape): restante.AddMembers & restante.AddMembers.$Shape;
         *   (properties?: restante.AddMembers.$Properties): restante.AddMembers;
         * }}
         */
        AddMembers.create = function(properties) {
            return new AddMembers(properties);
        };

        /**
         * Encodes the specified AddMembers message. Does not implicitly {@link restante.AddMembers.verify|verify} messages.
         * @function encode
         * @memberof restante.AddMembers
         * @static
         * @param {restante.AddMembers.$Properties} message AddMembers message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AddMembers.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.clientSeq != null && (typeof message.clientSeq === "object" ? message.clientSeq.low || message.clientSeq.high : message.clientSeq !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.clientSeq);
            if (message.members != null && message.members.length)
                for (let i = 0; i < message.members.length; ++i)
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.members[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AddMembers message from the specified reader or buffer.
         * @function decode
         * @memberof restante.AddMembers
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.AddMembers & restante.AddMembers.$Shape} AddMembers
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AddMembers.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.AddMembers();
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
                        if (wireType !== 2)
                            break;
                        if (!(message.members && message.members.length))
                            message.members = [];
                        message.members.push(reader.stringVerify());
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

        return AddMembers;
    })();

    restante.RemoveMembers = (function() {

        /**
         * Properties of a RemoveMembers.
         * @typedef {Object} restante.RemoveMembers.$Properties
         * @property {number|null} [clientSeq] RemoveMembers clientSeq
         * @property {Array.<string>|null} [members] RemoveMembers members
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a RemoveMembers.
         * @memberof restante
         * @interface IRemoveMembers
         * @augments restante.RemoveMembers.$Properties
         * @deprecated Use restante.RemoveMembers.$Properties instead.
         */

        /**
         * Shape of a RemoveMembers.
         * @typedef {restante.RemoveMembers.$Properties} restante.RemoveMembers.$Shape
         */

        /**
         * Constructs a new RemoveMembers.
         * @memberof restante
         * @classdesc Represents a RemoveMembers.
         * @constructor
         * @param {restante.RemoveMembers.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const RemoveMembers = function (properties) {
            this.members = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * RemoveMembers clientSeq.
         * @member {number} clientSeq
         * @memberof restante.RemoveMembers
         * @instance
         */
        RemoveMembers.prototype.clientSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * RemoveMembers members.
         * @member {Array.<string>} members
         * @memberof restante.RemoveMembers
         * @instance
         */
        RemoveMembers.prototype.members = $util.emptyArray;

        /**
         * Creates a new RemoveMembers instance using the specified properties.
         * @function create
         * @memberof restante.RemoveMembers
         * @static
         * @param {restante.RemoveMembers.$Properties=} [properties] Properties to set
         * @returns {restante.RemoveMembers} RemoveMembers instance
         * @type {{
         *   (properties: restante.RemoveMembers.$Shape): restante.RemoveMembers & restante.RemoveMembers.$Shape;
         *   (properties?: restante.RemoveMembers.$Properties): restante.RemoveMembers;
         * }}
         */
        RemoveMembers.create = function(properties) {
            return new RemoveMembers(properties);
        };

        /**
         * Encodes the specified RemoveMembers message. Does not implicitly {@link restante.RemoveMembers.verify|verify} messages.
         * @function encode
         * @memberof restante.RemoveMembers
         * @static
         * @param {restante.RemoveMembers.$Properties} message RemoveMembers message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        RemoveMembers.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.clientSeq != null && (typeof message.clientSeq === "object" ? message.clientSeq.low || message.clientSeq.high : message.clientSeq !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.clientSeq);
            if (message.members != null && message.members.length)
                for (let i = 0; i < message.members.length; ++i)
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.members[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a RemoveMembers message from the specified reader or buffer.
         * @function decode
         * @memberof restante.RemoveMembers
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.RemoveMembers & restante.RemoveMembers.$Shape} RemoveMembers
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        RemoveMembers.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.RemoveMembers();
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
                        if (wireType !== 2)
                            break;
                        if (!(message.members && message.members.length))
                            message.members = [];
                        message.members.push(reader.stringVerify());
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

        return RemoveMembers;
    })();

    restante.LeaveChat = (function() {

        /**
         * Properties of a LeaveChat.
         * @typedef {Object} restante.LeaveChat.$Properties
         * @property {number|null} [clientSeq] LeaveChat clientSeq
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a LeaveChat.
         * @memberof restante
         * @interface ILeaveChat
         * @augments restante.LeaveChat.$Properties
         * @deprecated Use restante.LeaveChat.$Properties instead.
         */

        /**
         * Shape of a LeaveChat.
         * @typedef {restante.LeaveChat.$Properties} restante.LeaveChat.$Shape
         */

        /**
         * Constructs a new LeaveChat.
         * @memberof restante
         * @classdesc Represents a LeaveChat.
         * @constructor
         * @param {restante.LeaveChat.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const LeaveChat = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * LeaveChat clientSeq.
         * @member {number} clientSeq
         * @memberof restante.LeaveChat
         * @instance
         */
        LeaveChat.prototype.clientSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Creates a new LeaveChat instance using the specified properties.
         * @function create
         * @memberof restante.LeaveChat
         * @static
         * @param {restante.LeaveChat.$Properties=} [properties] Properties to set
         * @returns {restante.LeaveChat} LeaveChat instance
         * @type {{
         *   (properties: restante.LeaveChat.$Shape): restante.LeaveChat & restante.LeaveChat.$Shape;
         *   (properties?: restante.LeaveChat.$Properties): restante.LeaveChat;
         * }}
         */
        LeaveChat.create = function(properties) {
            return new LeaveChat(properties);
        };

        /**
         * Encodes the specified LeaveChat message. Does not implicitly {@link restante.LeaveChat.verify|verify} messages.
         * @function encode
         * @memberof restante.LeaveChat
         * @static
         * @param {restante.LeaveChat.$Properties} message LeaveChat message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        LeaveChat.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.clientSeq != null && (typeof message.clientSeq === "object" ? message.clientSeq.low || message.clientSeq.high : message.clientSeq !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.clientSeq);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a LeaveChat message from the specified reader or buffer.
         * @function decode
         * @memberof restante.LeaveChat
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.LeaveChat & restante.LeaveChat.$Shape} LeaveChat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        LeaveChat.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.LeaveChat();
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

        return LeaveChat;
    })();

    restante.RenameChat = (function() {

        /**
         * Properties of a RenameChat.
         * @typedef {Object} restante.RenameChat.$Properties
         * @property {number|null} [clientSeq] RenameChat clientSeq
         * @property {string|null} [name] RenameChat name
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a RenameChat.
         * @memberof restante
         * @interface IRenameChat
         * @augments restante.RenameChat.$Properties
         * @deprecated Use restante.RenameChat.$Properties instead.
         */

        /**
         * Shape of a RenameChat.
         * @typedef {restante.RenameChat.$Properties} restante.RenameChat.$Shape
         */

        /**
         * Constructs a new RenameChat.
         * @memberof restante
         * @classdesc Represents a RenameChat.
         * @constructor
         * @param {restante.RenameChat.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const RenameChat = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * RenameChat clientSeq.
         * @member {number} clientSeq
         * @memberof restante.RenameChat
         * @instance
         */
        RenameChat.prototype.clientSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * RenameChat name.
         * @member {string} name
         * @memberof restante.RenameChat
         * @instance
         */
        RenameChat.prototype.name = "";

        /**
         * Creates a new RenameChat instance using the specified properties.
         * @function create
         * @memberof restante.RenameChat
         * @static
         * @param {restante.RenameChat.$Properties=} [properties] Properties to set
         * @returns {restante.RenameChat} RenameChat instance
         * @type {{
         *   (properties: restante.RenameChat.$Shape): restante.RenameChat & restante.RenameChat.$Shape;
         *   (properties?: restante.RenameChat.$Properties): restante.RenameChat;
         * }}
         */
        RenameChat.create = function(properties) {
            return new RenameChat(properties);
        };

        /**
         * Encodes the specified RenameChat message. Does not implicitly {@link restante.RenameChat.verify|verify} messages.
         * @function encode
         * @memberof restante.RenameChat
         * @static
         * @param {restante.RenameChat.$Properties} message RenameChat message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        RenameChat.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.clientSeq != null && (typeof message.clientSeq === "object" ? message.clientSeq.low || message.clientSeq.high : message.clientSeq !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.clientSeq);
            if (message.name != null && message.name !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a RenameChat message from the specified reader or buffer.
         * @function decode
         * @memberof restante.RenameChat
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.RenameChat & restante.RenameChat.$Shape} RenameChat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        RenameChat.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.RenameChat();
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
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
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

        return RenameChat;
    })();

    restante.SetRole = (function() {

        /**
         * Properties of a SetRole.
         * @typedef {Object} restante.SetRole.$Properties
         * @property {number|null} [clientSeq] SetRole clientSeq
         * @property {string|null} [member] SetRole member
         * @property {number|null} [role] SetRole role
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SetRole.
         * @memberof restante
         * @interface ISetRole
         * @augments restante.SetRole.$Properties
         * @deprecated Use restante.SetRole.$Properties instead.
         */

        /**
         * Shape of a SetRole.
         * @typedef {restante.SetRole.$Properties} restante.SetRole.$Shape
         */

        /**
         * Constructs a new SetRole.
         * @memberof restante
         * @classdesc Represents a SetRole.
         * @constructor
         * @param {restante.SetRole.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SetRole = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * SetRole clientSeq.
         * @member {number} clientSeq
         * @memberof restante.SetRole
         * @instance
         */
        SetRole.prototype.clientSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * SetRole member.
         * @member {string} member
         * @memberof restante.SetRole
         * @instance
         */
        SetRole.prototype.member = "";

        /**
         * SetRole role.
         * @member {number} role
         * @memberof restante.SetRole
         * @instance
         */
        SetRole.prototype.role = 0;

        /**
         * Creates a new SetRole instance using the specified properties.
         * @function create
         * @memberof restante.SetRole
         * @static
         * @param {restante.SetRole.$Properties=} [properties] Properties to set
         * @returns {restante.SetRole} SetRole instance
         * @type {{
         *   (properties: restante.SetRole.$Shape): restante.SetRole & restante.SetRole.$Shape;
         *   (properties?: restante.SetRole.$Properties): restante.SetRole;
         * }}
         */
        SetRole.create = function(properties) {
            return new SetRole(properties);
        };

        /**
         * Encodes the specified SetRole message. Does not implicitly {@link restante.SetRole.verify|verify} messages.
         * @function encode
         * @memberof restante.SetRole
         * @static
         * @param {restante.SetRole.$Properties} message SetRole message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SetRole.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.clientSeq != null && (typeof message.clientSeq === "object" ? message.clientSeq.low || message.clientSeq.high : message.clientSeq !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.clientSeq);
            if (message.member != null && message.member !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.member);
            if (message.role != null && message.role !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.role);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SetRole message from the specified reader or buffer.
         * @function decode
         * @memberof restante.SetRole
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.SetRole & restante.SetRole.$Shape} SetRole
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SetRole.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.SetRole();
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
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.member = value;
                        else
                            delete message.member;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.role = value;
                        else
                            delete message.role;
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

        return SetRole;
    })();

    restante.SetDisappearing = (function() {

        /**
         * Properties of a SetDisappearing.
         * @typedef {Object} restante.SetDisappearing.$Properties
         * @property {number|null} [clientSeq] SetDisappearing clientSeq
         * @property {number|null} [afterS] SetDisappearing afterS
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SetDisappearing.
         * @memberof restante
         * @interface ISetDisappearing
         * @augments restante.SetDisappearing.$Properties
         * @deprecated Use restante.SetDisappearing.$Properties instead.
         */

        /**
         * Shape of a SetDisappearing.
         * @typedef {restante.SetDisappearing.$Properties} restante.SetDisappearing.$Shape
         */

        /**
         * Constructs a new SetDisappearing.
         * @memberof restante
         * @classdesc Represents a SetDisappearing.
         * @constructor
         * @param {restante.SetDisappearing.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SetDisappearing = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * SetDisappearing clientSeq.
         * @member {number} clientSeq
         * @memberof restante.SetDisappearing
         * @instance
         */
        SetDisappearing.prototype.clientSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * SetDisappearing afterS.
         * @member {number} afterS
         * @memberof restante.SetDisappearing
         * @instance
         */
        SetDisappearing.prototype.afterS = 0;

        /**
         * Creates a new SetDisappearing instance using the specified properties.
         * @function create
         * @memberof restante.SetDisappearing
         * @static
         * @param {restante.SetDisappearing.$Properties=} [properties] Properties to set
         * @returns {restante.SetDisappearing} SetDisappearing instance
         * @type {{
         *   (properties: restante.SetDisappearing.$Shape): restante.SetDisappearing & restante.SetDisappearing.$Shape;
         *   (properties?: restante.SetDisappearing.$Properties): restante.SetDisappearing;
         * }}
         */
        SetDisappearing.create = function(properties) {
            return new SetDisappearing(properties);
        };

        /**
         * Encodes the specified SetDisappearing message. Does not implicitly {@link restante.SetDisappearing.verify|verify} messages.
         * @function encode
         * @memberof restante.SetDisappearing
         * @static
         * @param {restante.SetDisappearing.$Properties} message SetDisappearing message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SetDisappearing.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.clientSeq != null && (typeof message.clientSeq === "object" ? message.clientSeq.low || message.clientSeq.high : message.clientSeq !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.clientSeq);
            if (message.afterS != null && message.afterS !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.afterS);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SetDisappearing message from the specified reader or buffer.
         * @function decode
         * @memberof restante.SetDisappearing
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.SetDisappearing & restante.SetDisappearing.$Shape} SetDisappearing
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SetDisappearing.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.SetDisappearing();
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
                        if (value = reader.uint32())
                            message.afterS = value;
                        else
                            delete message.afterS;
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

        return SetDisappearing;
    })();

    restante.ChatQuery = (function() {

        /**
         * Properties of a ChatQuery.
         * @typedef {Object} restante.ChatQuery.$Properties
         * @property {number|null} [request] ChatQuery request
         * @property {restante.DetailQuery.$Properties|null} [detail] ChatQuery detail
         * @property {restante.ReceiptsQuery.$Properties|null} [receipts] ChatQuery receipts
         * @property {"detail"|"receipts"} [what] ChatQuery what
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ChatQuery.
         * @memberof restante
         * @interface IChatQuery
         * @augments restante.ChatQuery.$Properties
         * @deprecated Use restante.ChatQuery.$Properties instead.
         */

        /**
         * Narrowed shape of a ChatQuery.
         * @typedef {{
         *   request?: number|null;
         *   detail?: restante.DetailQuery.$Shape|null;
         *   receipts?: restante.ReceiptsQuery.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ what?: undefined; detail?: null; receipts?: null }|{ what?: "detail"; detail: restante.DetailQuery.$Shape; receipts?: null }|{ what?: "receipts"; detail?: null; receipts: restante.ReceiptsQuery.$Shape })
         * )} restante.ChatQuery.$Shape
         */

        /**
         * Constructs a new ChatQuery.
         * @memberof restante
         * @classdesc Represents a ChatQuery.
         * @constructor
         * @param {restante.ChatQuery.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ChatQuery = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ChatQuery request.
         * @member {number} request
         * @memberof restante.ChatQuery
         * @instance
         */
        ChatQuery.prototype.request = 0;

        /**
         * ChatQuery detail.
         * @member {restante.DetailQuery.$Properties|null|undefined} detail
         * @memberof restante.ChatQuery
         * @instance
         */
        ChatQuery.prototype.detail = null;

        /**
         * ChatQuery receipts.
         * @member {restante.ReceiptsQuery.$Properties|null|undefined} receipts
         * @memberof restante.ChatQuery
         * @instance
         */
        ChatQuery.prototype.receipts = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * ChatQuery what.
         * @member {"detail"|"receipts"|undefined} what
         * @memberof restante.ChatQuery
         * @instance
         */
        $Object.defineProperty(ChatQuery.prototype, "what", {
            get: $util.oneOfGetter($oneOfFields = ["detail", "receipts"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Creates a new ChatQuery instance using the specified properties.
         * @function create
         * @memberof restante.ChatQuery
         * @static
         * @param {restante.ChatQuery.$Properties=} [properties] Properties to set
         * @returns {restante.ChatQuery} ChatQuery instance
         * @type {{
         *   (properties: restante.ChatQuery.$Shape): restante.ChatQuery & restante.ChatQuery.$Shape;
         *   (properties?: restante.ChatQuery.$Properties): restante.ChatQuery;
         * }}
         */
        ChatQuery.create = function(properties) {
            return new ChatQuery(properties);
        };

        /**
         * Encodes the specified ChatQuery message. Does not implicitly {@link restante.ChatQuery.verify|verify} messages.
         * @function encode
         * @memberof restante.ChatQuery
         * @static
         * @param {restante.ChatQuery.$Properties} message ChatQuery message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ChatQuery.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.request != null && message.request !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
            if (message.detail != null)
                $root.restante.DetailQuery.encode(message.detail, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.receipts != null)
                $root.restante.ReceiptsQuery.encode(message.receipts, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ChatQuery message from the specified reader or buffer.
         * @function decode
         * @memberof restante.ChatQuery
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.ChatQuery & restante.ChatQuery.$Shape} ChatQuery
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ChatQuery.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.ChatQuery();
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
                            message.request = value;
                        else
                            delete message.request;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.detail = $root.restante.DetailQuery.decode(reader, reader.size(), $undefined, _depth + 1, message.detail);
                        if (isChosen)
                            message.what = "detail";
                        isChosen = true;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.receipts = $root.restante.ReceiptsQuery.decode(reader, reader.size(), $undefined, _depth + 1, message.receipts);
                        if (isChosen)
                            message.what = "receipts";
                        isChosen = true;
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

        return ChatQuery;
    })();

    restante.DetailQuery = (function() {

        /**
         * Properties of a DetailQuery.
         * @typedef {Object} restante.DetailQuery.$Properties
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a DetailQuery.
         * @memberof restante
         * @interface IDetailQuery
         * @augments restante.DetailQuery.$Properties
         * @deprecated Use restante.DetailQuery.$Properties instead.
         */

        /**
         * Shape of a DetailQuery.
         * @typedef {restante.DetailQuery.$Properties} restante.DetailQuery.$Shape
         */

        /**
         * Constructs a new DetailQuery.
         * @memberof restante
         * @classdesc Represents a DetailQuery.
         * @constructor
         * @param {restante.DetailQuery.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const DetailQuery = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Creates a new DetailQuery instance using the specified properties.
         * @function create
         * @memberof restante.DetailQuery
         * @static
         * @param {restante.DetailQuery.$Properties=} [properties] Properties to set
         * @returns {restante.DetailQuery} DetailQuery instance
         * @type {{
         *   (properties: restante.DetailQuery.$Shape): restante.DetailQuery & restante.DetailQuery.$Shape;
         *   (properties?: restante.DetailQuery.$Properties): restante.DetailQuery;
         * }}
         */
        DetailQuery.create = function(properties) {
            return new DetailQuery(properties);
        };

        /**
         * Encodes the specified DetailQuery message. Does not implicitly {@link restante.DetailQuery.verify|verify} messages.
         * @function encode
         * @memberof restante.DetailQuery
         * @static
         * @param {restante.DetailQuery.$Properties} message DetailQuery message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        DetailQuery.encode = function (message, writer, _depth) {
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
         * Decodes a DetailQuery message from the specified reader or buffer.
         * @function decode
         * @memberof restante.DetailQuery
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.DetailQuery & restante.DetailQuery.$Shape} DetailQuery
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        DetailQuery.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.DetailQuery();
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

        return DetailQuery;
    })();

    restante.ReceiptsQuery = (function() {

        /**
         * Properties of a ReceiptsQuery.
         * @typedef {Object} restante.ReceiptsQuery.$Properties
         * @property {number|null} [seq] ReceiptsQuery seq
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ReceiptsQuery.
         * @memberof restante
         * @interface IReceiptsQuery
         * @augments restante.ReceiptsQuery.$Properties
         * @deprecated Use restante.ReceiptsQuery.$Properties instead.
         */

        /**
         * Shape of a ReceiptsQuery.
         * @typedef {restante.ReceiptsQuery.$Properties} restante.ReceiptsQuery.$Shape
         */

        /**
         * Constructs a new ReceiptsQuery.
         * @memberof restante
         * @classdesc Represents a ReceiptsQuery.
         * @constructor
         * @param {restante.ReceiptsQuery.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ReceiptsQuery = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ReceiptsQuery seq.
         * @member {number} seq
         * @memberof restante.ReceiptsQuery
         * @instance
         */
        ReceiptsQuery.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Creates a new ReceiptsQuery instance using the specified properties.
         * @function create
         * @memberof restante.ReceiptsQuery
         * @static
         * @param {restante.ReceiptsQuery.$Properties=} [properties] Properties to set
         * @returns {restante.ReceiptsQuery} ReceiptsQuery instance
         * @type {{
         *   (properties: restante.ReceiptsQuery.$Shape): restante.ReceiptsQuery & restante.ReceiptsQuery.$Shape;
         *   (properties?: restante.ReceiptsQuery.$Properties): restante.ReceiptsQuery;
         * }}
         */
        ReceiptsQuery.create = function(properties) {
            return new ReceiptsQuery(properties);
        };

        /**
         * Encodes the specified ReceiptsQuery message. Does not implicitly {@link restante.ReceiptsQuery.verify|verify} messages.
         * @function encode
         * @memberof restante.ReceiptsQuery
         * @static
         * @param {restante.ReceiptsQuery.$Properties} message ReceiptsQuery message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ReceiptsQuery.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.seq != null && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.seq);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ReceiptsQuery message from the specified reader or buffer.
         * @function decode
         * @memberof restante.ReceiptsQuery
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.ReceiptsQuery & restante.ReceiptsQuery.$Shape} ReceiptsQuery
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ReceiptsQuery.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.ReceiptsQuery();
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
                            message.seq = value;
                        else
                            delete message.seq;
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

        return ReceiptsQuery;
    })();

    restante.Down = (function() {

        /**
         * Properties of a Down.
         * @typedef {Object} restante.Down.$Properties
         * @property {Array.<restante.Message.$Properties>|null} [messages] Down messages
         * @property {Array.<restante.Accepted.$Properties>|null} [accepted] Down accepted
         * @property {Array.<restante.Rejected.$Properties>|null} [rejected] Down rejected
         * @property {Array.<restante.Receipt.$Properties>|null} [receipts] Down receipts
         * @property {Array.<restante.TypingNotice.$Properties>|null} [typing] Down typing
         * @property {Array.<restante.Response.$Properties>|null} [responses] Down responses
         * @property {Array.<restante.Gap.$Properties>|null} [gaps] Down gaps
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Down.
         * @memberof restante
         * @interface IDown
         * @augments restante.Down.$Properties
         * @deprecated Use restante.Down.$Properties instead.
         */

        /**
         * Shape of a Down.
         * @typedef {{
         *   messages?: Array.<restante.Message.$Shape>|null;
         *   accepted?: Array.<restante.Accepted.$Shape>|null;
         *   rejected?: Array.<restante.Rejected.$Shape>|null;
         *   receipts?: Array.<restante.Receipt.$Shape>|null;
         *   typing?: Array.<restante.TypingNotice.$Shape>|null;
         *   responses?: Array.<restante.Response.$Shape>|null;
         *   gaps?: Array.<restante.Gap.$Shape>|null;
         *   $unknowns?: Array.<Uint8Array>;
         * }} restante.Down.$Shape
         */

        /**
         * Constructs a new Down.
         * @memberof restante
         * @classdesc Represents a Down.
         * @constructor
         * @param {restante.Down.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Down = function (properties) {
            this.messages = [];
            this.accepted = [];
            this.rejected = [];
            this.receipts = [];
            this.typing = [];
            this.responses = [];
            this.gaps = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Down messages.
         * @member {Array.<restante.Message.$Properties>} messages
         * @memberof restante.Down
         * @instance
         */
        Down.prototype.messages = $util.emptyArray;

        /**
         * Down accepted.
         * @member {Array.<restante.Accepted.$Properties>} accepted
         * @memberof restante.Down
         * @instance
         */
        Down.prototype.accepted = $util.emptyArray;

        /**
         * Down rejected.
         * @member {Array.<restante.Rejected.$Properties>} rejected
         * @memberof restante.Down
         * @instance
         */
        Down.prototype.rejected = $util.emptyArray;

        /**
         * Down receipts.
         * @member {Array.<restante.Receipt.$Properties>} receipts
         * @memberof restante.Down
         * @instance
         */
        Down.prototype.receipts = $util.emptyArray;

        /**
         * Down typing.
         * @member {Array.<restante.TypingNotice.$Properties>} typing
         * @memberof restante.Down
         * @instance
         */
        Down.prototype.typing = $util.emptyArray;

        /**
         * Down responses.
         * @member {Array.<restante.Response.$Properties>} responses
         * @memberof restante.Down
         * @instance
         */
        Down.prototype.responses = $util.emptyArray;

        /**
         * Down gaps.
         * @member {Array.<restante.Gap.$Properties>} gaps
         * @memberof restante.Down
         * @instance
         */
        Down.prototype.gaps = $util.emptyArray;

        /**
         * Creates a new Down instance using the specified properties.
         * @function create
         * @memberof restante.Down
         * @static
         * @param {restante.Down.$Properties=} [properties] Properties to set
         * @returns {restante.Down} Down instance
         * @type {{
         *   (properties: restante.Down.$Shape): restante.Down & restante.Down.$Shape;
         *   (properties?: restante.Down.$Properties): restante.Down;
         * }}
         */
        Down.create = function(properties) {
            return new Down(properties);
        };

        /**
         * Encodes the specified Down message. Does not implicitly {@link restante.Down.verify|verify} messages.
         * @function encode
         * @memberof restante.Down
         * @static
         * @param {restante.Down.$Properties} message Down message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Down.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.messages != null && message.messages.length)
                for (let i = 0; i < message.messages.length; ++i)
                    $root.restante.Message.encode(message.messages[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.accepted != null && message.accepted.length)
                for (let i = 0; i < message.accepted.length; ++i)
                    $root.restante.Accepted.encode(message.accepted[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.rejected != null && message.rejected.length)
                for (let i = 0; i < message.rejected.length; ++i)
                    $root.restante.Rejected.encode(message.rejected[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.receipts != null && message.receipts.length)
                for (let i = 0; i < message.receipts.length; ++i)
                    $root.restante.Receipt.encode(message.receipts[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.typing != null && message.typing.length)
                for (let i = 0; i < message.typing.length; ++i)
                    $root.restante.TypingNotice.encode(message.typing[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.responses != null && message.responses.length)
                for (let i = 0; i < message.responses.length; ++i)
                    $root.restante.Response.encode(message.responses[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.gaps != null && message.gaps.length)
                for (let i = 0; i < message.gaps.length; ++i)
                    $root.restante.Gap.encode(message.gaps[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Down message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Down
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Down & restante.Down.$Shape} Down
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Down.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Down();
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
                        if (!(message.messages && message.messages.length))
                            message.messages = [];
                        message.messages.push($root.restante.Message.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.accepted && message.accepted.length))
                            message.accepted = [];
                        message.accepted.push($root.restante.Accepted.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.rejected && message.rejected.length))
                            message.rejected = [];
                        message.rejected.push($root.restante.Rejected.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.receipts && message.receipts.length))
                            message.receipts = [];
                        message.receipts.push($root.restante.Receipt.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.typing && message.typing.length))
                            message.typing = [];
                        message.typing.push($root.restante.TypingNotice.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if (!(message.responses && message.responses.length))
                            message.responses = [];
                        message.responses.push($root.restante.Response.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if (!(message.gaps && message.gaps.length))
                            message.gaps = [];
                        message.gaps.push($root.restante.Gap.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return Down;
    })();

    restante.Message = (function() {

        /**
         * Properties of a Message.
         * @typedef {Object} restante.Message.$Properties
         * @property {Uint8Array|null} [chat] Message chat
         * @property {number|null} [seq] Message seq
         * @property {number|null} [sender] Message sender
         * @property {number|null} [sentAtS] Message sentAtS
         * @property {string|null} [text] Message text
         * @property {Uint8Array|null} [body] Message body
         * @property {restante.Change.$Properties|null} [change] Message change
         * @property {string|null} [contentType] Message contentType
         * @property {Array.<string>|null} [directMembers] Message directMembers
         * @property {Uint8Array|null} [content] Message content
         * @property {boolean|null} [quiet] Message quiet
         * @property {boolean|null} [fromAdmin] Message fromAdmin
         * @property {number|null} [briefBefore] Message briefBefore
         * @property {"text"|"body"|"change"} [what] Message what
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Message.
         * @memberof restante
         * @interface IMessage
         * @augments restante.Message.$Properties
         * @deprecated Use restante.Message.$Properties instead.
         */

        /**
         * Narrowed shape of a Message.
         * @typedef {{
         *   chat?: Uint8Array|null;
         *   seq?: number|null;
         *   sender?: number|null;
         *   sentAtS?: number|null;
         *   text?: string|null;
         *   body?: Uint8Array|null;
         *   change?: restante.Change.$Shape|null;
         *   contentType?: string|null;
         *   directMembers?: Array.<string>|null;
         *   content?: Uint8Array|null;
         *   quiet?: boolean|null;
         *   fromAdmin?: boolean|null;
         *   briefBefore?: number|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ what?: undefined; text?: null; body?: null; change?: null }|{ what?: "text"; text: string; body?: null; change?: null }|{ what?: "body"; text?: null; body: Uint8Array; change?: null }|{ what?: "change"; text?: null; body?: null; change: restante.Change.$Shape })
         * )} restante.Message.$Shape
         */

        /**
         * Constructs a new Message.
         * @memberof restante
         * @classdesc Represents a Message.
         * @constructor
         * @param {restante.Message.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Message = function (properties) {
            this.directMembers = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Message chat.
         * @member {Uint8Array} chat
         * @memberof restante.Message
         * @instance
         */
        Message.prototype.chat = $util.newBuffer([]);

        /**
         * Message seq.
         * @member {number} seq
         * @memberof restante.Message
         * @instance
         */
        Message.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Message sender.
         * @member {number} sender
         * @memberof restante.Message
         * @instance
         */
        Message.prototype.sender = 0;

        /**
         * Message sentAtS.
         * @member {number} sentAtS
         * @memberof restante.Message
         * @instance
         */
        Message.prototype.sentAtS = 0;

        /**
         * Message text.
         * @member {string|null|undefined} text
         * @memberof restante.Message
         * @instance
         */
        Message.prototype.text = null;

        /**
         * Message body.
         * @member {Uint8Array|null|undefined} body
         * @memberof restante.Message
         * @instance
         */
        Message.prototype.body = null;

        /**
         * Message change.
         * @member {restante.Change.$Properties|null|undefined} change
         * @memberof restante.Message
         * @instance
         */
        Message.prototype.change = null;

        /**
         * Message contentType.
         * @member {string} contentType
         * @memberof restante.Message
         * @instance
         */
        Message.prototype.contentType = "";

        /**
         * Message directMembers.
         * @member {Array.<string>} directMembers
         * @memberof restante.Message
         * @instance
         */
        Message.prototype.directMembers = $util.emptyArray;

        /**
         * Message content.
         * @member {Uint8Array} content
         * @memberof restante.Message
         * @instance
         */
        Message.prototype.content = $util.newBuffer([]);

        /**
         * Message quiet.
         * @member {boolean} quiet
         * @memberof restante.Message
         * @instance
         */
        Message.prototype.quiet = false;

        /**
         * Message fromAdmin.
         * @member {boolean} fromAdmin
         * @memberof restante.Message
         * @instance
         */
        Message.prototype.fromAdmin = false;

        /**
         * Message briefBefore.
         * @member {number} briefBefore
         * @memberof restante.Message
         * @instance
         */
        Message.prototype.briefBefore = 0;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * Message what.
         * @member {"text"|"body"|"change"|undefined} what
         * @memberof restante.Message
         * @instance
         */
        $Object.defineProperty(Message.prototype, "what", {
            get: $util.oneOfGetter($oneOfFields = ["text", "body", "change"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Creates a new Message instance using the specified properties.
         * @function create
         * @memberof restante.Message
         * @static
         * @param {restante.Message.$Properties=} [properties] Properties to set
         * @returns {restante.Message} Message instance
         * @type {{
         *   (properties: restante.Message.$Shape): restante.Message & restante.Message.$Shape;
         *   (properties?: restante.Message.$Properties): restante.Message;
         * }}
         */
        Message.create = function(properties) {
            return new Message(properties);
        };

        /**
         * Encodes the specified Message message. Does not implicitly {@link restante.Message.verify|verify} messages.
         * @function encode
         * @memberof restante.Message
         * @static
         * @param {restante.Message.$Properties} message Message message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Message.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.chat != null && message.chat.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.chat);
            if (message.seq != null && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.seq);
            if (message.sender != null && message.sender !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.sender);
            if (message.sentAtS != null && message.sentAtS !== 0)
                writer.uint32(/* id 4, wireType 5 =*/37).fixed32(message.sentAtS);
            if (message.text != null)
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.text);
            if (message.body != null)
                writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.body);
            if (message.change != null)
                $root.restante.Change.encode(message.change, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.contentType != null && message.contentType !== "")
                writer.uint32(/* id 8, wireType 2 =*/66).string(message.contentType);
            if (message.directMembers != null && message.directMembers.length)
                for (let i = 0; i < message.directMembers.length; ++i)
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.directMembers[i]);
            if (message.content != null && message.content.length)
                writer.uint32(/* id 10, wireType 2 =*/82).bytes(message.content);
            if (message.quiet != null && message.quiet !== false)
                writer.uint32(/* id 11, wireType 0 =*/88).bool(message.quiet);
            if (message.fromAdmin != null && message.fromAdmin !== false)
                writer.uint32(/* id 12, wireType 0 =*/96).bool(message.fromAdmin);
            if (message.briefBefore != null && message.briefBefore !== 0)
                writer.uint32(/* id 13, wireType 0 =*/104).uint32(message.briefBefore);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Message message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Message
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Message & restante.Message.$Shape} Message
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Message.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Message();
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
                            message.sender = value;
                        else
                            delete message.sender;
                        continue;
                    }
                case 4: {
                        if (wireType !== 5)
                            break;
                        if (value = reader.fixed32())
                            message.sentAtS = value;
                        else
                            delete message.sentAtS;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.text = reader.stringVerify();
                        if (isChosen)
                            message.what = "text";
                        isChosen = true;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.body = reader.bytes();
                        if (isChosen)
                            message.what = "body";
                        isChosen = true;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.change = $root.restante.Change.decode(reader, reader.size(), $undefined, _depth + 1, message.change);
                        if (isChosen)
                            message.what = "change";
                        isChosen = true;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.contentType = value;
                        else
                            delete message.contentType;
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        if (!(message.directMembers && message.directMembers.length))
                            message.directMembers = [];
                        message.directMembers.push(reader.stringVerify());
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.content = value;
                        else
                            delete message.content;
                        continue;
                    }
                case 11: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.quiet = value;
                        else
                            delete message.quiet;
                        continue;
                    }
                case 12: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.fromAdmin = value;
                        else
                            delete message.fromAdmin;
                        continue;
                    }
                case 13: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.briefBefore = value;
                        else
                            delete message.briefBefore;
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

        return Message;
    })();

    /**
     * Role enum.
     * @name restante.Role
     * @enum {number}
     * @property {number} ROLE_UNSPECIFIED=0 ROLE_UNSPECIFIED value
     * @property {number} ROLE_MEMBER=1 ROLE_MEMBER value
     * @property {number} ROLE_ADMIN=2 ROLE_ADMIN value
     */
    restante.Role = (function() {
        const valuesById = $Object.create(null), values = $Object.create(valuesById);
        values[valuesById[0] = "ROLE_UNSPECIFIED"] = 0;
        values[valuesById[1] = "ROLE_MEMBER"] = 1;
        values[valuesById[2] = "ROLE_ADMIN"] = 2;
        return values;
    })();

    restante.Member = (function() {

        /**
         * Properties of a Member.
         * @typedef {Object} restante.Member.$Properties
         * @property {number|null} [number] Member number
         * @property {string|null} [user] Member user
         * @property {restante.Role|null} [role] Member role
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Member.
         * @memberof restante
         * @interface IMember
         * @augments restante.Member.$Properties
         * @deprecated Use restante.Member.$Properties instead.
         */

        /**
         * Shape of a Member.
         * @typedef {restante.Member.$Properties} restante.Member.$Shape
         */

        /**
         * Constructs a new Member.
         * @memberof restante
         * @classdesc Represents a Member.
         * @constructor
         * @param {restante.Member.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Member = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Member number.
         * @member {number} number
         * @memberof restante.Member
         * @instance
         */
        Member.prototype.number = 0;

        /**
         * Member user.
         * @member {string} user
         * @memberof restante.Member
         * @instance
         */
        Member.prototype.user = "";

        /**
         * Member role.
         * @member {restante.Role} role
         * @memberof restante.Member
         * @instance
         */
        Member.prototype.role = 0;

        /**
         * Creates a new Member instance using the specified properties.
         * @function create
         * @memberof restante.Member
         * @static
         * @param {restante.Member.$Properties=} [properties] Properties to set
         * @returns {restante.Member} Member instance
         * @type {{
         *   (properties: restante.Member.$Shape): restante.Member & restante.Member.$Shape;
         *   (properties?: restante.Member.$Properties): restante.Member;
         * }}
         */
        Member.create = function(properties) {
            return new Member(properties);
        };

        /**
         * Encodes the specified Member message. Does not implicitly {@link restante.Member.verify|verify} messages.
         * @function encode
         * @memberof restante.Member
         * @static
         * @param {restante.Member.$Properties} message Member message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Member.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.number != null && message.number !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.number);
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.user);
            if (message.role != null && message.role !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).int32(message.role);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Member message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Member
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Member & restante.Member.$Shape} Member
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Member.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Member();
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
                            message.number = value;
                        else
                            delete message.number;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.user = value;
                        else
                            delete message.user;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.role = value;
                        else
                            delete message.role;
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

        return Member;
    })();

    restante.Change = (function() {

        /**
         * Properties of a Change.
         * @typedef {Object} restante.Change.$Properties
         * @property {restante.Created.$Properties|null} [created] Change created
         * @property {restante.Added.$Properties|null} [added] Change added
         * @property {restante.Removed.$Properties|null} [removed] Change removed
         * @property {restante.Left.$Properties|null} [left] Change left
         * @property {restante.Renamed.$Properties|null} [renamed] Change renamed
         * @property {restante.RoleSet.$Properties|null} [roleSet] Change roleSet
         * @property {restante.DisappearingSet.$Properties|null} [disappearingSet] Change disappearingSet
         * @property {"created"|"added"|"removed"|"left"|"renamed"|"roleSet"|"disappearingSet"} [what] Change what
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Change.
         * @memberof restante
         * @interface IChange
         * @augments restante.Change.$Properties
         * @deprecated Use restante.Change.$Properties instead.
         */

        /**
         * Narrowed shape of a Change.
         * @typedef {{
         *   created?: restante.Created.$Shape|null;
         *   added?: restante.Added.$Shape|null;
         *   removed?: restante.Removed.$Shape|null;
         *   left?: restante.Left.$Shape|null;
         *   renamed?: restante.Renamed.$Shape|null;
         *   roleSet?: restante.RoleSet.$Shape|null;
         *   disappearingSet?: restante.DisappearingSet.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ what?: undefined; created?: null; added?: null; removed?: null; left?: null; renamed?: null; roleSet?: null; disappearingSet?: null }|{ what?: "created"; created: restante.Created.$Shape; added?: null; removed?: null; left?: null; renamed?: null; roleSet?: null; disappearingSet?: null }|{ what?: "added"; created?: null; added: restante.Added.$Shape; removed?: null; left?: null; renamed?: null; roleSet?: null; disappearingSet?: null }|{ what?: "removed"; created?: null; added?: null; removed: restante.Removed.$Shape; left?: null; renamed?: null; roleSet?: null; disappearingSet?: null }|{ what?: "left"; created?: null; added?: null; removed?: null; left: restante.Left.$Shape; renamed?: null; roleSet?: null; disappearingSet?: null }|{ what?: "renamed"; created?: null; added?: null; removed?: null; left?: null; renamed: restante.Renamed.$Shape; roleSet?: null; disappearingSet?: null }|{ what?: "roleSet"; created?: null; added?: null; removed?: null; left?: null; renamed?: null; roleSet: restante.RoleSet.$Shape; disappearingSet?: null }|{ what?: "disappearingSet"; created?: null; added?: null; removed?: null; left?: null; renamed?: null; roleSet?: null; disappearingSet: restante.DisappearingSet.$Shape })
         * )} restante.Change.$Shape
         */

        /**
         * Constructs a new Change.
         * @memberof restante
         * @classdesc Represents a Change.
         * @constructor
         * @param {restante.Change.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Change = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Change created.
         * @member {restante.Created.$Properties|null|undefined} created
         * @memberof restante.Change
         * @instance
         */
        Change.prototype.created = null;

        /**
         * Change added.
         * @member {restante.Added.$Properties|null|undefined} added
         * @memberof restante.Change
         * @instance
         */
        Change.prototype.added = null;

        /**
         * Change removed.
         * @member {restante.Removed.$Properties|null|undefined} removed
         * @memberof restante.Change
         * @instance
         */
        Change.prototype.removed = null;

        /**
         * Change left.
         * @member {restante.Left.$Properties|null|undefined} left
         * @memberof restante.Change
         * @instance
         */
        Change.prototype.left = null;

        /**
         * Change renamed.
         * @member {restante.Renamed.$Properties|null|undefined} renamed
         * @memberof restante.Change
         * @instance
         */
        Change.prototype.renamed = null;

        /**
         * Change roleSet.
         * @member {restante.RoleSet.$Properties|null|undefined} roleSet
         * @memberof restante.Change
         * @instance
         */
        Change.prototype.roleSet = null;

        /**
         * Change disappearingSet.
         * @member {restante.DisappearingSet.$Properties|null|undefined} disappearingSet
         * @memberof restante.Change
         * @instance
         */
        Change.prototype.disappearingSet = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * Change what.
         * @member {"created"|"added"|"removed"|"left"|"renamed"|"roleSet"|"disappearingSet"|undefined} what
         * @memberof restante.Change
         * @instance
         */
        $Object.defineProperty(Change.prototype, "what", {
            get: $util.oneOfGetter($oneOfFields = ["created", "added", "removed", "left", "renamed", "roleSet", "disappearingSet"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Creates a new Change instance using the specified properties.
         * @function create
         * @memberof restante.Change
         * @static
         * @param {restante.Change.$Properties=} [properties] Properties to set
         * @returns {restante.Change} Change instance
         * @type {{
         *   (properties: restante.Change.$Shape): restante.Change & restante.Change.$Shape;
         *   (properties?: restante.Change.$Properties): restante.Change;
         * }}
         */
        Change.create = function(properties) {
            return new Change(properties);
        };

        /**
         * Encodes the specified Change message. Does not implicitly {@link restante.Change.verify|verify} messages.
         * @function encode
         * @memberof restante.Change
         * @static
         * @param {restante.Change.$Properties} message Change message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Change.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.created != null)
                $root.restante.Created.encode(message.created, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.added != null)
                $root.restante.Added.encode(message.added, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.removed != null)
                $root.restante.Removed.encode(message.removed, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.left != null)
                $root.restante.Left.encode(message.left, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.renamed != null)
                $root.restante.Renamed.encode(message.renamed, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.roleSet != null)
                $root.restante.RoleSet.encode(message.roleSet, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.disappearingSet != null)
                $root.restante.DisappearingSet.encode(message.disappearingSet, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Change message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Change
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Change & restante.Change.$Shape} Change
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Change.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Change();
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
                        message.created = $root.restante.Created.decode(reader, reader.size(), $undefined, _depth + 1, message.created);
                        if (isChosen)
                            message.what = "created";
                        isChosen = true;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.added = $root.restante.Added.decode(reader, reader.size(), $undefined, _depth + 1, message.added);
                        if (isChosen)
                            message.what = "added";
                        isChosen = true;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.removed = $root.restante.Removed.decode(reader, reader.size(), $undefined, _depth + 1, message.removed);
                        if (isChosen)
                            message.what = "removed";
                        isChosen = true;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.left = $root.restante.Left.decode(reader, reader.size(), $undefined, _depth + 1, message.left);
                        if (isChosen)
                            message.what = "left";
                        isChosen = true;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.renamed = $root.restante.Renamed.decode(reader, reader.size(), $undefined, _depth + 1, message.renamed);
                        if (isChosen)
                            message.what = "renamed";
                        isChosen = true;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.roleSet = $root.restante.RoleSet.decode(reader, reader.size(), $undefined, _depth + 1, message.roleSet);
                        if (isChosen)
                            message.what = "roleSet";
                        isChosen = true;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.disappearingSet = $root.restante.DisappearingSet.decode(reader, reader.size(), $undefined, _depth + 1, message.disappearingSet);
                        if (isChosen)
                            message.what = "disappearingSet";
                        isChosen = true;
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

        return Change;
    })();

    restante.Created = (function() {

        /**
         * Properties of a Created.
         * @typedef {Object} restante.Created.$Properties
         * @property {string|null} [name] Created name
         * @property {Array.<restante.Member.$Properties>|null} [members] Created members
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Created.
         * @memberof restante
         * @interface ICreated
         * @augments restante.Created.$Properties
         * @deprecated Use restante.Created.$Properties instead.
         */

        /**
         * Shape of a Created.
         * @typedef {restante.Created.$Properties} restante.Created.$Shape
         */

        /**
         * Constructs a new Created.
         * @memberof restante
         * @classdesc Represents a Created.
         * @constructor
         * @param {restante.Created.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Created = function (properties) {
            this.members = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Created name.
         * @member {string} name
         * @memberof restante.Created
         * @instance
         */
        Created.prototype.name = "";

        /**
         * Created members.
         * @member {Array.<restante.Member.$Properties>} members
         * @memberof restante.Created
         * @instance
         */
        Created.prototype.members = $util.emptyArray;

        /**
         * Creates a new Created instance using the specified properties.
         * @function create
         * @memberof restante.Created
         * @static
         * @param {restante.Created.$Properties=} [properties] Properties to set
         * @returns {restante.Created} Created instance
         * @type {{
         *   (properties: restante.Created.$Shape): restante.Created & restante.Created.$Shape;
         *   (properties?: restante.Created.$Properties): restante.Created;
         * }}
         */
        Created.create = function(properties) {
            return new Created(properties);
        };

        /**
         * Encodes the specified Created message. Does not implicitly {@link restante.Created.verify|verify} messages.
         * @function encode
         * @memberof restante.Created
         * @static
         * @param {restante.Created.$Properties} message Created message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Created.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.members != null && message.members.length)
                for (let i = 0; i < message.members.length; ++i)
                    $root.restante.Member.encode(message.members[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Created message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Created
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Created & restante.Created.$Shape} Created
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Created.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Created();
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
                        if (!(message.members && message.members.length))
                            message.members = [];
                        message.members.push($root.restante.Member.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return Created;
    })();

    restante.Added = (function() {

        /**
         * Properties of an Added.
         * @typedef {Object} restante.Added.$Properties
         * @property {Array.<restante.Member.$Properties>|null} [members] Added members
         * @property {restante.Roster.$Properties|null} [roster] Added roster
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Added.
         * @memberof restante
         * @interface IAdded
         * @augments restante.Added.$Properties
         * @deprecated Use restante.Added.$Properties instead.
         */

        /**
         * Shape of an Added.
         * @typedef {restante.Added.$Properties} restante.Added.$Shape
         */

        /**
         * Constructs a new Added.
         * @memberof restante
         * @classdesc Represents an Added.
         * @constructor
         * @param {restante.Added.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Added = function (properties) {
            this.members = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Added members.
         * @member {Array.<restante.Member.$Properties>} members
         * @memberof restante.Added
         * @instance
         */
        Added.prototype.members = $util.emptyArray;

        /**
         * Added roster.
         * @member {restante.Roster.$Properties|null|undefined} roster
         * @memberof restante.Added
         * @instance
         */
        Added.prototype.roster = null;

        /**
         * Creates a new Added instance using the specified properties.
         * @function create
         * @memberof restante.Added
         * @static
         * @param {restante.Added.$Properties=} [properties] Properties to set
         * @returns {restante.Added} Added instance
         * @type {{
         *   (properties: restante.Added.$Shape): restante.Added & restante.Added.$Shape;
         *   (properties?: restante.Added.$Properties): restante.Added;
         * }}
         */
        Added.create = function(properties) {
            return new Added(properties);
        };

        /**
         * Encodes the specified Added message. Does not implicitly {@link restante.Added.verify|verify} messages.
         * @function encode
         * @memberof restante.Added
         * @static
         * @param {restante.Added.$Properties} message Added message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Added.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.members != null && message.members.length)
                for (let i = 0; i < message.members.length; ++i)
                    $root.restante.Member.encode(message.members[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.roster != null)
                $root.restante.Roster.encode(message.roster, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Added message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Added
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Added & restante.Added.$Shape} Added
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Added.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Added();
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
                        if (!(message.members && message.members.length))
                            message.members = [];
                        message.members.push($root.restante.Member.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.roster = $root.restante.Roster.decode(reader, reader.size(), $undefined, _depth + 1, message.roster);
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

        return Added;
    })();

    restante.Removed = (function() {

        /**
         * Properties of a Removed.
         * @typedef {Object} restante.Removed.$Properties
         * @property {Array.<number>|null} [members] Removed members
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Removed.
         * @memberof restante
         * @interface IRemoved
         * @augments restante.Removed.$Properties
         * @deprecated Use restante.Removed.$Properties instead.
         */

        /**
         * Shape of a Removed.
         * @typedef {restante.Removed.$Properties} restante.Removed.$Shape
         */

        /**
         * Constructs a new Removed.
         * @memberof restante
         * @classdesc Represents a Removed.
         * @constructor
         * @param {restante.Removed.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Removed = function (properties) {
            this.members = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Removed members.
         * @member {Array.<number>} members
         * @memberof restante.Removed
         * @instance
         */
        Removed.prototype.members = $util.emptyArray;

        /**
         * Creates a new Removed instance using the specified properties.
         * @function create
         * @memberof restante.Removed
         * @static
         * @param {restante.Removed.$Properties=} [properties] Properties to set
         * @returns {restante.Removed} Removed instance
         * @type {{
         *   (properties: restante.Removed.$Shape): restante.Removed & restante.Removed.$Shape;
         *   (properties?: restante.Removed.$Properties): restante.Removed;
         * }}
         */
        Removed.create = function(properties) {
            return new Removed(properties);
        };

        /**
         * Encodes the specified Removed message. Does not implicitly {@link restante.Removed.verify|verify} messages.
         * @function encode
         * @memberof restante.Removed
         * @static
         * @param {restante.Removed.$Properties} message Removed message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Removed.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.members != null && message.members.length)
                writer.uint32(/* id 1, wireType 2 =*/10).uint32s(message.members);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Removed message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Removed
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Removed & restante.Removed.$Shape} Removed
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Removed.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Removed();
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
                        if (wireType === 2) {
                            if (!(message.members && message.members.length))
                                message.members = [];
                            reader.uint32s(message.members);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.members && message.members.length))
                            message.members = [];
                        message.members.push(reader.uint32());
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

        return Removed;
    })();

    restante.Left = (function() {

        /**
         * Properties of a Left.
         * @typedef {Object} restante.Left.$Properties
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Left.
         * @memberof restante
         * @interface ILeft
         * @augments restante.Left.$Properties
         * @deprecated Use restante.Left.$Properties instead.
         */

        /**
         * Shape of a Left.
         * @typedef {restante.Left.$Properties} restante.Left.$Shape
         */

        /**
         * Constructs a new Left.
         * @memberof restante
         * @classdesc Represents a Left.
         * @constructor
         * @param {restante.Left.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Left = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Creates a new Left instance using the specified properties.
         * @function create
         * @memberof restante.Left
         * @static
         * @param {restante.Left.$Properties=} [properties] Properties to set
         * @returns {restante.Left} Left instance
         * @type {{
         *   (properties: restante.Left.$Shape): restante.Left & restante.Left.$Shape;
         *   (properties?: restante.Left.$Properties): restante.Left;
         * }}
         */
        Left.create = function(properties) {
            return new Left(properties);
        };

        /**
         * Encodes the specified Left message. Does not implicitly {@link restante.Left.verify|verify} messages.
         * @function encode
         * @memberof restante.Left
         * @static
         * @param {restante.Left.$Properties} message Left message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Left.encode = function (message, writer, _depth) {
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
         * Decodes a Left message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Left
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Left & restante.Left.$Shape} Left
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Left.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Left();
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

        return Left;
    })();

    restante.Renamed = (function() {

        /**
         * Properties of a Renamed.
         * @typedef {Object} restante.Renamed.$Properties
         * @property {string|null} [name] Renamed name
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Renamed.
         * @memberof restante
         * @interface IRenamed
         * @augments restante.Renamed.$Properties
         * @deprecated Use restante.Renamed.$Properties instead.
         */

        /**
         * Shape of a Renamed.
         * @typedef {restante.Renamed.$Properties} restante.Renamed.$Shape
         */

        /**
         * Constructs a new Renamed.
         * @memberof restante
         * @classdesc Represents a Renamed.
         * @constructor
         * @param {restante.Renamed.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Renamed = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Renamed name.
         * @member {string} name
         * @memberof restante.Renamed
         * @instance
         */
        Renamed.prototype.name = "";

        /**
         * Creates a new Renamed instance using the specified properties.
         * @function create
         * @memberof restante.Renamed
         * @static
         * @param {restante.Renamed.$Properties=} [properties] Properties to set
         * @returns {restante.Renamed} Renamed instance
         * @type {{
         *   (properties: restante.Renamed.$Shape): restante.Renamed & restante.Renamed.$Shape;
         *   (properties?: restante.Renamed.$Properties): restante.Renamed;
         * }}
         */
        Renamed.create = function(properties) {
            return new Renamed(properties);
        };

        /**
         * Encodes the specified Renamed message. Does not implicitly {@link restante.Renamed.verify|verify} messages.
         * @function encode
         * @memberof restante.Renamed
         * @static
         * @param {restante.Renamed.$Properties} message Renamed message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Renamed.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Renamed message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Renamed
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Renamed & restante.Renamed.$Shape} Renamed
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Renamed.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Renamed();
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

        return Renamed;
    })();

    restante.RoleSet = (function() {

        /**
         * Properties of a RoleSet.
         * @typedef {Object} restante.RoleSet.$Properties
         * @property {number|null} [member] RoleSet member
         * @property {restante.Role|null} [role] RoleSet role
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a RoleSet.
         * @memberof restante
         * @interface IRoleSet
         * @augments restante.RoleSet.$Properties
         * @deprecated Use restante.RoleSet.$Properties instead.
         */

        /**
         * Shape of a RoleSet.
         * @typedef {restante.RoleSet.$Properties} restante.RoleSet.$Shape
         */

        /**
         * Constructs a new RoleSet.
         * @memberof restante
         * @classdesc Represents a RoleSet.
         * @constructor
         * @param {restante.RoleSet.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const RoleSet = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * RoleSet member.
         * @member {number} member
         * @memberof restante.RoleSet
         * @instance
         */
        RoleSet.prototype.member = 0;

        /**
         * RoleSet role.
         * @member {restante.Role} role
         * @memberof restante.RoleSet
         * @instance
         */
        RoleSet.prototype.role = 0;

        /**
         * Creates a new RoleSet instance using the specified properties.
         * @function create
         * @memberof restante.RoleSet
         * @static
         * @param {restante.RoleSet.$Properties=} [properties] Properties to set
         * @returns {restante.RoleSet} RoleSet instance
         * @type {{
         *   (properties: restante.RoleSet.$Shape): restante.RoleSet & restante.RoleSet.$Shape;
         *   (properties?: restante.RoleSet.$Properties): restante.RoleSet;
         * }}
         */
        RoleSet.create = function(properties) {
            return new RoleSet(properties);
        };

        /**
         * Encodes the specified RoleSet message. Does not implicitly {@link restante.RoleSet.verify|verify} messages.
         * @function encode
         * @memberof restante.RoleSet
         * @static
         * @param {restante.RoleSet.$Properties} message RoleSet message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        RoleSet.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.member != null && message.member !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.member);
            if (message.role != null && message.role !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).int32(message.role);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a RoleSet message from the specified reader or buffer.
         * @function decode
         * @memberof restante.RoleSet
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.RoleSet & restante.RoleSet.$Shape} RoleSet
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        RoleSet.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.RoleSet();
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
                            message.member = value;
                        else
                            delete message.member;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.role = value;
                        else
                            delete message.role;
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

        return RoleSet;
    })();

    restante.DisappearingSet = (function() {

        /**
         * Properties of a DisappearingSet.
         * @typedef {Object} restante.DisappearingSet.$Properties
         * @property {number|null} [afterS] DisappearingSet afterS
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a DisappearingSet.
         * @memberof restante
         * @interface IDisappearingSet
         * @augments restante.DisappearingSet.$Properties
         * @deprecated Use restante.DisappearingSet.$Properties instead.
         */

        /**
         * Shape of a DisappearingSet.
         * @typedef {restante.DisappearingSet.$Properties} restante.DisappearingSet.$Shape
         */

        /**
         * Constructs a new DisappearingSet.
         * @memberof restante
         * @classdesc Represents a DisappearingSet.
         * @constructor
         * @param {restante.DisappearingSet.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const DisappearingSet = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * DisappearingSet afterS.
         * @member {number} afterS
         * @memberof restante.DisappearingSet
         * @instance
         */
        DisappearingSet.prototype.afterS = 0;

        /**
         * Creates a new DisappearingSet instance using the specified properties.
         * @function create
         * @memberof restante.DisappearingSet
         * @static
         * @param {restante.DisappearingSet.$Properties=} [properties] Properties to set
         * @returns {restante.DisappearingSet} DisappearingSet instance
         * @type {{
         *   (properties: restante.DisappearingSet.$Shape): restante.DisappearingSet & restante.DisappearingSet.$Shape;
         *   (properties?: restante.DisappearingSet.$Properties): restante.DisappearingSet;
         * }}
         */
        DisappearingSet.create = function(properties) {
            return new DisappearingSet(properties);
        };

        /**
         * Encodes the specified DisappearingSet message. Does not implicitly {@link restante.DisappearingSet.verify|verify} messages.
         * @function encode
         * @memberof restante.DisappearingSet
         * @static
         * @param {restante.DisappearingSet.$Properties} message DisappearingSet message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        DisappearingSet.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.afterS != null && message.afterS !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.afterS);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a DisappearingSet message from the specified reader or buffer.
         * @function decode
         * @memberof restante.DisappearingSet
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.DisappearingSet & restante.DisappearingSet.$Shape} DisappearingSet
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        DisappearingSet.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.DisappearingSet();
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
                            message.afterS = value;
                        else
                            delete message.afterS;
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

        return DisappearingSet;
    })();

    restante.Roster = (function() {

        /**
         * Properties of a Roster.
         * @typedef {Object} restante.Roster.$Properties
         * @property {string|null} [name] Roster name
         * @property {Array.<restante.Member.$Properties>|null} [members] Roster members
         * @property {number|null} [disappearAfterS] Roster disappearAfterS
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Roster.
         * @memberof restante
         * @interface IRoster
         * @augments restante.Roster.$Properties
         * @deprecated Use restante.Roster.$Properties instead.
         */

        /**
         * Shape of a Roster.
         * @typedef {restante.Roster.$Properties} restante.Roster.$Shape
         */

        /**
         * Constructs a new Roster.
         * @memberof restante
         * @classdesc Represents a Roster.
         * @constructor
         * @param {restante.Roster.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Roster = function (properties) {
            this.members = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Roster name.
         * @member {string} name
         * @memberof restante.Roster
         * @instance
         */
        Roster.prototype.name = "";

        /**
         * Roster members.
         * @member {Array.<restante.Member.$Properties>} members
         * @memberof restante.Roster
         * @instance
         */
        Roster.prototype.members = $util.emptyArray;

        /**
         * Roster disappearAfterS.
         * @member {number} disappearAfterS
         * @memberof restante.Roster
         * @instance
         */
        Roster.prototype.disappearAfterS = 0;

        /**
         * Creates a new Roster instance using the specified properties.
         * @function create
         * @memberof restante.Roster
         * @static
         * @param {restante.Roster.$Properties=} [properties] Properties to set
         * @returns {restante.Roster} Roster instance
         * @type {{
         *   (properties: restante.Roster.$Shape): restante.Roster & restante.Roster.$Shape;
         *   (properties?: restante.Roster.$Properties): restante.Roster;
         * }}
         */
        Roster.create = function(properties) {
            return new Roster(properties);
        };

        /**
         * Encodes the specified Roster message. Does not implicitly {@link restante.Roster.verify|verify} messages.
         * @function encode
         * @memberof restante.Roster
         * @static
         * @param {restante.Roster.$Properties} message Roster message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Roster.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.members != null && message.members.length)
                for (let i = 0; i < message.members.length; ++i)
                    $root.restante.Member.encode(message.members[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.disappearAfterS != null && message.disappearAfterS !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.disappearAfterS);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Roster message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Roster
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Roster & restante.Roster.$Shape} Roster
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Roster.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Roster();
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
                        if (!(message.members && message.members.length))
                            message.members = [];
                        message.members.push($root.restante.Member.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.disappearAfterS = value;
                        else
                            delete message.disappearAfterS;
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

        return Roster;
    })();

    restante.Accepted = (function() {

        /**
         * Properties of an Accepted.
         * @typedef {Object} restante.Accepted.$Properties
         * @property {number|null} [clientSeq] Accepted clientSeq
         * @property {number|null} [seq] Accepted seq
         * @property {number|null} [more] Accepted more
         * @property {number|null} [atS] Accepted atS
         * @property {boolean|null} [fromAdmin] Accepted fromAdmin
         * @property {number|null} [briefBefore] Accepted briefBefore
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Accepted.
         * @memberof restante
         * @interface IAccepted
         * @augments restante.Accepted.$Properties
         * @deprecated Use restante.Accepted.$Properties instead.
         */

        /**
         * Shape of an Accepted.
         * @typedef {restante.Accepted.$Properties} restante.Accepted.$Shape
         */

        /**
         * Constructs a new Accepted.
         * @memberof restante
         * @classdesc Represents an Accepted.
         * @constructor
         * @param {restante.Accepted.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Accepted = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Accepted clientSeq.
         * @member {number} clientSeq
         * @memberof restante.Accepted
         * @instance
         */
        Accepted.prototype.clientSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Accepted seq.
         * @member {number} seq
         * @memberof restante.Accepted
         * @instance
         */
        Accepted.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Accepted more.
         * @member {number} more
         * @memberof restante.Accepted
         * @instance
         */
        Accepted.prototype.more = 0;

        /**
         * Accepted atS.
         * @member {number} atS
         * @memberof restante.Accepted
         * @instance
         */
        Accepted.prototype.atS = 0;

        /**
         * Accepted fromAdmin.
         * @member {boolean} fromAdmin
         * @memberof restante.Accepted
         * @instance
         */
        Accepted.prototype.fromAdmin = false;

        /**
         * Accepted briefBefore.
         * @member {number} briefBefore
         * @memberof restante.Accepted
         * @instance
         */
        Accepted.prototype.briefBefore = 0;

        /**
         * Creates a new Accepted instance using the specified properties.
         * @function create
         * @memberof restante.Accepted
         * @static
         * @param {restante.Accepted.$Properties=} [properties] Properties to set
         * @returns {restante.Accepted} Accepted instance
         * @type {{
         *   (properties: restante.Accepted.$Shape): restante.Accepted & restante.Accepted.$Shape;
         *   (properties?: restante.Accepted.$Properties): restante.Accepted;
         * }}
         */
        Accepted.create = function(properties) {
            return new Accepted(properties);
        };

        /**
         * Encodes the specified Accepted message. Does not implicitly {@link restante.Accepted.verify|verify} messages.
         * @function encode
         * @memberof restante.Accepted
         * @static
         * @param {restante.Accepted.$Properties} message Accepted message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Accepted.encode = function (message, writer, _depth) {
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
            if (message.atS != null && message.atS !== 0)
                writer.uint32(/* id 4, wireType 5 =*/37).fixed32(message.atS);
            if (message.fromAdmin != null && message.fromAdmin !== false)
                writer.uint32(/* id 5, wireType 0 =*/40).bool(message.fromAdmin);
            if (message.briefBefore != null && message.briefBefore !== 0)
                writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.briefBefore);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Accepted message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Accepted
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Accepted & restante.Accepted.$Shape} Accepted
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Accepted.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Accepted();
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
                case 4: {
                        if (wireType !== 5)
                            break;
                        if (value = reader.fixed32())
                            message.atS = value;
                        else
                            delete message.atS;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.fromAdmin = value;
                        else
                            delete message.fromAdmin;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.briefBefore = value;
                        else
                            delete message.briefBefore;
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

        return Accepted;
    })();

    restante.Rejected = (function() {

        /**
         * Properties of a Rejected.
         * @typedef {Object} restante.Rejected.$Properties
         * @property {number|null} [clientSeq] Rejected clientSeq
         * @property {number|null} [code] Rejected code
         * @property {number|null} [retryAfterS] Rejected retryAfterS
         * @property {Uint8Array|null} [chat] Rejected chat
         * @property {number|null} [request] Rejected request
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Rejected.
         * @memberof restante
         * @interface IRejected
         * @augments restante.Rejected.$Properties
         * @deprecated Use restante.Rejected.$Properties instead.
         */

        /**
         * Shape of a Rejected.
         * @typedef {restante.Rejected.$Properties} restante.Rejected.$Shape
         */

        /**
         * Constructs a new Rejected.
         * @memberof restante
         * @classdesc Represents a Rejected.
         * @constructor
         * @param {restante.Rejected.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Rejected = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Rejected clientSeq.
         * @member {number} clientSeq
         * @memberof restante.Rejected
         * @instance
         */
        Rejected.prototype.clientSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Rejected code.
         * @member {number} code
         * @memberof restante.Rejected
         * @instance
         */
        Rejected.prototype.code = 0;

        /**
         * Rejected retryAfterS.
         * @member {number} retryAfterS
         * @memberof restante.Rejected
         * @instance
         */
        Rejected.prototype.retryAfterS = 0;

        /**
         * Rejected chat.
         * @member {Uint8Array} chat
         * @memberof restante.Rejected
         * @instance
         */
        Rejected.prototype.chat = $util.newBuffer([]);

        /**
         * Rejected request.
         * @member {number} request
         * @memberof restante.Rejected
         * @instance
         */
        Rejected.prototype.request = 0;

        /**
         * Creates a new Rejected instance using the specified properties.
         * @function create
         * @memberof restante.Rejected
         * @static
         * @param {restante.Rejected.$Properties=} [properties] Properties to set
         * @returns {restante.Rejected} Rejected instance
         * @type {{
         *   (properties: restante.Rejected.$Shape): restante.Rejected & restante.Rejected.$Shape;
         *   (properties?: restante.Rejected.$Properties): restante.Rejected;
         * }}
         */
        Rejected.create = function(properties) {
            return new Rejected(properties);
        };

        /**
         * Encodes the specified Rejected message. Does not implicitly {@link restante.Rejected.verify|verify} messages.
         * @function encode
         * @memberof restante.Rejected
         * @static
         * @param {restante.Rejected.$Properties} message Rejected message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Rejected.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.clientSeq != null && (typeof message.clientSeq === "object" ? message.clientSeq.low || message.clientSeq.high : message.clientSeq !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.clientSeq);
            if (message.code != null && message.code !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.code);
            if (message.retryAfterS != null && message.retryAfterS !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.retryAfterS);
            if (message.chat != null && message.chat.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.chat);
            if (message.request != null && message.request !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.request);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Rejected message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Rejected
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Rejected & restante.Rejected.$Shape} Rejected
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Rejected.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Rejected();
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
                        if (value = reader.uint32())
                            message.code = value;
                        else
                            delete message.code;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.retryAfterS = value;
                        else
                            delete message.retryAfterS;
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
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.request = value;
                        else
                            delete message.request;
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

        return Rejected;
    })();

    restante.Receipt = (function() {

        /**
         * Properties of a Receipt.
         * @typedef {Object} restante.Receipt.$Properties
         * @property {Uint8Array|null} [chat] Receipt chat
         * @property {number|null} [delivered] Receipt delivered
         * @property {number|null} [read] Receipt read
         * @property {number|null} [ownRead] Receipt ownRead
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Receipt.
         * @memberof restante
         * @interface IReceipt
         * @augments restante.Receipt.$Properties
         * @deprecated Use restante.Receipt.$Properties instead.
         */

        /**
         * Shape of a Receipt.
         * @typedef {restante.Receipt.$Properties} restante.Receipt.$Shape
         */

        /**
         * Constructs a new Receipt.
         * @memberof restante
         * @classdesc Represents a Receipt.
         * @constructor
         * @param {restante.Receipt.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Receipt = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Receipt chat.
         * @member {Uint8Array} chat
         * @memberof restante.Receipt
         * @instance
         */
        Receipt.prototype.chat = $util.newBuffer([]);

        /**
         * Receipt delivered.
         * @member {number} delivered
         * @memberof restante.Receipt
         * @instance
         */
        Receipt.prototype.delivered = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Receipt read.
         * @member {number} read
         * @memberof restante.Receipt
         * @instance
         */
        Receipt.prototype.read = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Receipt ownRead.
         * @member {number} ownRead
         * @memberof restante.Receipt
         * @instance
         */
        Receipt.prototype.ownRead = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Creates a new Receipt instance using the specified properties.
         * @function create
         * @memberof restante.Receipt
         * @static
         * @param {restante.Receipt.$Properties=} [properties] Properties to set
         * @returns {restante.Receipt} Receipt instance
         * @type {{
         *   (properties: restante.Receipt.$Shape): restante.Receipt & restante.Receipt.$Shape;
         *   (properties?: restante.Receipt.$Properties): restante.Receipt;
         * }}
         */
        Receipt.create = function(properties) {
            return new Receipt(properties);
        };

        /**
         * Encodes the specified Receipt message. Does not implicitly {@link restante.Receipt.verify|verify} messages.
         * @function encode
         * @memberof restante.Receipt
         * @static
         * @param {restante.Receipt.$Properties} message Receipt message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Receipt.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.chat != null && message.chat.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.chat);
            if (message.delivered != null && (typeof message.delivered === "object" ? message.delivered.low || message.delivered.high : message.delivered !== 0))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.delivered);
            if (message.read != null && (typeof message.read === "object" ? message.read.low || message.read.high : message.read !== 0))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.read);
            if (message.ownRead != null && (typeof message.ownRead === "object" ? message.ownRead.low || message.ownRead.high : message.ownRead !== 0))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.ownRead);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Receipt message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Receipt
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Receipt & restante.Receipt.$Shape} Receipt
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Receipt.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Receipt();
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
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.delivered = value;
                        else
                            delete message.delivered;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.read = value;
                        else
                            delete message.read;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.ownRead = value;
                        else
                            delete message.ownRead;
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

        return Receipt;
    })();

    restante.TypingNotice = (function() {

        /**
         * Properties of a TypingNotice.
         * @typedef {Object} restante.TypingNotice.$Properties
         * @property {Uint8Array|null} [chat] TypingNotice chat
         * @property {number|null} [member] TypingNotice member
         * @property {boolean|null} [stopped] TypingNotice stopped
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a TypingNotice.
         * @memberof restante
         * @interface ITypingNotice
         * @augments restante.TypingNotice.$Properties
         * @deprecated Use restante.TypingNotice.$Properties instead.
         */

        /**
         * Shape of a TypingNotice.
         * @typedef {restante.TypingNotice.$Properties} restante.TypingNotice.$Shape
         */

        /**
         * Constructs a new TypingNotice.
         * @memberof restante
         * @classdesc Represents a TypingNotice.
         * @constructor
         * @param {restante.TypingNotice.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const TypingNotice = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * TypingNotice chat.
         * @member {Uint8Array} chat
         * @memberof restante.TypingNotice
         * @instance
         */
        TypingNotice.prototype.chat = $util.newBuffer([]);

        /**
         * TypingNotice member.
         * @member {number} member
         * @memberof restante.TypingNotice
         * @instance
         */
        TypingNotice.prototype.member = 0;

        /**
         * TypingNotice stopped.
         * @member {boolean} stopped
         * @memberof restante.TypingNotice
         * @instance
         */
        TypingNotice.prototype.stopped = false;

        /**
         * Creates a new TypingNotice instance using the specified properties.
         * @function create
         * @memberof restante.TypingNotice
         * @static
         * @param {restante.TypingNotice.$Properties=} [properties] Properties to set
         * @returns {restante.TypingNotice} TypingNotice instance
         * @type {{
         *   (properties: restante.TypingNotice.$Shape): restante.TypingNotice & restante.TypingNotice.$Shape;
         *   (properties?: restante.TypingNotice.$Properties): restante.TypingNotice;
         * }}
         */
        TypingNotice.create = function(properties) {
            return new TypingNotice(properties);
        };

        /**
         * Encodes the specified TypingNotice message. Does not implicitly {@link restante.TypingNotice.verify|verify} messages.
         * @function encode
         * @memberof restante.TypingNotice
         * @static
         * @param {restante.TypingNotice.$Properties} message TypingNotice message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        TypingNotice.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.chat != null && message.chat.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.chat);
            if (message.member != null && message.member !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.member);
            if (message.stopped != null && message.stopped !== false)
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.stopped);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a TypingNotice message from the specified reader or buffer.
         * @function decode
         * @memberof restante.TypingNotice
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.TypingNotice & restante.TypingNotice.$Shape} TypingNotice
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        TypingNotice.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.TypingNotice();
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
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.member = value;
                        else
                            delete message.member;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.stopped = value;
                        else
                            delete message.stopped;
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

        return TypingNotice;
    })();

    restante.Gap = (function() {

        /**
         * Properties of a Gap.
         * @typedef {Object} restante.Gap.$Properties
         * @property {number|null} [dropped] Gap dropped
         * @property {Uint8Array|null} [chat] Gap chat
         * @property {number|null} [firstSeq] Gap firstSeq
         * @property {number|null} [lastSeq] Gap lastSeq
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Gap.
         * @memberof restante
         * @interface IGap
         * @augments restante.Gap.$Properties
         * @deprecated Use restante.Gap.$Properties instead.
         */

        /**
         * Shape of a Gap.
         * @typedef {restante.Gap.$Properties} restante.Gap.$Shape
         */

        /**
         * Constructs a new Gap.
         * @memberof restante
         * @classdesc Represents a Gap.
         * @constructor
         * @param {restante.Gap.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Gap = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Gap dropped.
         * @member {number} dropped
         * @memberof restante.Gap
         * @instance
         */
        Gap.prototype.dropped = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Gap chat.
         * @member {Uint8Array} chat
         * @memberof restante.Gap
         * @instance
         */
        Gap.prototype.chat = $util.newBuffer([]);

        /**
         * Gap firstSeq.
         * @member {number} firstSeq
         * @memberof restante.Gap
         * @instance
         */
        Gap.prototype.firstSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Gap lastSeq.
         * @member {number} lastSeq
         * @memberof restante.Gap
         * @instance
         */
        Gap.prototype.lastSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Creates a new Gap instance using the specified properties.
         * @function create
         * @memberof restante.Gap
         * @static
         * @param {restante.Gap.$Properties=} [properties] Properties to set
         * @returns {restante.Gap} Gap instance
         * @type {{
         *   (properties: restante.Gap.$Shape): restante.Gap & restante.Gap.$Shape;
         *   (properties?: restante.Gap.$Properties): restante.Gap;
         * }}
         */
        Gap.create = function(properties) {
            return new Gap(properties);
        };

        /**
         * Encodes the specified Gap message. Does not implicitly {@link restante.Gap.verify|verify} messages.
         * @function encode
         * @memberof restante.Gap
         * @static
         * @param {restante.Gap.$Properties} message Gap message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Gap.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.dropped != null && (typeof message.dropped === "object" ? message.dropped.low || message.dropped.high : message.dropped !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.dropped);
            if (message.chat != null && message.chat.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.chat);
            if (message.firstSeq != null && (typeof message.firstSeq === "object" ? message.firstSeq.low || message.firstSeq.high : message.firstSeq !== 0))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.firstSeq);
            if (message.lastSeq != null && (typeof message.lastSeq === "object" ? message.lastSeq.low || message.lastSeq.high : message.lastSeq !== 0))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.lastSeq);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Gap message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Gap
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Gap & restante.Gap.$Shape} Gap
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Gap.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Gap();
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
                            message.dropped = value;
                        else
                            delete message.dropped;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.chat = value;
                        else
                            delete message.chat;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.firstSeq = value;
                        else
                            delete message.firstSeq;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.lastSeq = value;
                        else
                            delete message.lastSeq;
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

        return Gap;
    })();

    restante.Response = (function() {

        /**
         * Properties of a Response.
         * @typedef {Object} restante.Response.$Properties
         * @property {number|null} [request] Response request
         * @property {restante.Done.$Properties|null} [done] Response done
         * @property {restante.ChatList.$Properties|null} [chats] Response chats
         * @property {restante.ChatDetail.$Properties|null} [chat] Response chat
         * @property {restante.ReceiptDetail.$Properties|null} [receipts] Response receipts
         * @property {restante.DeviceList.$Properties|null} [devices] Response devices
         * @property {restante.DeadList.$Properties|null} [dead] Response dead
         * @property {"done"|"chats"|"chat"|"receipts"|"devices"|"dead"} [answer] Response answer
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Response.
         * @memberof restante
         * @interface IResponse
         * @augments restante.Response.$Properties
         * @deprecated Use restante.Response.$Properties instead.
         */

        /**
         * Narrowed shape of a Response.
         * @typedef {{
         *   request?: number|null;
         *   done?: restante.Done.$Shape|null;
         *   chats?: restante.ChatList.$Shape|null;
         *   chat?: restante.ChatDetail.$Shape|null;
         *   receipts?: restante.ReceiptDetail.$Shape|null;
         *   devices?: restante.DeviceList.$Shape|null;
         *   dead?: restante.DeadList.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ answer?: undefined; done?: null; chats?: null; chat?: null; receipts?: null; devices?: null; dead?: null }|{ answer?: "done"; done: restante.Done.$Shape; chats?: null; chat?: null; receipts?: null; devices?: null; dead?: null }|{ answer?: "chats"; done?: null; chats: restante.ChatList.$Shape; chat?: null; receipts?: null; devices?: null; dead?: null }|{ answer?: "chat"; done?: null; chats?: null; chat: restante.ChatDetail.$Shape; receipts?: null; devices?: null; dead?: null }|{ answer?: "receipts"; done?: null; chats?: null; chat?: null; receipts: restante.ReceiptDetail.$Shape; devices?: null; dead?: null }|{ answer?: "devices"; done?: null; chats?: null; chat?: null; receipts?: null; devices: restante.DeviceList.$Shape; dead?: null }|{ answer?: "dead"; done?: null; chats?: null; chat?: null; receipts?: null; devices?: null; dead: restante.DeadList.$Shape })
         * )} restante.Response.$Shape
         */

        /**
         * Constructs a new Response.
         * @memberof restante
         * @classdesc Represents a Response.
         * @constructor
         * @param {restante.Response.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Response = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Response request.
         * @member {number} request
         * @memberof restante.Response
         * @instance
         */
        Response.prototype.request = 0;

        /**
         * Response done.
         * @member {restante.Done.$Properties|null|undefined} done
         * @memberof restante.Response
         * @instance
         */
        Response.prototype.done = null;

        /**
         * Response chats.
         * @member {restante.ChatList.$Properties|null|undefined} chats
         * @memberof restante.Response
         * @instance
         */
        Response.prototype.chats = null;

        /**
         * Response chat.
         * @member {restante.ChatDetail.$Properties|null|undefined} chat
         * @memberof restante.Response
         * @instance
         */
        Response.prototype.chat = null;

        /**
         * Response receipts.
         * @member {restante.ReceiptDetail.$Properties|null|undefined} receipts
         * @memberof restante.Response
         * @instance
         */
        Response.prototype.receipts = null;

        /**
         * Response devices.
         * @member {restante.DeviceList.$Properties|null|undefined} devices
         * @memberof restante.Response
         * @instance
         */
        Response.prototype.devices = null;

        /**
         * Response dead.
         * @member {restante.DeadList.$Properties|null|undefined} dead
         * @memberof restante.Response
         * @instance
         */
        Response.prototype.dead = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * Response answer.
         * @member {"done"|"chats"|"chat"|"receipts"|"devices"|"dead"|undefined} answer
         * @memberof restante.Response
         * @instance
         */
        $Object.defineProperty(Response.prototype, "answer", {
            get: $util.oneOfGetter($oneOfFields = ["done", "chats", "chat", "receipts", "devices", "dead"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Creates a new Response instance using the specified properties.
         * @function create
         * @memberof restante.Response
         * @static
         * @param {restante.Response.$Properties=} [properties] Properties to set
         * @returns {restante.Response} Response instance
         * @type {{
         *   (properties: restante.Response.$Shape): restante.Response & restante.Response.$Shape;
         *   (properties?: restante.Response.$Properties): restante.Response;
         * }}
         */
        Response.create = function(properties) {
            return new Response(properties);
        };

        /**
         * Encodes the specified Response message. Does not implicitly {@link restante.Response.verify|verify} messages.
         * @function encode
         * @memberof restante.Response
         * @static
         * @param {restante.Response.$Properties} message Response message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Response.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.request != null && message.request !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
            if (message.done != null)
                $root.restante.Done.encode(message.done, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.chats != null)
                $root.restante.ChatList.encode(message.chats, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.chat != null)
                $root.restante.ChatDetail.encode(message.chat, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.receipts != null)
                $root.restante.ReceiptDetail.encode(message.receipts, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.devices != null)
                $root.restante.DeviceList.encode(message.devices, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.dead != null)
                $root.restante.DeadList.encode(message.dead, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Response message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Response
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Response & restante.Response.$Shape} Response
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Response.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Response();
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
                            message.request = value;
                        else
                            delete message.request;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.done = $root.restante.Done.decode(reader, reader.size(), $undefined, _depth + 1, message.done);
                        if (isChosen)
                            message.answer = "done";
                        isChosen = true;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.chats = $root.restante.ChatList.decode(reader, reader.size(), $undefined, _depth + 1, message.chats);
                        if (isChosen)
                            message.answer = "chats";
                        isChosen = true;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.chat = $root.restante.ChatDetail.decode(reader, reader.size(), $undefined, _depth + 1, message.chat);
                        if (isChosen)
                            message.answer = "chat";
                        isChosen = true;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.receipts = $root.restante.ReceiptDetail.decode(reader, reader.size(), $undefined, _depth + 1, message.receipts);
                        if (isChosen)
                            message.answer = "receipts";
                        isChosen = true;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.devices = $root.restante.DeviceList.decode(reader, reader.size(), $undefined, _depth + 1, message.devices);
                        if (isChosen)
                            message.answer = "devices";
                        isChosen = true;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.dead = $root.restante.DeadList.decode(reader, reader.size(), $undefined, _depth + 1, message.dead);
                        if (isChosen)
                            message.answer = "dead";
                        isChosen = true;
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

        return Response;
    })();

    restante.Done = (function() {

        /**
         * Properties of a Done.
         * @typedef {Object} restante.Done.$Properties
         * @property {boolean|null} [stillConnected] Done stillConnected
         * @property {Array.<string>|null} [alike] Done alike
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Done.
         * @memberof restante
         * @interface IDone
         * @augments restante.Done.$Properties
         * @deprecated Use restante.Done.$Properties instead.
         */

        /**
         * Shape of a Done.
         * @typedef {restante.Done.$Properties} restante.Done.$Shape
         */

        /**
         * Constructs a new Done.
         * @memberof restante
         * @classdesc Represents a Done.
         * @constructor
         * @param {restante.Done.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Done = function (properties) {
            this.alike = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Done stillConnected.
         * @member {boolean} stillConnected
         * @memberof restante.Done
         * @instance
         */
        Done.prototype.stillConnected = false;

        /**
         * Done alike.
         * @member {Array.<string>} alike
         * @memberof restante.Done
         * @instance
         */
        Done.prototype.alike = $util.emptyArray;

        /**
         * Creates a new Done instance using the specified properties.
         * @function create
         * @memberof restante.Done
         * @static
         * @param {restante.Done.$Properties=} [properties] Properties to set
         * @returns {restante.Done} Done instance
         * @type {{
         *   (properties: restante.Done.$Shape): restante.Done & restante.Done.$Shape;
         *   (properties?: restante.Done.$Properties): restante.Done;
         * }}
         */
        Done.create = function(properties) {
            return new Done(properties);
        };

        /**
         * Encodes the specified Done message. Does not implicitly {@link restante.Done.verify|verify} messages.
         * @function encode
         * @memberof restante.Done
         * @static
         * @param {restante.Done.$Properties} message Done message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Done.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.stillConnected != null && message.stillConnected !== false)
                writer.uint32(/* id 1, wireType 0 =*/8).bool(message.stillConnected);
            if (message.alike != null && message.alike.length)
                for (let i = 0; i < message.alike.length; ++i)
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.alike[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Done message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Done
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Done & restante.Done.$Shape} Done
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Done.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Done();
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
                            message.stillConnected = value;
                        else
                            delete message.stillConnected;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.alike && message.alike.length))
                            message.alike = [];
                        message.alike.push(reader.stringVerify());
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

        return Done;
    })();

    restante.ChatList = (function() {

        /**
         * Properties of a ChatList.
         * @typedef {Object} restante.ChatList.$Properties
         * @property {Array.<restante.ChatSummary.$Properties>|null} [chats] ChatList chats
         * @property {Uint8Array|null} [next] ChatList next
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ChatList.
         * @memberof restante
         * @interface IChatList
         * @augments restante.ChatList.$Properties
         * @deprecated Use restante.ChatList.$Properties instead.
         */

        /**
         * Shape of a ChatList.
         * @typedef {restante.ChatList.$Properties} restante.ChatList.$Shape
         */

        /**
         * Constructs a new ChatList.
         * @memberof restante
         * @classdesc Represents a ChatList.
         * @constructor
         * @param {restante.ChatList.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ChatList = function (properties) {
            this.chats = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ChatList chats.
         * @member {Array.<restante.ChatSummary.$Properties>} chats
         * @memberof restante.ChatList
         * @instance
         */
        ChatList.prototype.chats = $util.emptyArray;

        /**
         * ChatList next.
         * @member {Uint8Array} next
         * @memberof restante.ChatList
         * @instance
         */
        ChatList.prototype.next = $util.newBuffer([]);

        /**
         * Creates a new ChatList instance using the specified properties.
         * @function create
         * @memberof restante.ChatList
         * @static
         * @param {restante.ChatList.$Properties=} [properties] Properties to set
         * @returns {restante.ChatList} ChatList instance
         * @type {{
         *   (properties: restante.ChatList.$Shape): restante.ChatList & restante.ChatList.$Shape;
         *   (properties?: restante.ChatList.$Properties): restante.ChatList;
         * }}
         */
        ChatList.create = function(properties) {
            return new ChatList(properties);
        };

        /**
         * Encodes the specified ChatList message. Does not implicitly {@link restante.ChatList.verify|verify} messages.
         * @function encode
         * @memberof restante.ChatList
         * @static
         * @param {restante.ChatList.$Properties} message ChatList message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ChatList.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.chats != null && message.chats.length)
                for (let i = 0; i < message.chats.length; ++i)
                    $root.restante.ChatSummary.encode(message.chats[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.next != null && message.next.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.next);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ChatList message from the specified reader or buffer.
         * @function decode
         * @memberof restante.ChatList
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.ChatList & restante.ChatList.$Shape} ChatList
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ChatList.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.ChatList();
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
                        if (!(message.chats && message.chats.length))
                            message.chats = [];
                        message.chats.push($root.restante.ChatSummary.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.next = value;
                        else
                            delete message.next;
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

        return ChatList;
    })();

    restante.ChatSummary = (function() {

        /**
         * Properties of a ChatSummary.
         * @typedef {Object} restante.ChatSummary.$Properties
         * @property {Uint8Array|null} [chat] ChatSummary chat
         * @property {boolean|null} [direct] ChatSummary direct
         * @property {string|null} [name] ChatSummary name
         * @property {number|null} [lastSeq] ChatSummary lastSeq
         * @property {number|null} [myNumber] ChatSummary myNumber
         * @property {number|null} [myDelivered] ChatSummary myDelivered
         * @property {number|null} [myRead] ChatSummary myRead
         * @property {number|null} [unread] ChatSummary unread
         * @property {Array.<restante.Member.$Properties>|null} [members] ChatSummary members
         * @property {number|null} [lastAtS] ChatSummary lastAtS
         * @property {number|null} [disappearAfterS] ChatSummary disappearAfterS
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ChatSummary.
         * @memberof restante
         * @interface IChatSummary
         * @augments restante.ChatSummary.$Properties
         * @deprecated Use restante.ChatSummary.$Properties instead.
         */

        /**
         * Shape of a ChatSummary.
         * @typedef {restante.ChatSummary.$Properties} restante.ChatSummary.$Shape
         */

        /**
         * Constructs a new ChatSummary.
         * @memberof restante
         * @classdesc Represents a ChatSummary.
         * @constructor
         * @param {restante.ChatSummary.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ChatSummary = function (properties) {
            this.members = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ChatSummary chat.
         * @member {Uint8Array} chat
         * @memberof restante.ChatSummary
         * @instance
         */
        ChatSummary.prototype.chat = $util.newBuffer([]);

        /**
         * ChatSummary direct.
         * @member {boolean} direct
         * @memberof restante.ChatSummary
         * @instance
         */
        ChatSummary.prototype.direct = false;

        /**
         * ChatSummary name.
         * @member {string} name
         * @memberof restante.ChatSummary
         * @instance
         */
        ChatSummary.prototype.name = "";

        /**
         * ChatSummary lastSeq.
         * @member {number} lastSeq
         * @memberof restante.ChatSummary
         * @instance
         */
        ChatSummary.prototype.lastSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ChatSummary myNumber.
         * @member {number} myNumber
         * @memberof restante.ChatSummary
         * @instance
         */
        ChatSummary.prototype.myNumber = 0;

        /**
         * ChatSummary myDelivered.
         * @member {number} myDelivered
         * @memberof restante.ChatSummary
         * @instance
         */
        ChatSummary.prototype.myDelivered = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ChatSummary myRead.
         * @member {number} myRead
         * @memberof restante.ChatSummary
         * @instance
         */
        ChatSummary.prototype.myRead = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ChatSummary unread.
         * @member {number} unread
         * @memberof restante.ChatSummary
         * @instance
         */
        ChatSummary.prototype.unread = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ChatSummary members.
         * @member {Array.<restante.Member.$Properties>} members
         * @memberof restante.ChatSummary
         * @instance
         */
        ChatSummary.prototype.members = $util.emptyArray;

        /**
         * ChatSummary lastAtS.
         * @member {number} lastAtS
         * @memberof restante.ChatSummary
         * @instance
         */
        ChatSummary.prototype.lastAtS = 0;

        /**
         * ChatSummary disappearAfterS.
         * @member {number} disappearAfterS
         * @memberof restante.ChatSummary
         * @instance
         */
        ChatSummary.prototype.disappearAfterS = 0;

        /**
         * Creates a new ChatSummary instance using the specified properties.
         * @function create
         * @memberof restante.ChatSummary
         * @static
         * @param {restante.ChatSummary.$Properties=} [properties] Properties to set
         * @returns {restante.ChatSummary} ChatSummary instance
         * @type {{
         *   (properties: restante.ChatSummary.$Shape): restante.ChatSummary & restante.ChatSummary.$Shape;
         *   (properties?: restante.ChatSummary.$Properties): restante.ChatSummary;
         * }}
         */
        ChatSummary.create = function(properties) {
            return new ChatSummary(properties);
        };

        /**
         * Encodes the specified ChatSummary message. Does not implicitly {@link restante.ChatSummary.verify|verify} messages.
         * @function encode
         * @memberof restante.ChatSummary
         * @static
         * @param {restante.ChatSummary.$Properties} message ChatSummary message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ChatSummary.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.chat != null && message.chat.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.chat);
            if (message.direct != null && message.direct !== false)
                writer.uint32(/* id 2, wireType 0 =*/16).bool(message.direct);
            if (message.name != null && message.name !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
            if (message.lastSeq != null && (typeof message.lastSeq === "object" ? message.lastSeq.low || message.lastSeq.high : message.lastSeq !== 0))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.lastSeq);
            if (message.myNumber != null && message.myNumber !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.myNumber);
            if (message.myDelivered != null && (typeof message.myDelivered === "object" ? message.myDelivered.low || message.myDelivered.high : message.myDelivered !== 0))
                writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.myDelivered);
            if (message.myRead != null && (typeof message.myRead === "object" ? message.myRead.low || message.myRead.high : message.myRead !== 0))
                writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.myRead);
            if (message.unread != null && (typeof message.unread === "object" ? message.unread.low || message.unread.high : message.unread !== 0))
                writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.unread);
            if (message.members != null && message.members.length)
                for (let i = 0; i < message.members.length; ++i)
                    $root.restante.Member.encode(message.members[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
            if (message.lastAtS != null && message.lastAtS !== 0)
                writer.uint32(/* id 10, wireType 5 =*/85).fixed32(message.lastAtS);
            if (message.disappearAfterS != null && message.disappearAfterS !== 0)
                writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.disappearAfterS);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ChatSummary message from the specified reader or buffer.
         * @function decode
         * @memberof restante.ChatSummary
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.ChatSummary & restante.ChatSummary.$Shape} ChatSummary
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ChatSummary.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.ChatSummary();
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
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.direct = value;
                        else
                            delete message.direct;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.lastSeq = value;
                        else
                            delete message.lastSeq;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.myNumber = value;
                        else
                            delete message.myNumber;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.myDelivered = value;
                        else
                            delete message.myDelivered;
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.myRead = value;
                        else
                            delete message.myRead;
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.unread = value;
                        else
                            delete message.unread;
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        if (!(message.members && message.members.length))
                            message.members = [];
                        message.members.push($root.restante.Member.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 10: {
                        if (wireType !== 5)
                            break;
                        if (value = reader.fixed32())
                            message.lastAtS = value;
                        else
                            delete message.lastAtS;
                        continue;
                    }
                case 11: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.disappearAfterS = value;
                        else
                            delete message.disappearAfterS;
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

        return ChatSummary;
    })();

    restante.ChatDetail = (function() {

        /**
         * Properties of a ChatDetail.
         * @typedef {Object} restante.ChatDetail.$Properties
         * @property {Uint8Array|null} [chat] ChatDetail chat
         * @property {boolean|null} [direct] ChatDetail direct
         * @property {string|null} [name] ChatDetail name
         * @property {number|null} [lastSeq] ChatDetail lastSeq
         * @property {number|null} [myNumber] ChatDetail myNumber
         * @property {Array.<restante.MemberDetail.$Properties>|null} [members] ChatDetail members
         * @property {number|null} [unread] ChatDetail unread
         * @property {number|null} [briefLast] ChatDetail briefLast
         * @property {number|null} [disappearAfterS] ChatDetail disappearAfterS
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ChatDetail.
         * @memberof restante
         * @interface IChatDetail
         * @augments restante.ChatDetail.$Properties
         * @deprecated Use restante.ChatDetail.$Properties instead.
         */

        /**
         * Shape of a ChatDetail.
         * @typedef {restante.ChatDetail.$Properties} restante.ChatDetail.$Shape
         */

        /**
         * Constructs a new ChatDetail.
         * @memberof restante
         * @classdesc Represents a ChatDetail.
         * @constructor
         * @param {restante.ChatDetail.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ChatDetail = function (properties) {
            this.members = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ChatDetail chat.
         * @member {Uint8Array} chat
         * @memberof restante.ChatDetail
         * @instance
         */
        ChatDetail.prototype.chat = $util.newBuffer([]);

        /**
         * ChatDetail direct.
         * @member {boolean} direct
         * @memberof restante.ChatDetail
         * @instance
         */
        ChatDetail.prototype.direct = false;

        /**
         * ChatDetail name.
         * @member {string} name
         * @memberof restante.ChatDetail
         * @instance
         */
        ChatDetail.prototype.name = "";

        /**
         * ChatDetail lastSeq.
         * @member {number} lastSeq
         * @memberof restante.ChatDetail
         * @instance
         */
        ChatDetail.prototype.lastSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ChatDetail myNumber.
         * @member {number} myNumber
         * @memberof restante.ChatDetail
         * @instance
         */
        ChatDetail.prototype.myNumber = 0;

        /**
         * ChatDetail members.
         * @member {Array.<restante.MemberDetail.$Properties>} members
         * @memberof restante.ChatDetail
         * @instance
         */
        ChatDetail.prototype.members = $util.emptyArray;

        /**
         * ChatDetail unread.
         * @member {number|null|undefined} unread
         * @memberof restante.ChatDetail
         * @instance
         */
        ChatDetail.prototype.unread = null;

        /**
         * ChatDetail briefLast.
         * @member {number} briefLast
         * @memberof restante.ChatDetail
         * @instance
         */
        ChatDetail.prototype.briefLast = 0;

        /**
         * ChatDetail disappearAfterS.
         * @member {number} disappearAfterS
         * @memberof restante.ChatDetail
         * @instance
         */
        ChatDetail.prototype.disappearAfterS = 0;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(ChatDetail.prototype, "_unread", {
            get: $util.oneOfGetter($oneOfFields = ["unread"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Creates a new ChatDetail instance using the specified properties.
         * @function create
         * @memberof restante.ChatDetail
         * @static
         * @param {restante.ChatDetail.$Properties=} [properties] Properties to set
         * @returns {restante.ChatDetail} ChatDetail instance
         * @type {{
         *   (properties: restante.ChatDetail.$Shape): restante.ChatDetail & restante.ChatDetail.$Shape;
         *   (properties?: restante.ChatDetail.$Properties): restante.ChatDetail;
         * }}
         */
        ChatDetail.create = function(properties) {
            return new ChatDetail(properties);
        };

        /**
         * Encodes the specified ChatDetail message. Does not implicitly {@link restante.ChatDetail.verify|verify} messages.
         * @function encode
         * @memberof restante.ChatDetail
         * @static
         * @param {restante.ChatDetail.$Properties} message ChatDetail message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ChatDetail.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.chat != null && message.chat.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.chat);
            if (message.direct != null && message.direct !== false)
                writer.uint32(/* id 2, wireType 0 =*/16).bool(message.direct);
            if (message.name != null && message.name !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
            if (message.lastSeq != null && (typeof message.lastSeq === "object" ? message.lastSeq.low || message.lastSeq.high : message.lastSeq !== 0))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.lastSeq);
            if (message.myNumber != null && message.myNumber !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.myNumber);
            if (message.members != null && message.members.length)
                for (let i = 0; i < message.members.length; ++i)
                    $root.restante.MemberDetail.encode(message.members[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.unread != null)
                writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.unread);
            if (message.briefLast != null && message.briefLast !== 0)
                writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.briefLast);
            if (message.disappearAfterS != null && message.disappearAfterS !== 0)
                writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.disappearAfterS);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ChatDetail message from the specified reader or buffer.
         * @function decode
         * @memberof restante.ChatDetail
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.ChatDetail & restante.ChatDetail.$Shape} ChatDetail
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ChatDetail.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.ChatDetail();
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
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.direct = value;
                        else
                            delete message.direct;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.lastSeq = value;
                        else
                            delete message.lastSeq;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.myNumber = value;
                        else
                            delete message.myNumber;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if (!(message.members && message.members.length))
                            message.members = [];
                        message.members.push($root.restante.MemberDetail.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        message.unread = reader.uint64();
                        message._unread = "unread";
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.briefLast = value;
                        else
                            delete message.briefLast;
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

        return ChatDetail;
    })();

    restante.MemberDetail = (function() {

        /**
         * Properties of a MemberDetail.
         * @typedef {Object} restante.MemberDetail.$Properties
         * @property {number|null} [number] MemberDetail number
         * @property {string|null} [user] MemberDetail user
         * @property {restante.Role|null} [role] MemberDetail role
         * @property {number|null} [joinSeq] MemberDetail joinSeq
         * @property {number|null} [delivered] MemberDetail delivered
         * @property {number|null} [read] MemberDetail read
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a MemberDetail.
         * @memberof restante
         * @interface IMemberDetail
         * @augments restante.MemberDetail.$Properties
         * @deprecated Use restante.MemberDetail.$Properties instead.
         */

        /**
         * Shape of a MemberDetail.
         * @typedef {restante.MemberDetail.$Properties} restante.MemberDetail.$Shape
         */

        /**
         * Constructs a new MemberDetail.
         * @memberof restante
         * @classdesc Represents a MemberDetail.
         * @constructor
         * @param {restante.MemberDetail.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const MemberDetail = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * MemberDetail number.
         * @member {number} number
         * @memberof restante.MemberDetail
         * @instance
         */
        MemberDetail.prototype.number = 0;

        /**
         * MemberDetail user.
         * @member {string} user
         * @memberof restante.MemberDetail
         * @instance
         */
        MemberDetail.prototype.user = "";

        /**
         * MemberDetail role.
         * @member {restante.Role} role
         * @memberof restante.MemberDetail
         * @instance
         */
        MemberDetail.prototype.role = 0;

        /**
         * MemberDetail joinSeq.
         * @member {number} joinSeq
         * @memberof restante.MemberDetail
         * @instance
         */
        MemberDetail.prototype.joinSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * MemberDetail delivered.
         * @member {number} delivered
         * @memberof restante.MemberDetail
         * @instance
         */
        MemberDetail.prototype.delivered = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * MemberDetail read.
         * @member {number} read
         * @memberof restante.MemberDetail
         * @instance
         */
        MemberDetail.prototype.read = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Creates a new MemberDetail instance using the specified properties.
         * @function create
         * @memberof restante.MemberDetail
         * @static
         * @param {restante.MemberDetail.$Properties=} [properties] Properties to set
         * @returns {restante.MemberDetail} MemberDetail instance
         * @type {{
         *   (properties: restante.MemberDetail.$Shape): restante.MemberDetail & restante.MemberDetail.$Shape;
         *   (properties?: restante.MemberDetail.$Properties): restante.MemberDetail;
         * }}
         */
        MemberDetail.create = function(properties) {
            return new MemberDetail(properties);
        };

        /**
         * Encodes the specified MemberDetail message. Does not implicitly {@link restante.MemberDetail.verify|verify} messages.
         * @function encode
         * @memberof restante.MemberDetail
         * @static
         * @param {restante.MemberDetail.$Properties} message MemberDetail message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        MemberDetail.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.number != null && message.number !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.number);
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.user);
            if (message.role != null && message.role !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).int32(message.role);
            if (message.joinSeq != null && (typeof message.joinSeq === "object" ? message.joinSeq.low || message.joinSeq.high : message.joinSeq !== 0))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.joinSeq);
            if (message.delivered != null && (typeof message.delivered === "object" ? message.delivered.low || message.delivered.high : message.delivered !== 0))
                writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.delivered);
            if (message.read != null && (typeof message.read === "object" ? message.read.low || message.read.high : message.read !== 0))
                writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.read);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a MemberDetail message from the specified reader or buffer.
         * @function decode
         * @memberof restante.MemberDetail
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.MemberDetail & restante.MemberDetail.$Shape} MemberDetail
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        MemberDetail.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.MemberDetail();
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
                            message.number = value;
                        else
                            delete message.number;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.user = value;
                        else
                            delete message.user;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.role = value;
                        else
                            delete message.role;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.joinSeq = value;
                        else
                            delete message.joinSeq;
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

        return MemberDetail;
    })();

    restante.ReceiptDetail = (function() {

        /**
         * Properties of a ReceiptDetail.
         * @typedef {Object} restante.ReceiptDetail.$Properties
         * @property {Uint8Array|null} [chat] ReceiptDetail chat
         * @property {number|null} [seq] ReceiptDetail seq
         * @property {number|null} [others] ReceiptDetail others
         * @property {number|null} [delivered] ReceiptDetail delivered
         * @property {number|null} [read] ReceiptDetail read
         * @property {Array.<number>|null} [deliveredTo] ReceiptDetail deliveredTo
         * @property {Array.<number>|null} [readBy] ReceiptDetail readBy
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ReceiptDetail.
         * @memberof restante
         * @interface IReceiptDetail
         * @augments restante.ReceiptDetail.$Properties
         * @deprecated Use restante.ReceiptDetail.$Properties instead.
         */

        /**
         * Shape of a ReceiptDetail.
         * @typedef {restante.ReceiptDetail.$Properties} restante.ReceiptDetail.$Shape
         */

        /**
         * Constructs a new ReceiptDetail.
         * @memberof restante
         * @classdesc Represents a ReceiptDetail.
         * @constructor
         * @param {restante.ReceiptDetail.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ReceiptDetail = function (properties) {
            this.deliveredTo = [];
            this.readBy = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ReceiptDetail chat.
         * @member {Uint8Array} chat
         * @memberof restante.ReceiptDetail
         * @instance
         */
        ReceiptDetail.prototype.chat = $util.newBuffer([]);

        /**
         * ReceiptDetail seq.
         * @member {number} seq
         * @memberof restante.ReceiptDetail
         * @instance
         */
        ReceiptDetail.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ReceiptDetail others.
         * @member {number} others
         * @memberof restante.ReceiptDetail
         * @instance
         */
        ReceiptDetail.prototype.others = 0;

        /**
         * ReceiptDetail delivered.
         * @member {number} delivered
         * @memberof restante.ReceiptDetail
         * @instance
         */
        ReceiptDetail.prototype.delivered = 0;

        /**
         * ReceiptDetail read.
         * @member {number} read
         * @memberof restante.ReceiptDetail
         * @instance
         */
        ReceiptDetail.prototype.read = 0;

        /**
         * ReceiptDetail deliveredTo.
         * @member {Array.<number>} deliveredTo
         * @memberof restante.ReceiptDetail
         * @instance
         */
        ReceiptDetail.prototype.deliveredTo = $util.emptyArray;

        /**
         * ReceiptDetail readBy.
         * @member {Array.<number>} readBy
         * @memberof restante.ReceiptDetail
         * @instance
         */
        ReceiptDetail.prototype.readBy = $util.emptyArray;

        /**
         * Creates a new ReceiptDetail instance using the specified properties.
         * @function create
         * @memberof restante.ReceiptDetail
         * @static
         * @param {restante.ReceiptDetail.$Properties=} [properties] Properties to set
         * @returns {restante.ReceiptDetail} ReceiptDetail instance
         * @type {{
         *   (properties: restante.ReceiptDetail.$Shape): restante.ReceiptDetail & restante.ReceiptDetail.$Shape;
         *   (properties?: restante.ReceiptDetail.$Properties): restante.ReceiptDetail;
         * }}
         */
        ReceiptDetail.create = function(properties) {
            return new ReceiptDetail(properties);
        };

        /**
         * Encodes the specified ReceiptDetail message. Does not implicitly {@link restante.ReceiptDetail.verify|verify} messages.
         * @function encode
         * @memberof restante.ReceiptDetail
         * @static
         * @param {restante.ReceiptDetail.$Properties} message ReceiptDetail message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ReceiptDetail.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.chat != null && message.chat.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.chat);
            if (message.seq != null && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.seq);
            if (message.others != null && message.others !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.others);
            if (message.delivered != null && message.delivered !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.delivered);
            if (message.read != null && message.read !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.read);
            if (message.deliveredTo != null && message.deliveredTo.length)
                writer.uint32(/* id 6, wireType 2 =*/50).uint32s(message.deliveredTo);
            if (message.readBy != null && message.readBy.length)
                writer.uint32(/* id 7, wireType 2 =*/58).uint32s(message.readBy);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ReceiptDetail message from the specified reader or buffer.
         * @function decode
         * @memberof restante.ReceiptDetail
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.ReceiptDetail & restante.ReceiptDetail.$Shape} ReceiptDetail
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ReceiptDetail.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.ReceiptDetail();
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
                            message.others = value;
                        else
                            delete message.others;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.delivered = value;
                        else
                            delete message.delivered;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.read = value;
                        else
                            delete message.read;
                        continue;
                    }
                case 6: {
                        if (wireType === 2) {
                            if (!(message.deliveredTo && message.deliveredTo.length))
                                message.deliveredTo = [];
                            reader.uint32s(message.deliveredTo);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.deliveredTo && message.deliveredTo.length))
                            message.deliveredTo = [];
                        message.deliveredTo.push(reader.uint32());
                        continue;
                    }
                case 7: {
                        if (wireType === 2) {
                            if (!(message.readBy && message.readBy.length))
                                message.readBy = [];
                            reader.uint32s(message.readBy);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.readBy && message.readBy.length))
                            message.readBy = [];
                        message.readBy.push(reader.uint32());
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

        return ReceiptDetail;
    })();

    restante.DeviceList = (function() {

        /**
         * Properties of a DeviceList.
         * @typedef {Object} restante.DeviceList.$Properties
         * @property {Array.<restante.Device.$Properties>|null} [devices] DeviceList devices
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a DeviceList.
         * @memberof restante
         * @interface IDeviceList
         * @augments restante.DeviceList.$Properties
         * @deprecated Use restante.DeviceList.$Properties instead.
         */

        /**
         * Shape of a DeviceList.
         * @typedef {restante.DeviceList.$Properties} restante.DeviceList.$Shape
         */

        /**
         * Constructs a new DeviceList.
         * @memberof restante
         * @classdesc Represents a DeviceList.
         * @constructor
         * @param {restante.DeviceList.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const DeviceList = function (properties) {
            this.devices = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * DeviceList devices.
         * @member {Array.<restante.Device.$Properties>} devices
         * @memberof restante.DeviceList
         * @instance
         */
        DeviceList.prototype.devices = $util.emptyArray;

        /**
         * Creates a new DeviceList instance using the specified properties.
         * @function create
         * @memberof restante.DeviceList
         * @static
         * @param {restante.DeviceList.$Properties=} [properties] Properties to set
         * @returns {restante.DeviceList} DeviceList instance
         * @type {{
         *   (properties: restante.DeviceList.$Shape): restante.DeviceList & restante.DeviceList.$Shape;
         *   (properties?: restante.DeviceList.$Properties): restante.DeviceList;
         * }}
         */
        DeviceList.create = function(properties) {
            return new DeviceList(properties);
        };

        /**
         * Encodes the specified DeviceList message. Does not implicitly {@link restante.DeviceList.verify|verify} messages.
         * @function encode
         * @memberof restante.DeviceList
         * @static
         * @param {restante.DeviceList.$Properties} message DeviceList message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        DeviceList.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.devices != null && message.devices.length)
                for (let i = 0; i < message.devices.length; ++i)
                    $root.restante.Device.encode(message.devices[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a DeviceList message from the specified reader or buffer.
         * @function decode
         * @memberof restante.DeviceList
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.DeviceList & restante.DeviceList.$Shape} DeviceList
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        DeviceList.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.DeviceList();
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
                        if (!(message.devices && message.devices.length))
                            message.devices = [];
                        message.devices.push($root.restante.Device.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return DeviceList;
    })();

    restante.Device = (function() {

        /**
         * Properties of a Device.
         * @typedef {Object} restante.Device.$Properties
         * @property {string|null} [name] Device name
         * @property {number|null} [linkedAtMs] Device linkedAtMs
         * @property {boolean|null} [connected] Device connected
         * @property {number|null} [waiting] Device waiting
         * @property {boolean|null} [transient] Device transient
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Device.
         * @memberof restante
         * @interface IDevice
         * @augments restante.Device.$Properties
         * @deprecated Use restante.Device.$Properties instead.
         */

        /**
         * Shape of a Device.
         * @typedef {restante.Device.$Properties} restante.Device.$Shape
         */

        /**
         * Constructs a new Device.
         * @memberof restante
         * @classdesc Represents a Device.
         * @constructor
         * @param {restante.Device.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Device = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Device name.
         * @member {string} name
         * @memberof restante.Device
         * @instance
         */
        Device.prototype.name = "";

        /**
         * Device linkedAtMs.
         * @member {number} linkedAtMs
         * @memberof restante.Device
         * @instance
         */
        Device.prototype.linkedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Device connected.
         * @member {boolean} connected
         * @memberof restante.Device
         * @instance
         */
        Device.prototype.connected = false;

        /**
         * Device waiting.
         * @member {number} waiting
         * @memberof restante.Device
         * @instance
         */
        Device.prototype.waiting = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Device transient.
         * @member {boolean} transient
         * @memberof restante.Device
         * @instance
         */
        Device.prototype.transient = false;

        /**
         * Creates a new Device instance using the specified properties.
         * @function create
         * @memberof restante.Device
         * @static
         * @param {restante.Device.$Properties=} [properties] Properties to set
         * @returns {restante.Device} Device instance
         * @type {{
         *   (properties: restante.Device.$Shape): restante.Device & restante.Device.$Shape;
         *   (properties?: restante.Device.$Properties): restante.Device;
         * }}
         */
        Device.create = function(properties) {
            return new Device(properties);
        };

        /**
         * Encodes the specified Device message. Does not implicitly {@link restante.Device.verify|verify} messages.
         * @function encode
         * @memberof restante.Device
         * @static
         * @param {restante.Device.$Properties} message Device message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Device.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.linkedAtMs != null && (typeof message.linkedAtMs === "object" ? message.linkedAtMs.low || message.linkedAtMs.high : message.linkedAtMs !== 0))
                writer.uint32(/* id 2, wireType 1 =*/17).fixed64(message.linkedAtMs);
            if (message.connected != null && message.connected !== false)
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.connected);
            if (message.waiting != null && (typeof message.waiting === "object" ? message.waiting.low || message.waiting.high : message.waiting !== 0))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.waiting);
            if (message.transient != null && message.transient !== false)
                writer.uint32(/* id 5, wireType 0 =*/40).bool(message.transient);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Device message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Device
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Device & restante.Device.$Shape} Device
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Device.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Device();
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
                        if (wireType !== 1)
                            break;
                        if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                            message.linkedAtMs = value;
                        else
                            delete message.linkedAtMs;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.connected = value;
                        else
                            delete message.connected;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.waiting = value;
                        else
                            delete message.waiting;
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

        return Device;
    })();

    restante.DeadList = (function() {

        /**
         * Properties of a DeadList.
         * @typedef {Object} restante.DeadList.$Properties
         * @property {Array.<restante.DeadEntry.$Properties>|null} [entries] DeadList entries
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a DeadList.
         * @memberof restante
         * @interface IDeadList
         * @augments restante.DeadList.$Properties
         * @deprecated Use restante.DeadList.$Properties instead.
         */

        /**
         * Shape of a DeadList.
         * @typedef {restante.DeadList.$Properties} restante.DeadList.$Shape
         */

        /**
         * Constructs a new DeadList.
         * @memberof restante
         * @classdesc Represents a DeadList.
         * @constructor
         * @param {restante.DeadList.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const DeadList = function (properties) {
            this.entries = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * DeadList entries.
         * @member {Array.<restante.DeadEntry.$Properties>} entries
         * @memberof restante.DeadList
         * @instance
         */
        DeadList.prototype.entries = $util.emptyArray;

        /**
         * Creates a new DeadList instance using the specified properties.
         * @function create
         * @memberof restante.DeadList
         * @static
         * @param {restante.DeadList.$Properties=} [properties] Properties to set
         * @returns {restante.DeadList} DeadList instance
         * @type {{
         *   (properties: restante.DeadList.$Shape): restante.DeadList & restante.DeadList.$Shape;
         *   (properties?: restante.DeadList.$Properties): restante.DeadList;
         * }}
         */
        DeadList.create = function(properties) {
            return new DeadList(properties);
        };

        /**
         * Encodes the specified DeadList message. Does not implicitly {@link restante.DeadList.verify|verify} messages.
         * @function encode
         * @memberof restante.DeadList
         * @static
         * @param {restante.DeadList.$Properties} message DeadList message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        DeadList.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.entries != null && message.entries.length)
                for (let i = 0; i < message.entries.length; ++i)
                    $root.restante.DeadEntry.encode(message.entries[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a DeadList message from the specified reader or buffer.
         * @function decode
         * @memberof restante.DeadList
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.DeadList & restante.DeadList.$Shape} DeadList
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        DeadList.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.DeadList();
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
                        message.entries.push($root.restante.DeadEntry.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return DeadList;
    })();

    restante.DeadEntry = (function() {

        /**
         * Properties of a DeadEntry.
         * @typedef {Object} restante.DeadEntry.$Properties
         * @property {number|null} [position] DeadEntry position
         * @property {number|null} [partition] DeadEntry partition
         * @property {string|null} [user] DeadEntry user
         * @property {string|null} [device] DeadEntry device
         * @property {Uint8Array|null} [chat] DeadEntry chat
         * @property {number|null} [setAsideAtMs] DeadEntry setAsideAtMs
         * @property {Uint8Array|null} [envelope] DeadEntry envelope
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a DeadEntry.
         * @memberof restante
         * @interface IDeadEntry
         * @augments restante.DeadEntry.$Properties
         * @deprecated Use restante.DeadEntry.$Properties instead.
         */

        /**
         * Shape of a DeadEntry.
         * @typedef {restante.DeadEntry.$Properties} restante.DeadEntry.$Shape
         */

        /**
         * Constructs a new DeadEntry.
         * @memberof restante
         * @classdesc Represents a DeadEntry.
         * @constructor
         * @param {restante.DeadEntry.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const DeadEntry = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * DeadEntry position.
         * @member {number} position
         * @memberof restante.DeadEntry
         * @instance
         */
        DeadEntry.prototype.position = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * DeadEntry partition.
         * @member {number} partition
         * @memberof restante.DeadEntry
         * @instance
         */
        DeadEntry.prototype.partition = 0;

        /**
         * DeadEntry user.
         * @member {string} user
         * @memberof restante.DeadEntry
         * @instance
         */
        DeadEntry.prototype.user = "";

        /**
         * DeadEntry device.
         * @member {string} device
         * @memberof restante.DeadEntry
         * @instance
         */
        DeadEntry.prototype.device = "";

        /**
         * DeadEntry chat.
         * @member {Uint8Array} chat
         * @memberof restante.DeadEntry
         * @instance
         */
        DeadEntry.prototype.chat = $util.newBuffer([]);

        /**
         * DeadEntry setAsideAtMs.
         * @member {number} setAsideAtMs
         * @memberof restante.DeadEntry
         * @instance
         */
        DeadEntry.prototype.setAsideAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * DeadEntry envelope.
         * @member {Uint8Array} envelope
         * @memberof restante.DeadEntry
         * @instance
         */
        DeadEntry.prototype.envelope = $util.newBuffer([]);

        /**
         * Creates a new DeadEntry instance using the specified properties.
         * @function create
         * @memberof restante.DeadEntry
         * @static
         * @param {restante.DeadEntry.$Properties=} [properties] Properties to set
         * @returns {restante.DeadEntry} DeadEntry instance
         * @type {{
         *   (properties: restante.DeadEntry.$Shape): restante.DeadEntry & restante.DeadEntry.$Shape;
         *   (properties?: restante.DeadEntry.$Properties): restante.DeadEntry;
         * }}
         */
        DeadEntry.create = function(properties) {
            return new DeadEntry(properties);
        };

        /**
         * Encodes the specified DeadEntry message. Does not implicitly {@link restante.DeadEntry.verify|verify} messages.
         * @function encode
         * @memberof restante.DeadEntry
         * @static
         * @param {restante.DeadEntry.$Properties} message DeadEntry message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        DeadEntry.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.position != null && (typeof message.position === "object" ? message.position.low || message.position.high : message.position !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.position);
            if (message.partition != null && message.partition !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partition);
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.user);
            if (message.device != null && message.device !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.device);
            if (message.chat != null && message.chat.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.chat);
            if (message.setAsideAtMs != null && (typeof message.setAsideAtMs === "object" ? message.setAsideAtMs.low || message.setAsideAtMs.high : message.setAsideAtMs !== 0))
                writer.uint32(/* id 6, wireType 1 =*/49).fixed64(message.setAsideAtMs);
            if (message.envelope != null && message.envelope.length)
                writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.envelope);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a DeadEntry message from the specified reader or buffer.
         * @function decode
         * @memberof restante.DeadEntry
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.DeadEntry & restante.DeadEntry.$Shape} DeadEntry
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        DeadEntry.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.DeadEntry();
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
                            message.position = value;
                        else
                            delete message.position;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.partition = value;
                        else
                            delete message.partition;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.user = value;
                        else
                            delete message.user;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.device = value;
                        else
                            delete message.device;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.chat = value;
                        else
                            delete message.chat;
                        continue;
                    }
                case 6: {
                        if (wireType !== 1)
                            break;
                        if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                            message.setAsideAtMs = value;
                        else
                            delete message.setAsideAtMs;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.envelope = value;
                        else
                            delete message.envelope;
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

        return DeadEntry;
    })();

    restante.Request = (function() {

        /**
         * Properties of a Request.
         * @typedef {Object} restante.Request.$Properties
         * @property {number|null} [request] Request request
         * @property {restante.MyChats.$Properties|null} [myChats] Request myChats
         * @property {restante.AddUser.$Properties|null} [addUser] Request addUser
         * @property {restante.ListDevices.$Properties|null} [listDevices] Request listDevices
         * @property {restante.RemoveDevice.$Properties|null} [removeDevice] Request removeDevice
         * @property {restante.ListDead.$Properties|null} [listDead] Request listDead
         * @property {restante.RequeueDead.$Properties|null} [requeueDead] Request requeueDead
         * @property {restante.LockUser.$Properties|null} [lockUser] Request lockUser
         * @property {restante.EndTokens.$Properties|null} [endTokens] Request endTokens
         * @property {"myChats"|"addUser"|"listDevices"|"removeDevice"|"listDead"|"requeueDead"|"lockUser"|"endTokens"} [what] Request what
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Request.
         * @memberof restante
         * @interface IRequest
         * @augments restante.Request.$Properties
         * @deprecated Use restante.Request.$Properties instead.
         */

        /**
         * Narrowed shape of a Request.
         * @typedef {{
         *   request?: number|null;
         *   myChats?: restante.MyChats.$Shape|null;
         *   addUser?: restante.AddUser.$Shape|null;
         *   listDevices?: restante.ListDevices.$Shape|null;
         *   removeDevice?: restante.RemoveDevice.$Shape|null;
         *   listDead?: restante.ListDead.$Shape|null;
         *   requeueDead?: restante.RequeueDead.$Shape|null;
         *   lockUser?: restante.LockUser.$Shape|null;
         *   endTokens?: restante.EndTokens.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ what?: undefined; myChats?: null; addUser?: null; listDevices?: null; removeDevice?: null; listDead?: null; requeueDead?: null; lockUser?: null; endTokens?: null }|{ what?: "myChats"; myChats: restante.MyChats.$Shape; addUser?: null; listDevices?: null; removeDevice?: null; listDead?: null; requeueDead?: null; lockUser?: null; endTokens?: null }|{ what?: "addUser"; myChats?: null; addUser: restante.AddUser.$Shape; listDevices?: null; removeDevice?: null; listDead?: null; requeueDead?: null; lockUser?: null; endTokens?: null }|{ what?: "listDevices"; myChats?: null; addUser?: null; listDevices: restante.ListDevices.$Shape; removeDevice?: null; listDead?: null; requeueDead?: null; lockUser?: null; endTokens?: null }|{ what?: "removeDevice"; myChats?: null; addUser?: null; listDevices?: null; removeDevice: restante.RemoveDevice.$Shape; listDead?: null; requeueDead?: null; lockUser?: null; endTokens?: null }|{ what?: "listDead"; myChats?: null; addUser?: null; listDevices?: null; removeDevice?: null; listDead: restante.ListDead.$Shape; requeueDead?: null; lockUser?: null; endTokens?: null }|{ what?: "requeueDead"; myChats?: null; addUser?: null; listDevices?: null; removeDevice?: null; listDead?: null; requeueDead: restante.RequeueDead.$Shape; lockUser?: null; endTokens?: null }|{ what?: "lockUser"; myChats?: null; addUser?: null; listDevices?: null; removeDevice?: null; listDead?: null; requeueDead?: null; lockUser: restante.LockUser.$Shape; endTokens?: null }|{ what?: "endTokens"; myChats?: null; addUser?: null; listDevices?: null; removeDevice?: null; listDead?: null; requeueDead?: null; lockUser?: null; endTokens: restante.EndTokens.$Shape })
         * )} restante.Request.$Shape
         */

        /**
         * Constructs a new Request.
         * @memberof restante
         * @classdesc Represents a Request.
         * @constructor
         * @param {restante.Request.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Request = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Request request.
         * @member {number} request
         * @memberof restante.Request
         * @instance
         */
        Request.prototype.request = 0;

        /**
         * Request myChats.
         * @member {restante.MyChats.$Properties|null|undefined} myChats
         * @memberof restante.Request
         * @instance
         */
        Request.prototype.myChats = null;

        /**
         * Request addUser.
         * @member {restante.AddUser.$Properties|null|undefined} addUser
         * @memberof restante.Request
         * @instance
         */
        Request.prototype.addUser = null;

        /**
         * Request listDevices.
         * @member {restante.ListDevices.$Properties|null|undefined} listDevices
         * @memberof restante.Request
         * @instance
         */
        Request.prototype.listDevices = null;

        /**
         * Request removeDevice.
         * @member {restante.RemoveDevice.$Properties|null|undefined} removeDevice
         * @memberof restante.Request
         * @instance
         */
        Request.prototype.removeDevice = null;

        /**
         * Request listDead.
         * @member {restante.ListDead.$Properties|null|undefined} listDead
         * @memberof restante.Request
         * @instance
         */
        Request.prototype.listDead = null;

        /**
         * Request requeueDead.
         * @member {restante.RequeueDead.$Properties|null|undefined} requeueDead
         * @memberof restante.Request
         * @instance
         */
        Request.prototype.requeueDead = null;

        /**
         * Request lockUser.
         * @member {restante.LockUser.$Properties|null|undefined} lockUser
         * @memberof restante.Request
         * @instance
         */
        Request.prototype.lockUser = null;

        /**
         * Request endTokens.
         * @member {restante.EndTokens.$Properties|null|undefined} endTokens
         * @memberof restante.Request
         * @instance
         */
        Request.prototype.endTokens = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * Request what.
         * @member {"myChats"|"addUser"|"listDevices"|"removeDevice"|"listDead"|"requeueDead"|"lockUser"|"endTokens"|undefined} what
         * @memberof restante.Request
         * @instance
         */
        $Object.defineProperty(Request.prototype, "what", {
            get: $util.oneOfGetter($oneOfFields = ["myChats", "addUser", "listDevices", "removeDevice", "listDead", "requeueDead", "lockUser", "endTokens"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Creates a new Request instance using the specified properties.
         * @function create
         * @memberof restante.Request
         * @static
         * @param {restante.Request.$Properties=} [properties] Properties to set
         * @returns {restante.Request} Request instance
         * @type {{
         *   (properties: restante.Request.$Shape): restante.Request & restante.Request.$Shape;
         *   (properties?: restante.Request.$Properties): restante.Request;
         * }}
         */
        Request.create = function(properties) {
            return new Request(properties);
        };

        /**
         * Encodes the specified Request message. Does not implicitly {@link restante.Request.verify|verify} messages.
         * @function encode
         * @memberof restante.Request
         * @static
         * @param {restante.Request.$Properties} message Request message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Request.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.request != null && message.request !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
            if (message.myChats != null)
                $root.restante.MyChats.encode(message.myChats, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.addUser != null)
                $root.restante.AddUser.encode(message.addUser, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.listDevices != null)
                $root.restante.ListDevices.encode(message.listDevices, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.removeDevice != null)
                $root.restante.RemoveDevice.encode(message.removeDevice, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.listDead != null)
                $root.restante.ListDead.encode(message.listDead, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.requeueDead != null)
                $root.restante.RequeueDead.encode(message.requeueDead, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.lockUser != null)
                $root.restante.LockUser.encode(message.lockUser, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
            if (message.endTokens != null)
                $root.restante.EndTokens.encode(message.endTokens, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Request message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Request
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Request & restante.Request.$Shape} Request
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Request.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Request();
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
                            message.request = value;
                        else
                            delete message.request;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.myChats = $root.restante.MyChats.decode(reader, reader.size(), $undefined, _depth + 1, message.myChats);
                        if (isChosen)
                            message.what = "myChats";
                        isChosen = true;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.addUser = $root.restante.AddUser.decode(reader, reader.size(), $undefined, _depth + 1, message.addUser);
                        if (isChosen)
                            message.what = "addUser";
                        isChosen = true;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.listDevices = $root.restante.ListDevices.decode(reader, reader.size(), $undefined, _depth + 1, message.listDevices);
                        if (isChosen)
                            message.what = "listDevices";
                        isChosen = true;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.removeDevice = $root.restante.RemoveDevice.decode(reader, reader.size(), $undefined, _depth + 1, message.removeDevice);
                        if (isChosen)
                            message.what = "removeDevice";
                        isChosen = true;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.listDead = $root.restante.ListDead.decode(reader, reader.size(), $undefined, _depth + 1, message.listDead);
                        if (isChosen)
                            message.what = "listDead";
                        isChosen = true;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.requeueDead = $root.restante.RequeueDead.decode(reader, reader.size(), $undefined, _depth + 1, message.requeueDead);
                        if (isChosen)
                            message.what = "requeueDead";
                        isChosen = true;
                        continue;
                    }
                case 21: {
                        if (wireType !== 2)
                            break;
                        message.lockUser = $root.restante.LockUser.decode(reader, reader.size(), $undefined, _depth + 1, message.lockUser);
                        if (isChosen)
                            message.what = "lockUser";
                        isChosen = true;
                        continue;
                    }
                case 22: {
                        if (wireType !== 2)
                            break;
                        message.endTokens = $root.restante.EndTokens.decode(reader, reader.size(), $undefined, _depth + 1, message.endTokens);
                        if (isChosen)
                            message.what = "endTokens";
                        isChosen = true;
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

        return Request;
    })();

    restante.MyChats = (function() {

        /**
         * Properties of a MyChats.
         * @typedef {Object} restante.MyChats.$Properties
         * @property {Uint8Array|null} [after] MyChats after
         * @property {number|null} [limit] MyChats limit
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a MyChats.
         * @memberof restante
         * @interface IMyChats
         * @augments restante.MyChats.$Properties
         * @deprecated Use restante.MyChats.$Properties instead.
         */

        /**
         * Shape of a MyChats.
         * @typedef {restante.MyChats.$Properties} restante.MyChats.$Shape
         */

        /**
         * Constructs a new MyChats.
         * @memberof restante
         * @classdesc Represents a MyChats.
         * @constructor
         * @param {restante.MyChats.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const MyChats = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * MyChats after.
         * @member {Uint8Array} after
         * @memberof restante.MyChats
         * @instance
         */
        MyChats.prototype.after = $util.newBuffer([]);

        /**
         * MyChats limit.
         * @member {number} limit
         * @memberof restante.MyChats
         * @instance
         */
        MyChats.prototype.limit = 0;

        /**
         * Creates a new MyChats instance using the specified properties.
         * @function create
         * @memberof restante.MyChats
         * @static
         * @param {restante.MyChats.$Properties=} [properties] Properties to set
         * @returns {restante.MyChats} MyChats instance
         * @type {{
         *   (properties: restante.MyChats.$Shape): restante.MyChats & restante.MyChats.$Shape;
         *   (properties?: restante.MyChats.$Properties): restante.MyChats;
         * }}
         */
        MyChats.create = function(properties) {
            return new MyChats(properties);
        };

        /**
         * Encodes the specified MyChats message. Does not implicitly {@link restante.MyChats.verify|verify} messages.
         * @function encode
         * @memberof restante.MyChats
         * @static
         * @param {restante.MyChats.$Properties} message MyChats message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        MyChats.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.after != null && message.after.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.after);
            if (message.limit != null && message.limit !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.limit);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a MyChats message from the specified reader or buffer.
         * @function decode
         * @memberof restante.MyChats
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.MyChats & restante.MyChats.$Shape} MyChats
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        MyChats.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.MyChats();
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
                            message.after = value;
                        else
                            delete message.after;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.limit = value;
                        else
                            delete message.limit;
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

        return MyChats;
    })();

    restante.AddUser = (function() {

        /**
         * Properties of an AddUser.
         * @typedef {Object} restante.AddUser.$Properties
         * @property {string|null} [user] AddUser user
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AddUser.
         * @memberof restante
         * @interface IAddUser
         * @augments restante.AddUser.$Properties
         * @deprecated Use restante.AddUser.$Properties instead.
         */

        /**
         * Shape of an AddUser.
         * @typedef {restante.AddUser.$Properties} restante.AddUser.$Shape
         */

        /**
         * Constructs a new AddUser.
         * @memberof restante
         * @classdesc Represents an AddUser.
         * @constructor
         * @param {restante.AddUser.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AddUser = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AddUser user.
         * @member {string} user
         * @memberof restante.AddUser
         * @instance
         */
        AddUser.prototype.user = "";

        /**
         * Creates a new AddUser instance using the specified properties.
         * @function create
         * @memberof restante.AddUser
         * @static
         * @param {restante.AddUser.$Properties=} [properties] Properties to set
         * @returns {restante.AddUser} AddUser instance
         * @type {{
         *   (properties: restante.AddUser.$Shape): restante.AddUser & restante.AddUser.$Shape;
         *   (properties?: restante.AddUser.$Properties): restante.AddUser;
         * }}
         */
        AddUser.create = function(properties) {
            return new AddUser(properties);
        };

        /**
         * Encodes the specified AddUser message. Does not implicitly {@link restante.AddUser.verify|verify} messages.
         * @function encode
         * @memberof restante.AddUser
         * @static
         * @param {restante.AddUser.$Properties} message AddUser message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AddUser.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.user);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AddUser message from the specified reader or buffer.
         * @function decode
         * @memberof restante.AddUser
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.AddUser & restante.AddUser.$Shape} AddUser
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AddUser.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.AddUser();
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

        return AddUser;
    })();

    restante.ListDevices = (function() {

        /**
         * Properties of a ListDevices.
         * @typedef {Object} restante.ListDevices.$Properties
         * @property {string|null} [user] ListDevices user
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ListDevices.
         * @memberof restante
         * @interface IListDevices
         * @augments restante.ListDevices.$Properties
         * @deprecated Use restante.ListDevices.$Properties instead.
         */

        /**
         * Shape of a ListDevices.
         * @typedef {restante.ListDevices.$Properties} restante.ListDevices.$Shape
         */

        /**
         * Constructs a new ListDevices.
         * @memberof restante
         * @classdesc Represents a ListDevices.
         * @constructor
         * @param {restante.ListDevices.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ListDevices = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ListDevices user.
         * @member {string} user
         * @memberof restante.ListDevices
         * @instance
         */
        ListDevices.prototype.user = "";

        /**
         * Creates a new ListDevices instance using the specified properties.
         * @function create
         * @memberof restante.ListDevices
         * @static
         * @param {restante.ListDevices.$Properties=} [properties] Properties to set
         * @returns {restante.ListDevices} ListDevices instance
         * @type {{
         *   (properties: restante.ListDevices.$Shape): restante.ListDevices & restante.ListDevices.$Shape;
         *   (properties?: restante.ListDevices.$Properties): restante.ListDevices;
         * }}
         */
        ListDevices.create = function(properties) {
            return new ListDevices(properties);
        };

        /**
         * Encodes the specified ListDevices message. Does not implicitly {@link restante.ListDevices.verify|verify} messages.
         * @function encode
         * @memberof restante.ListDevices
         * @static
         * @param {restante.ListDevices.$Properties} message ListDevices message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ListDevices.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.user);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ListDevices message from the specified reader or buffer.
         * @function decode
         * @memberof restante.ListDevices
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.ListDevices & restante.ListDevices.$Shape} ListDevices
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ListDevices.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.ListDevices();
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

        return ListDevices;
    })();

    restante.RemoveDevice = (function() {

        /**
         * Properties of a RemoveDevice.
         * @typedef {Object} restante.RemoveDevice.$Properties
         * @property {string|null} [user] RemoveDevice user
         * @property {string|null} [device] RemoveDevice device
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a RemoveDevice.
         * @memberof restante
         * @interface IRemoveDevice
         * @augments restante.RemoveDevice.$Properties
         * @deprecated Use restante.RemoveDevice.$Properties instead.
         */

        /**
         * Shape of a RemoveDevice.
         * @typedef {restante.RemoveDevice.$Properties} restante.RemoveDevice.$Shape
         */

        /**
         * Constructs a new RemoveDevice.
         * @memberof restante
         * @classdesc Represents a RemoveDevice.
         * @constructor
         * @param {restante.RemoveDevice.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const RemoveDevice = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * RemoveDevice user.
         * @member {string} user
         * @memberof restante.RemoveDevice
         * @instance
         */
        RemoveDevice.prototype.user = "";

        /**
         * RemoveDevice device.
         * @member {string} device
         * @memberof restante.RemoveDevice
         * @instance
         */
        RemoveDevice.prototype.device = "";

        /**
         * Creates a new RemoveDevice instance using the specified properties.
         * @function create
         * @memberof restante.RemoveDevice
         * @static
         * @param {restante.RemoveDevice.$Properties=} [properties] Properties to set
         * @returns {restante.RemoveDevice} RemoveDevice instance
         * @type {{
         *   (properties: restante.RemoveDevice.$Shape): restante.RemoveDevice & restante.RemoveDevice.$Shape;
         *   (properties?: restante.RemoveDevice.$Properties): restante.RemoveDevice;
         * }}
         */
        RemoveDevice.create = function(properties) {
            return new RemoveDevice(properties);
        };

        /**
         * Encodes the specified RemoveDevice message. Does not implicitly {@link restante.RemoveDevice.verify|verify} messages.
         * @function encode
         * @memberof restante.RemoveDevice
         * @static
         * @param {restante.RemoveDevice.$Properties} message RemoveDevice message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        RemoveDevice.encode = function (message, writer, _depth) {
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
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a RemoveDevice message from the specified reader or buffer.
         * @function decode
         * @memberof restante.RemoveDevice
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.RemoveDevice & restante.RemoveDevice.$Shape} RemoveDevice
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        RemoveDevice.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.RemoveDevice();
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

        return RemoveDevice;
    })();

    restante.ListDead = (function() {

        /**
         * Properties of a ListDead.
         * @typedef {Object} restante.ListDead.$Properties
         * @property {number|null} [after] ListDead after
         * @property {number|null} [limit] ListDead limit
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ListDead.
         * @memberof restante
         * @interface IListDead
         * @augments restante.ListDead.$Properties
         * @deprecated Use restante.ListDead.$Properties instead.
         */

        /**
         * Shape of a ListDead.
         * @typedef {restante.ListDead.$Properties} restante.ListDead.$Shape
         */

        /**
         * Constructs a new ListDead.
         * @memberof restante
         * @classdesc Represents a ListDead.
         * @constructor
         * @param {restante.ListDead.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ListDead = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ListDead after.
         * @member {number} after
         * @memberof restante.ListDead
         * @instance
         */
        ListDead.prototype.after = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ListDead limit.
         * @member {number} limit
         * @memberof restante.ListDead
         * @instance
         */
        ListDead.prototype.limit = 0;

        /**
         * Creates a new ListDead instance using the specified properties.
         * @function create
         * @memberof restante.ListDead
         * @static
         * @param {restante.ListDead.$Properties=} [properties] Properties to set
         * @returns {restante.ListDead} ListDead instance
         * @type {{
         *   (properties: restante.ListDead.$Shape): restante.ListDead & restante.ListDead.$Shape;
         *   (properties?: restante.ListDead.$Properties): restante.ListDead;
         * }}
         */
        ListDead.create = function(properties) {
            return new ListDead(properties);
        };

        /**
         * Encodes the specified ListDead message. Does not implicitly {@link restante.ListDead.verify|verify} messages.
         * @function encode
         * @memberof restante.ListDead
         * @static
         * @param {restante.ListDead.$Properties} message ListDead message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ListDead.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.after != null && (typeof message.after === "object" ? message.after.low || message.after.high : message.after !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.after);
            if (message.limit != null && message.limit !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.limit);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ListDead message from the specified reader or buffer.
         * @function decode
         * @memberof restante.ListDead
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.ListDead & restante.ListDead.$Shape} ListDead
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ListDead.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.ListDead();
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
                            message.after = value;
                        else
                            delete message.after;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.limit = value;
                        else
                            delete message.limit;
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

        return ListDead;
    })();

    restante.LockUser = (function() {

        /**
         * Properties of a LockUser.
         * @typedef {Object} restante.LockUser.$Properties
         * @property {string|null} [user] LockUser user
         * @property {boolean|null} [unlock] LockUser unlock
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a LockUser.
         * @memberof restante
         * @interface ILockUser
         * @augments restante.LockUser.$Properties
         * @deprecated Use restante.LockUser.$Properties instead.
         */

        /**
         * Shape of a LockUser.
         * @typedef {restante.LockUser.$Properties} restante.LockUser.$Shape
         */

        /**
         * Constructs a new LockUser.
         * @memberof restante
         * @classdesc Represents a LockUser.
         * @constructor
         * @param {restante.LockUser.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const LockUser = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * LockUser user.
         * @member {string} user
         * @memberof restante.LockUser
         * @instance
         */
        LockUser.prototype.user = "";

        /**
         * LockUser unlock.
         * @member {boolean} unlock
         * @memberof restante.LockUser
         * @instance
         */
        LockUser.prototype.unlock = false;

        /**
         * Creates a new LockUser instance using the specified properties.
         * @function create
         * @memberof restante.LockUser
         * @static
         * @param {restante.LockUser.$Properties=} [properties] Properties to set
         * @returns {restante.LockUser} LockUser instance
         * @type {{
         *   (properties: restante.LockUser.$Shape): restante.LockUser & restante.LockUser.$Shape;
         *   (properties?: restante.LockUser.$Properties): restante.LockUser;
         * }}
         */
        LockUser.create = function(properties) {
            return new LockUser(properties);
        };

        /**
         * Encodes the specified LockUser message. Does not implicitly {@link restante.LockUser.verify|verify} messages.
         * @function encode
         * @memberof restante.LockUser
         * @static
         * @param {restante.LockUser.$Properties} message LockUser message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        LockUser.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.user);
            if (message.unlock != null && message.unlock !== false)
                writer.uint32(/* id 2, wireType 0 =*/16).bool(message.unlock);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a LockUser message from the specified reader or buffer.
         * @function decode
         * @memberof restante.LockUser
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.LockUser & restante.LockUser.$Shape} LockUser
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        LockUser.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.LockUser();
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
                        if (value = reader.bool())
                            message.unlock = value;
                        else
                            delete message.unlock;
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

        return LockUser;
    })();

    restante.EndTokens = (function() {

        /**
         * Properties of an EndTokens.
         * @typedef {Object} restante.EndTokens.$Properties
         * @property {string|null} [user] EndTokens user
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an EndTokens.
         * @memberof restante
         * @interface IEndTokens
         * @augments restante.EndTokens.$Properties
         * @deprecated Use restante.EndTokens.$Properties instead.
         */

        /**
         * Shape of an EndTokens.
         * @typedef {restante.EndTokens.$Properties} restante.EndTokens.$Shape
         */

        /**
         * Constructs a new EndTokens.
         * @memberof restante
         * @classdesc Represents an EndTokens.
         * @constructor
         * @param {restante.EndTokens.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const EndTokens = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * EndTokens user.
         * @member {string} user
         * @memberof restante.EndTokens
         * @instance
         */
        EndTokens.prototype.user = "";

        /**
         * Creates a new EndTokens instance using the specified properties.
         * @function create
         * @memberof restante.EndTokens
         * @static
         * @param {restante.EndTokens.$Properties=} [properties] Properties to set
         * @returns {restante.EndTokens} EndTokens instance
         * @type {{
         *   (properties: restante.EndTokens.$Shape): restante.EndTokens & restante.EndTokens.$Shape;
         *   (properties?: restante.EndTokens.$Properties): restante.EndTokens;
         * }}
         */
        EndTokens.create = function(properties) {
            return new EndTokens(properties);
        };

        /**
         * Encodes the specified EndTokens message. Does not implicitly {@link restante.EndTokens.verify|verify} messages.
         * @function encode
         * @memberof restante.EndTokens
         * @static
         * @param {restante.EndTokens.$Properties} message EndTokens message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        EndTokens.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.user);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an EndTokens message from the specified reader or buffer.
         * @function decode
         * @memberof restante.EndTokens
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.EndTokens & restante.EndTokens.$Shape} EndTokens
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        EndTokens.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.EndTokens();
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

        return EndTokens;
    })();

    restante.RequeueDead = (function() {

        /**
         * Properties of a RequeueDead.
         * @typedef {Object} restante.RequeueDead.$Properties
         * @property {number|null} [position] RequeueDead position
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a RequeueDead.
         * @memberof restante
         * @interface IRequeueDead
         * @augments restante.RequeueDead.$Properties
         * @deprecated Use restante.RequeueDead.$Properties instead.
         */

        /**
         * Shape of a RequeueDead.
         * @typedef {restante.RequeueDead.$Properties} restante.RequeueDead.$Shape
         */

        /**
         * Constructs a new RequeueDead.
         * @memberof restante
         * @classdesc Represents a RequeueDead.
         * @constructor
         * @param {restante.RequeueDead.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const RequeueDead = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * RequeueDead position.
         * @member {number} position
         * @memberof restante.RequeueDead
         * @instance
         */
        RequeueDead.prototype.position = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Creates a new RequeueDead instance using the specified properties.
         * @function create
         * @memberof restante.RequeueDead
         * @static
         * @param {restante.RequeueDead.$Properties=} [properties] Properties to set
         * @returns {restante.RequeueDead} RequeueDead instance
         * @type {{
         *   (properties: restante.RequeueDead.$Shape): restante.RequeueDead & restante.RequeueDead.$Shape;
         *   (properties?: restante.RequeueDead.$Properties): restante.RequeueDead;
         * }}
         */
        RequeueDead.create = function(properties) {
            return new RequeueDead(properties);
        };

        /**
         * Encodes the specified RequeueDead message. Does not implicitly {@link restante.RequeueDead.verify|verify} messages.
         * @function encode
         * @memberof restante.RequeueDead
         * @static
         * @param {restante.RequeueDead.$Properties} message RequeueDead message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        RequeueDead.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.position != null && (typeof message.position === "object" ? message.position.low || message.position.high : message.position !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.position);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a RequeueDead message from the specified reader or buffer.
         * @function decode
         * @memberof restante.RequeueDead
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.RequeueDead & restante.RequeueDead.$Shape} RequeueDead
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        RequeueDead.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.RequeueDead();
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
                            message.position = value;
                        else
                            delete message.position;
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

        return RequeueDead;
    })();

    restante.Content = (function() {

        /**
         * Properties of a Content.
         * @typedef {Object} restante.Content.$Properties
         * @property {string|null} [text] Content text
         * @property {Array.<restante.Mention.$Properties>|null} [mentions] Content mentions
         * @property {number|null} [replyTo] Content replyTo
         * @property {number|null} [edit] Content edit
         * @property {number|null} ["delete"] Content delete
         * @property {restante.Reaction.$Properties|null} [reaction] Content reaction
         * @property {boolean|null} [forwarded] Content forwarded
         * @property {Array.<restante.Attachment.$Properties>|null} [attachments] Content attachments
         * @property {restante.Location.$Properties|null} [location] Content location
         * @property {restante.Contact.$Properties|null} [contact] Content contact
         * @property {number|null} [disappearAfterS] Content disappearAfterS
         * @property {"edit"|"delete"|"reaction"} [act] Content act
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Content.
         * @memberof restante
         * @interface IContent
         * @augments restante.Content.$Properties
         * @deprecated Use restante.Content.$Properties instead.
         */

        /**
         * Narrowed shape of a Content.
         * @typedef {{
         *   text?: string|null;
         *   mentions?: Array.<restante.Mention.$Shape>|null;
         *   replyTo?: number|null;
         *   edit?: number|null;
         *   "delete"?: number|null;
         *   reaction?: restante.Reaction.$Shape|null;
         *   forwarded?: boolean|null;
         *   attachments?: Array.<restante.Attachment.$Shape>|null;
         *   location?: restante.Location.$Shape|null;
         *   contact?: restante.Contact.$Shape|null;
         *   disappearAfterS?: number|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ act?: undefined; edit?: null; "delete"?: null; reaction?: null }|{ act?: "edit"; edit: number; "delete"?: null; reaction?: null }|{ act?: "delete"; edit?: null; "delete": number; reaction?: null }|{ act?: "reaction"; edit?: null; "delete"?: null; reaction: restante.Reaction.$Shape })
         * )} restante.Content.$Shape
         */

        /**
         * Constructs a new Content.
         * @memberof restante
         * @classdesc Represents a Content.
         * @constructor
         * @param {restante.Content.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Content = function (properties) {
            this.mentions = [];
            this.attachments = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Content text.
         * @member {string} text
         * @memberof restante.Content
         * @instance
         */
        Content.prototype.text = "";

        /**
         * Content mentions.
         * @member {Array.<restante.Mention.$Properties>} mentions
         * @memberof restante.Content
         * @instance
         */
        Content.prototype.mentions = $util.emptyArray;

        /**
         * Content replyTo.
         * @member {number} replyTo
         * @memberof restante.Content
         * @instance
         */
        Content.prototype.replyTo = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Content edit.
         * @member {number|null|undefined} edit
         * @memberof restante.Content
         * @instance
         */
        Content.prototype.edit = null;

        /**
         * Content delete.
         * @member {number|null|undefined} delete
         * @memberof restante.Content
         * @instance
         */
        Content.prototype["delete"] = null;

        /**
         * Content reaction.
         * @member {restante.Reaction.$Properties|null|undefined} reaction
         * @memberof restante.Content
         * @instance
         */
        Content.prototype.reaction = null;

        /**
         * Content forwarded.
         * @member {boolean} forwarded
         * @memberof restante.Content
         * @instance
         */
        Content.prototype.forwarded = false;

        /**
         * Content attachments.
         * @member {Array.<restante.Attachment.$Properties>} attachments
         * @memberof restante.Content
         * @instance
         */
        Content.prototype.attachments = $util.emptyArray;

        /**
         * Content location.
         * @member {restante.Location.$Properties|null|undefined} location
         * @memberof restante.Content
         * @instance
         */
        Content.prototype.location = null;

        /**
         * Content contact.
         * @member {restante.Contact.$Properties|null|undefined} contact
         * @memberof restante.Content
         * @instance
         */
        Content.prototype.contact = null;

        /**
         * Content disappearAfterS.
         * @member {number} disappearAfterS
         * @memberof restante.Content
         * @instance
         */
        Content.prototype.disappearAfterS = 0;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * Content act.
         * @member {"edit"|"delete"|"reaction"|undefined} act
         * @memberof restante.Content
         * @instance
         */
        $Object.defineProperty(Content.prototype, "act", {
            get: $util.oneOfGetter($oneOfFields = ["edit", "delete", "reaction"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Creates a new Content instance using the specified properties.
         * @function create
         * @memberof restante.Content
         * @static
         * @param {restante.Content.$Properties=} [properties] Properties to set
         * @returns {restante.Content} Content instance
         * @type {{
         *   (properties: restante.Content.$Shape): restante.Content & restante.Content.$Shape;
         *   (properties?: restante.Content.$Properties): restante.Content;
         * }}
         */
        Content.create = function(properties) {
            return new Content(properties);
        };

        /**
         * Encodes the specified Content message. Does not implicitly {@link restante.Content.verify|verify} messages.
         * @function encode
         * @memberof restante.Content
         * @static
         * @param {restante.Content.$Properties} message Content message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Content.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.text != null && message.text !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.text);
            if (message.mentions != null && message.mentions.length)
                for (let i = 0; i < message.mentions.length; ++i)
                    $root.restante.Mention.encode(message.mentions[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.replyTo != null && (typeof message.replyTo === "object" ? message.replyTo.low || message.replyTo.high : message.replyTo !== 0))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.replyTo);
            if (message.edit != null)
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.edit);
            if (message["delete"] != null)
                writer.uint32(/* id 5, wireType 0 =*/40).uint64(message["delete"]);
            if (message.reaction != null)
                $root.restante.Reaction.encode(message.reaction, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.forwarded != null && message.forwarded !== false)
                writer.uint32(/* id 7, wireType 0 =*/56).bool(message.forwarded);
            if (message.attachments != null && message.attachments.length)
                for (let i = 0; i < message.attachments.length; ++i)
                    $root.restante.Attachment.encode(message.attachments[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.location != null)
                $root.restante.Location.encode(message.location, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
            if (message.contact != null)
                $root.restante.Contact.encode(message.contact, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
            if (message.disappearAfterS != null && message.disappearAfterS !== 0)
                writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.disappearAfterS);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Content message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Content
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Content & restante.Content.$Shape} Content
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Content.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Content();
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
                            message.text = value;
                        else
                            delete message.text;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.mentions && message.mentions.length))
                            message.mentions = [];
                        message.mentions.push($root.restante.Mention.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.replyTo = value;
                        else
                            delete message.replyTo;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.edit = reader.uint64();
                        if (isChosen)
                            message.act = "edit";
                        isChosen = true;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message["delete"] = reader.uint64();
                        if (isChosen)
                            message.act = "delete";
                        isChosen = true;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.reaction = $root.restante.Reaction.decode(reader, reader.size(), $undefined, _depth + 1, message.reaction);
                        if (isChosen)
                            message.act = "reaction";
                        isChosen = true;
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.forwarded = value;
                        else
                            delete message.forwarded;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if (!(message.attachments && message.attachments.length))
                            message.attachments = [];
                        message.attachments.push($root.restante.Attachment.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.location = $root.restante.Location.decode(reader, reader.size(), $undefined, _depth + 1, message.location);
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        message.contact = $root.restante.Contact.decode(reader, reader.size(), $undefined, _depth + 1, message.contact);
                        continue;
                    }
                case 11: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.disappearAfterS = value;
                        else
                            delete message.disappearAfterS;
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

        return Content;
    })();

    restante.Mention = (function() {

        /**
         * Properties of a Mention.
         * @typedef {Object} restante.Mention.$Properties
         * @property {string|null} [user] Mention user
         * @property {number|null} [start] Mention start
         * @property {number|null} [length] Mention length
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Mention.
         * @memberof restante
         * @interface IMention
         * @augments restante.Mention.$Properties
         * @deprecated Use restante.Mention.$Properties instead.
         */

        /**
         * Shape of a Mention.
         * @typedef {restante.Mention.$Properties} restante.Mention.$Shape
         */

        /**
         * Constructs a new Mention.
         * @memberof restante
         * @classdesc Represents a Mention.
         * @constructor
         * @param {restante.Mention.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Mention = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Mention user.
         * @member {string} user
         * @memberof restante.Mention
         * @instance
         */
        Mention.prototype.user = "";

        /**
         * Mention start.
         * @member {number} start
         * @memberof restante.Mention
         * @instance
         */
        Mention.prototype.start = 0;

        /**
         * Mention length.
         * @member {number} length
         * @memberof restante.Mention
         * @instance
         */
        Mention.prototype.length = 0;

        /**
         * Creates a new Mention instance using the specified properties.
         * @function create
         * @memberof restante.Mention
         * @static
         * @param {restante.Mention.$Properties=} [properties] Properties to set
         * @returns {restante.Mention} Mention instance
         * @type {{
         *   (properties: restante.Mention.$Shape): restante.Mention & restante.Mention.$Shape;
         *   (properties?: restante.Mention.$Properties): restante.Mention;
         * }}
         */
        Mention.create = function(properties) {
            return new Mention(properties);
        };

        /**
         * Encodes the specified Mention message. Does not implicitly {@link restante.Mention.verify|verify} messages.
         * @function encode
         * @memberof restante.Mention
         * @static
         * @param {restante.Mention.$Properties} message Mention message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Mention.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.user);
            if (message.start != null && message.start !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.start);
            if (message.length != null && message.length !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.length);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Mention message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Mention
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Mention & restante.Mention.$Shape} Mention
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Mention.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Mention();
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
                            message.start = value;
                        else
                            delete message.start;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.length = value;
                        else
                            delete message.length;
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

        return Mention;
    })();

    restante.Reaction = (function() {

        /**
         * Properties of a Reaction.
         * @typedef {Object} restante.Reaction.$Properties
         * @property {number|null} [seq] Reaction seq
         * @property {string|null} [emoji] Reaction emoji
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Reaction.
         * @memberof restante
         * @interface IReaction
         * @augments restante.Reaction.$Properties
         * @deprecated Use restante.Reaction.$Properties instead.
         */

        /**
         * Shape of a Reaction.
         * @typedef {restante.Reaction.$Properties} restante.Reaction.$Shape
         */

        /**
         * Constructs a new Reaction.
         * @memberof restante
         * @classdesc Represents a Reaction.
         * @constructor
         * @param {restante.Reaction.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Reaction = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Reaction seq.
         * @member {number} seq
         * @memberof restante.Reaction
         * @instance
         */
        Reaction.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Reaction emoji.
         * @member {string} emoji
         * @memberof restante.Reaction
         * @instance
         */
        Reaction.prototype.emoji = "";

        /**
         * Creates a new Reaction instance using the specified properties.
         * @function create
         * @memberof restante.Reaction
         * @static
         * @param {restante.Reaction.$Properties=} [properties] Properties to set
         * @returns {restante.Reaction} Reaction instance
         * @type {{
         *   (properties: restante.Reaction.$Shape): restante.Reaction & restante.Reaction.$Shape;
         *   (properties?: restante.Reaction.$Properties): restante.Reaction;
         * }}
         */
        Reaction.create = function(properties) {
            return new Reaction(properties);
        };

        /**
         * Encodes the specified Reaction message. Does not implicitly {@link restante.Reaction.verify|verify} messages.
         * @function encode
         * @memberof restante.Reaction
         * @static
         * @param {restante.Reaction.$Properties} message Reaction message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Reaction.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.seq != null && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.seq);
            if (message.emoji != null && message.emoji !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.emoji);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Reaction message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Reaction
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Reaction & restante.Reaction.$Shape} Reaction
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Reaction.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Reaction();
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
                            message.seq = value;
                        else
                            delete message.seq;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.emoji = value;
                        else
                            delete message.emoji;
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

        return Reaction;
    })();

    restante.Attachment = (function() {

        /**
         * Properties of an Attachment.
         * @typedef {Object} restante.Attachment.$Properties
         * @property {string|null} [url] Attachment url
         * @property {string|null} [name] Attachment name
         * @property {string|null} [contentType] Attachment contentType
         * @property {number|null} [size] Attachment size
         * @property {Uint8Array|null} [sha256] Attachment sha256
         * @property {Uint8Array|null} [key] Attachment key
         * @property {Uint8Array|null} [preview] Attachment preview
         * @property {number|null} [width] Attachment width
         * @property {number|null} [height] Attachment height
         * @property {number|null} [durationMs] Attachment durationMs
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Attachment.
         * @memberof restante
         * @interface IAttachment
         * @augments restante.Attachment.$Properties
         * @deprecated Use restante.Attachment.$Properties instead.
         */

        /**
         * Shape of an Attachment.
         * @typedef {restante.Attachment.$Properties} restante.Attachment.$Shape
         */

        /**
         * Constructs a new Attachment.
         * @memberof restante
         * @classdesc Represents an Attachment.
         * @constructor
         * @param {restante.Attachment.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Attachment = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Attachment url.
         * @member {string} url
         * @memberof restante.Attachment
         * @instance
         */
        Attachment.prototype.url = "";

        /**
         * Attachment name.
         * @member {string} name
         * @memberof restante.Attachment
         * @instance
         */
        Attachment.prototype.name = "";

        /**
         * Attachment contentType.
         * @member {string} contentType
         * @memberof restante.Attachment
         * @instance
         */
        Attachment.prototype.contentType = "";

        /**
         * Attachment size.
         * @member {number} size
         * @memberof restante.Attachment
         * @instance
         */
        Attachment.prototype.size = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Attachment sha256.
         * @member {Uint8Array} sha256
         * @memberof restante.Attachment
         * @instance
         */
        Attachment.prototype.sha256 = $util.newBuffer([]);

        /**
         * Attachment key.
         * @member {Uint8Array} key
         * @memberof restante.Attachment
         * @instance
         */
        Attachment.prototype.key = $util.newBuffer([]);

        /**
         * Attachment preview.
         * @member {Uint8Array} preview
         * @memberof restante.Attachment
         * @instance
         */
        Attachment.prototype.preview = $util.newBuffer([]);

        /**
         * Attachment width.
         * @member {number} width
         * @memberof restante.Attachment
         * @instance
         */
        Attachment.prototype.width = 0;

        /**
         * Attachment height.
         * @member {number} height
         * @memberof restante.Attachment
         * @instance
         */
        Attachment.prototype.height = 0;

        /**
         * Attachment durationMs.
         * @member {number} durationMs
         * @memberof restante.Attachment
         * @instance
         */
        Attachment.prototype.durationMs = 0;

        /**
         * Creates a new Attachment instance using the specified properties.
         * @function create
         * @memberof restante.Attachment
         * @static
         * @param {restante.Attachment.$Properties=} [properties] Properties to set
         * @returns {restante.Attachment} Attachment instance
         * @type {{
         *   (properties: restante.Attachment.$Shape): restante.Attachment & restante.Attachment.$Shape;
         *   (properties?: restante.Attachment.$Properties): restante.Attachment;
         * }}
         */
        Attachment.create = function(properties) {
            return new Attachment(properties);
        };

        /**
         * Encodes the specified Attachment message. Does not implicitly {@link restante.Attachment.verify|verify} messages.
         * @function encode
         * @memberof restante.Attachment
         * @static
         * @param {restante.Attachment.$Properties} message Attachment message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Attachment.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.url != null && message.url !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.url);
            if (message.name != null && message.name !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
            if (message.contentType != null && message.contentType !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.contentType);
            if (message.size != null && (typeof message.size === "object" ? message.size.low || message.size.high : message.size !== 0))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.size);
            if (message.sha256 != null && message.sha256.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.sha256);
            if (message.key != null && message.key.length)
                writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.key);
            if (message.preview != null && message.preview.length)
                writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.preview);
            if (message.width != null && message.width !== 0)
                writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.width);
            if (message.height != null && message.height !== 0)
                writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.height);
            if (message.durationMs != null && message.durationMs !== 0)
                writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.durationMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Attachment message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Attachment
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Attachment & restante.Attachment.$Shape} Attachment
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Attachment.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Attachment();
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
                            message.url = value;
                        else
                            delete message.url;
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
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.contentType = value;
                        else
                            delete message.contentType;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.size = value;
                        else
                            delete message.size;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.sha256 = value;
                        else
                            delete message.sha256;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.key = value;
                        else
                            delete message.key;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.preview = value;
                        else
                            delete message.preview;
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.width = value;
                        else
                            delete message.width;
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.height = value;
                        else
                            delete message.height;
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.durationMs = value;
                        else
                            delete message.durationMs;
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

        return Attachment;
    })();

    restante.Location = (function() {

        /**
         * Properties of a Location.
         * @typedef {Object} restante.Location.$Properties
         * @property {number|null} [latitude] Location latitude
         * @property {number|null} [longitude] Location longitude
         * @property {number|null} [accuracyM] Location accuracyM
         * @property {string|null} [name] Location name
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Location.
         * @memberof restante
         * @interface ILocation
         * @augments restante.Location.$Properties
         * @deprecated Use restante.Location.$Properties instead.
         */

        /**
         * Shape of a Location.
         * @typedef {restante.Location.$Properties} restante.Location.$Shape
         */

        /**
         * Constructs a new Location.
         * @memberof restante
         * @classdesc Represents a Location.
         * @constructor
         * @param {restante.Location.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Location = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Location latitude.
         * @member {number} latitude
         * @memberof restante.Location
         * @instance
         */
        Location.prototype.latitude = 0;

        /**
         * Location longitude.
         * @member {number} longitude
         * @memberof restante.Location
         * @instance
         */
        Location.prototype.longitude = 0;

        /**
         * Location accuracyM.
         * @member {number} accuracyM
         * @memberof restante.Location
         * @instance
         */
        Location.prototype.accuracyM = 0;

        /**
         * Location name.
         * @member {string} name
         * @memberof restante.Location
         * @instance
         */
        Location.prototype.name = "";

        /**
         * Creates a new Location instance using the specified properties.
         * @function create
         * @memberof restante.Location
         * @static
         * @param {restante.Location.$Properties=} [properties] Properties to set
         * @returns {restante.Location} Location instance
         * @type {{
         *   (properties: restante.Location.$Shape): restante.Location & restante.Location.$Shape;
         *   (properties?: restante.Location.$Properties): restante.Location;
         * }}
         */
        Location.create = function(properties) {
            return new Location(properties);
        };

        /**
         * Encodes the specified Location message. Does not implicitly {@link restante.Location.verify|verify} messages.
         * @function encode
         * @memberof restante.Location
         * @static
         * @param {restante.Location.$Properties} message Location message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Location.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.latitude != null && !$Object.is(message.latitude, 0))
                writer.uint32(/* id 1, wireType 1 =*/9).double(message.latitude);
            if (message.longitude != null && !$Object.is(message.longitude, 0))
                writer.uint32(/* id 2, wireType 1 =*/17).double(message.longitude);
            if (message.accuracyM != null && !$Object.is(message.accuracyM, 0))
                writer.uint32(/* id 3, wireType 5 =*/29).float(message.accuracyM);
            if (message.name != null && message.name !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.name);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Location message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Location
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Location & restante.Location.$Shape} Location
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Location.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Location();
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
                        if (wireType !== 1)
                            break;
                        if (!$Object.is(value = reader.double(), 0))
                            message.latitude = value;
                        else
                            delete message.latitude;
                        continue;
                    }
                case 2: {
                        if (wireType !== 1)
                            break;
                        if (!$Object.is(value = reader.double(), 0))
                            message.longitude = value;
                        else
                            delete message.longitude;
                        continue;
                    }
                case 3: {
                        if (wireType !== 5)
                            break;
                        if (!$Object.is(value = reader.float(), 0))
                            message.accuracyM = value;
                        else
                            delete message.accuracyM;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
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

        return Location;
    })();

    restante.Contact = (function() {

        /**
         * Properties of a Contact.
         * @typedef {Object} restante.Contact.$Properties
         * @property {string|null} [name] Contact name
         * @property {string|null} [user] Contact user
         * @property {Array.<string>|null} [phones] Contact phones
         * @property {Array.<string>|null} [emails] Contact emails
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Contact.
         * @memberof restante
         * @interface IContact
         * @augments restante.Contact.$Properties
         * @deprecated Use restante.Contact.$Properties instead.
         */

        /**
         * Shape of a Contact.
         * @typedef {restante.Contact.$Properties} restante.Contact.$Shape
         */

        /**
         * Constructs a new Contact.
         * @memberof restante
         * @classdesc Represents a Contact.
         * @constructor
         * @param {restante.Contact.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Contact = function (properties) {
            this.phones = [];
            this.emails = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Contact name.
         * @member {string} name
         * @memberof restante.Contact
         * @instance
         */
        Contact.prototype.name = "";

        /**
         * Contact user.
         * @member {string} user
         * @memberof restante.Contact
         * @instance
         */
        Contact.prototype.user = "";

        /**
         * Contact phones.
         * @member {Array.<string>} phones
         * @memberof restante.Contact
         * @instance
         */
        Contact.prototype.phones = $util.emptyArray;

        /**
         * Contact emails.
         * @member {Array.<string>} emails
         * @memberof restante.Contact
         * @instance
         */
        Contact.prototype.emails = $util.emptyArray;

        /**
         * Creates a new Contact instance using the specified properties.
         * @function create
         * @memberof restante.Contact
         * @static
         * @param {restante.Contact.$Properties=} [properties] Properties to set
         * @returns {restante.Contact} Contact instance
         * @type {{
         *   (properties: restante.Contact.$Shape): restante.Contact & restante.Contact.$Shape;
         *   (properties?: restante.Contact.$Properties): restante.Contact;
         * }}
         */
        Contact.create = function(properties) {
            return new Contact(properties);
        };

        /**
         * Encodes the specified Contact message. Does not implicitly {@link restante.Contact.verify|verify} messages.
         * @function encode
         * @memberof restante.Contact
         * @static
         * @param {restante.Contact.$Properties} message Contact message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Contact.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.user != null && message.user !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.user);
            if (message.phones != null && message.phones.length)
                for (let i = 0; i < message.phones.length; ++i)
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.phones[i]);
            if (message.emails != null && message.emails.length)
                for (let i = 0; i < message.emails.length; ++i)
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.emails[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Contact message from the specified reader or buffer.
         * @function decode
         * @memberof restante.Contact
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {restante.Contact & restante.Contact.$Shape} Contact
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Contact.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.restante.Contact();
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
                        if ((value = reader.stringVerify()).length)
                            message.user = value;
                        else
                            delete message.user;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.phones && message.phones.length))
                            message.phones = [];
                        message.phones.push(reader.stringVerify());
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.emails && message.emails.length))
                            message.emails = [];
                        message.emails.push(reader.stringVerify());
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

        return Contact;
    })();

    return restante;
})();

export {
  $root as default
};
