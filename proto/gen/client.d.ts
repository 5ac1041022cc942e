import * as $protobuf from "protobufjs/minimal.js";

/** Namespace restante. */
export namespace restante {

    /**
     * Properties of an Up.
     * @deprecated Use restante.Up.$Properties instead.
     */
    interface IUp extends restante.Up.$Properties {
    }

    /** Represents an Up. */
    class Up {

        /**
         * Constructs a new Up.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Up.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Up message. */
        message?: (restante.SendMessage.$Properties|null);

        /** Up read. */
        read?: (restante.Read.$Properties|null);

        /** Up typing. */
        typing?: (restante.Typing.$Properties|null);

        /** Up create. */
        create?: (restante.CreateChat.$Properties|null);

        /** Up add. */
        add?: (restante.AddMembers.$Properties|null);

        /** Up remove. */
        remove?: (restante.RemoveMembers.$Properties|null);

        /** Up leave. */
        leave?: (restante.LeaveChat.$Properties|null);

        /** Up rename. */
        rename?: (restante.RenameChat.$Properties|null);

        /** Up setRole. */
        setRole?: (restante.SetRole.$Properties|null);

        /** Up query. */
        query?: (restante.ChatQuery.$Properties|null);

        /** Up setDisappearing. */
        setDisappearing?: (restante.SetDisappearing.$Properties|null);

        /** Up insteadOf. */
        insteadOf: number[];

        /** Up body. */
        body?: ("message"|"read"|"typing"|"create"|"add"|"remove"|"leave"|"rename"|"setRole"|"query"|"setDisappearing");

        /**
         * Creates a new Up instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Up instance
         */
        static create(properties: restante.Up.$Shape): restante.Up & restante.Up.$Shape;
        static create(properties?: restante.Up.$Properties): restante.Up;

        /**
         * Encodes the specified Up message. Does not implicitly {@link restante.Up.verify|verify} messages.
         * @param message Up message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Up.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Up message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Up & restante.Up.$Shape} Up
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Up & restante.Up.$Shape;
    }

    namespace Up {

        /** Properties of an Up. */
        interface $Properties {

            /** Up message */
            message?: (restante.SendMessage.$Properties|null);

            /** Up read */
            read?: (restante.Read.$Properties|null);

            /** Up typing */
            typing?: (restante.Typing.$Properties|null);

            /** Up create */
            create?: (restante.CreateChat.$Properties|null);

            /** Up add */
            add?: (restante.AddMembers.$Properties|null);

            /** Up remove */
            remove?: (restante.RemoveMembers.$Properties|null);

            /** Up leave */
            leave?: (restante.LeaveChat.$Properties|null);

            /** Up rename */
            rename?: (restante.RenameChat.$Properties|null);

            /** Up setRole */
            setRole?: (restante.SetRole.$Properties|null);

            /** Up query */
            query?: (restante.ChatQuery.$Properties|null);

            /** Up setDisappearing */
            setDisappearing?: (restante.SetDisappearing.$Properties|null);

            /** Up insteadOf */
            insteadOf?: (number[]|null);

            /** Up body */
            body?: ("message"|"read"|"typing"|"create"|"add"|"remove"|"leave"|"rename"|"setRole"|"query"|"setDisappearing");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of an Up. */
        type $Shape = {
          message?: restante.SendMessage.$Shape|null;
          read?: restante.Read.$Shape|null;
          typing?: restante.Typing.$Shape|null;
          create?: restante.CreateChat.$Shape|null;
          add?: restante.AddMembers.$Shape|null;
          remove?: restante.RemoveMembers.$Shape|null;
          leave?: restante.LeaveChat.$Shape|null;
          rename?: restante.RenameChat.$Shape|null;
          setRole?: restante.SetRole.$Shape|null;
          query?: restante.ChatQuery.$Shape|null;
          setDisappearing?: restante.SetDisappearing.$Shape|null;
          insteadOf?: number[]|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ body?: undefined; message?: null; read?: null; typing?: null; create?: null; add?: null; remove?: null; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "message"; message: restante.SendMessage.$Shape; read?: null; typing?: null; create?: null; add?: null; remove?: null; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "read"; message?: null; read: restante.Read.$Shape; typing?: null; create?: null; add?: null; remove?: null; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "typing"; message?: null; read?: null; typing: restante.Typing.$Shape; create?: null; add?: null; remove?: null; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "create"; message?: null; read?: null; typing?: null; create: restante.CreateChat.$Shape; add?: null; remove?: null; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "add"; message?: null; read?: null; typing?: null; create?: null; add: restante.AddMembers.$Shape; remove?: null; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "remove"; message?: null; read?: null; typing?: null; create?: null; add?: null; remove: restante.RemoveMembers.$Shape; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "leave"; message?: null; read?: null; typing?: null; create?: null; add?: null; remove?: null; leave: restante.LeaveChat.$Shape; rename?: null; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "rename"; message?: null; read?: null; typing?: null; create?: null; add?: null; remove?: null; leave?: null; rename: restante.RenameChat.$Shape; setRole?: null; query?: null; setDisappearing?: null }|{ body?: "setRole"; message?: null; read?: null; typing?: null; create?: null; add?: null; remove?: null; leave?: null; rename?: null; setRole: restante.SetRole.$Shape; query?: null; setDisappearing?: null }|{ body?: "query"; message?: null; read?: null; typing?: null; create?: null; add?: null; remove?: null; leave?: null; rename?: null; setRole?: null; query: restante.ChatQuery.$Shape; setDisappearing?: null }|{ body?: "setDisappearing"; message?: null; read?: null; typing?: null; create?: null; add?: null; remove?: null; leave?: null; rename?: null; setRole?: null; query?: null; setDisappearing: restante.SetDisappearing.$Shape })
        );
    }

    /**
     * Properties of a SendMessage.
     * @deprecated Use restante.SendMessage.$Properties instead.
     */
    interface ISendMessage extends restante.SendMessage.$Properties {
    }

    /** Represents a SendMessage. */
    class SendMessage {

        /**
         * Constructs a new SendMessage.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.SendMessage.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SendMessage clientSeq. */
        clientSeq: number;

        /** SendMessage text. */
        text: string;

        /** SendMessage body. */
        body: Uint8Array;

        /** SendMessage contentType. */
        contentType: string;

        /** SendMessage peer. */
        peer: string;

        /** SendMessage content. */
        content: Uint8Array;

        /** SendMessage quiet. */
        quiet: boolean;

        /** SendMessage ttlS. */
        ttlS: number;

        /**
         * Creates a new SendMessage instance using the specified properties.
         * @param [properties] Properties to set
         * @returns SendMessage instance
         */
        static create(properties: restante.SendMessage.$Shape): restante.SendMessage & restante.SendMessage.$Shape;
        static create(properties?: restante.SendMessage.$Properties): restante.SendMessage;

        /**
         * Encodes the specified SendMessage message. Does not implicitly {@link restante.SendMessage.verify|verify} messages.
         * @param message SendMessage message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.SendMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SendMessage message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.SendMessage & restante.SendMessage.$Shape} SendMessage
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.SendMessage & restante.SendMessage.$Shape;
    }

    namespace SendMessage {

        /** Properties of a SendMessage. */
        interface $Properties {

            /** SendMessage clientSeq */
            clientSeq?: (number|null);

            /** SendMessage text */
            text?: (string|null);

            /** SendMessage body */
            body?: (Uint8Array|null);

            /** SendMessage contentType */
            contentType?: (string|null);

            /** SendMessage peer */
            peer?: (string|null);

            /** SendMessage content */
            content?: (Uint8Array|null);

            /** SendMessage quiet */
            quiet?: (boolean|null);

            /** SendMessage ttlS */
            ttlS?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SendMessage. */
        type $Shape = restante.SendMessage.$Properties;
    }

    /**
     * Properties of a Read.
     * @deprecated Use restante.Read.$Properties instead.
     */
    interface IRead extends restante.Read.$Properties {
    }

    /** Represents a Read. */
    class Read {

        /**
         * Constructs a new Read.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Read.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Read upTo. */
        upTo: number;

        /**
         * Creates a new Read instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Read instance
         */
        static create(properties: restante.Read.$Shape): restante.Read & restante.Read.$Shape;
        static create(properties?: restante.Read.$Properties): restante.Read;

        /**
         * Encodes the specified Read message. Does not implicitly {@link restante.Read.verify|verify} messages.
         * @param message Read message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Read.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Read message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Read & restante.Read.$Shape} Read
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Read & restante.Read.$Shape;
    }

    namespace Read {

        /** Properties of a Read. */
        interface $Properties {

            /** Read upTo */
            upTo?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Read. */
        type $Shape = restante.Read.$Properties;
    }

    /**
     * Properties of a Typing.
     * @deprecated Use restante.Typing.$Properties instead.
     */
    interface ITyping extends restante.Typing.$Properties {
    }

    /** Represents a Typing. */
    class Typing {

        /**
         * Constructs a new Typing.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Typing.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Typing stopped. */
        stopped: boolean;

        /**
         * Creates a new Typing instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Typing instance
         */
        static create(properties: restante.Typing.$Shape): restante.Typing & restante.Typing.$Shape;
        static create(properties?: restante.Typing.$Properties): restante.Typing;

        /**
         * Encodes the specified Typing message. Does not implicitly {@link restante.Typing.verify|verify} messages.
         * @param message Typing message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Typing.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Typing message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Typing & restante.Typing.$Shape} Typing
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Typing & restante.Typing.$Shape;
    }

    namespace Typing {

        /** Properties of a Typing. */
        interface $Properties {

            /** Typing stopped */
            stopped?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Typing. */
        type $Shape = restante.Typing.$Properties;
    }

    /**
     * Properties of a CreateChat.
     * @deprecated Use restante.CreateChat.$Properties instead.
     */
    interface ICreateChat extends restante.CreateChat.$Properties {
    }

    /** Represents a CreateChat. */
    class CreateChat {

        /**
         * Constructs a new CreateChat.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.CreateChat.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** CreateChat clientSeq. */
        clientSeq: number;

        /** CreateChat name. */
        name: string;

        /** CreateChat members. */
        members: string[];

        /**
         * Creates a new CreateChat instance using the specified properties.
         * @param [properties] Properties to set
         * @returns CreateChat instance
         */
        static create(properties: restante.CreateChat.$Shape): restante.CreateChat & restante.CreateChat.$Shape;
        static create(properties?: restante.CreateChat.$Properties): restante.CreateChat;

        /**
         * Encodes the specified CreateChat message. Does not implicitly {@link restante.CreateChat.verify|verify} messages.
         * @param message CreateChat message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.CreateChat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a CreateChat message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.CreateChat & restante.CreateChat.$Shape} CreateChat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.CreateChat & restante.CreateChat.$Shape;
    }

    namespace CreateChat {

        /** Properties of a CreateChat. */
        interface $Properties {

            /** CreateChat clientSeq */
            clientSeq?: (number|null);

            /** CreateChat name */
            name?: (string|null);

            /** CreateChat members */
            members?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a CreateChat. */
        type $Shape = restante.CreateChat.$Properties;
    }

    /**
     * Properties of an AddMembers.
     * @deprecated Use restante.AddMembers.$Properties instead.
     */
    interface IAddMembers extends restante.AddMembers.$Properties {
    }

    /** Represents an AddMembers. */
    class AddMembers {

        /**
         * Constructs a new AddMembers.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.AddMembers.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AddMembers clientSeq. */
        clientSeq: number;

        /** AddMembers members. */
        members: string[];

        /**
         * Creates a new AddMembers instance using the specified properties.
         * @param [properties] Properties to set
         * @returns AddMembers instance
         */
        static create(properties: restante.AddMembers.$Shape): restante.AddMembers & restante.AddMembers.$Shape;
        static create(properties?: restante.AddMembers.$Properties): restante.AddMembers;

        /**
         * Encodes the specified AddMembers message. Does not implicitly {@link restante.AddMembers.verify|verify} messages.
         * @param message AddMembers message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.AddMembers.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AddMembers message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.AddMembers & restante.AddMembers.$Shape} AddMembers
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.AddMembers & restante.AddMembers.$Shape;
    }

    namespace AddMembers {

        /** Properties of an AddMembers. */
        interface $Properties {

            /** AddMembers clientSeq */
            clientSeq?: (number|null);

            /** AddMembers members */
            members?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AddMembers. */
        type $Shape = restante.AddMembers.$Properties;
    }

    /**
     * Properties of a RemoveMembers.
     * @deprecated Use restante.RemoveMembers.$Properties instead.
     */
    interface IRemoveMembers extends restante.RemoveMembers.$Properties {
    }

    /** Represents a RemoveMembers. */
    class RemoveMembers {

        /**
         * Constructs a new RemoveMembers.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.RemoveMembers.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RemoveMembers clientSeq. */
        clientSeq: number;

        /** RemoveMembers members. */
        members: string[];

        /**
         * Creates a new RemoveMembers instance using the specified properties.
         * @param [properties] Properties to set
         * @returns RemoveMembers instance
         */
        static create(properties: restante.RemoveMembers.$Shape): restante.RemoveMembers & restante.RemoveMembers.$Shape;
        static create(properties?: restante.RemoveMembers.$Properties): restante.RemoveMembers;

        /**
         * Encodes the specified RemoveMembers message. Does not implicitly {@link restante.RemoveMembers.verify|verify} messages.
         * @param message RemoveMembers message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.RemoveMembers.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RemoveMembers message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.RemoveMembers & restante.RemoveMembers.$Shape} RemoveMembers
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.RemoveMembers & restante.RemoveMembers.$Shape;
    }

    namespace RemoveMembers {

        /** Properties of a RemoveMembers. */
        interface $Properties {

            /** RemoveMembers clientSeq */
            clientSeq?: (number|null);

            /** RemoveMembers members */
            members?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RemoveMembers. */
        type $Shape = restante.RemoveMembers.$Properties;
    }

    /**
     * Properties of a LeaveChat.
     * @deprecated Use restante.LeaveChat.$Properties instead.
     */
    interface ILeaveChat extends restante.LeaveChat.$Properties {
    }

    /** Represents a LeaveChat. */
    class LeaveChat {

        /**
         * Constructs a new LeaveChat.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.LeaveChat.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** LeaveChat clientSeq. */
        clientSeq: number;

        /**
         * Creates a new LeaveChat instance using the specified properties.
         * @param [properties] Properties to set
         * @returns LeaveChat instance
         */
        static create(properties: restante.LeaveChat.$Shape): restante.LeaveChat & restante.LeaveChat.$Shape;
        static create(properties?: restante.LeaveChat.$Properties): restante.LeaveChat;

        /**
         * Encodes the specified LeaveChat message. Does not implicitly {@link restante.LeaveChat.verify|verify} messages.
         * @param message LeaveChat message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.LeaveChat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a LeaveChat message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.LeaveChat & restante.LeaveChat.$Shape} LeaveChat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.LeaveChat & restante.LeaveChat.$Shape;
    }

    namespace LeaveChat {

        /** Properties of a LeaveChat. */
        interface $Properties {

            /** LeaveChat clientSeq */
            clientSeq?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a LeaveChat. */
        type $Shape = restante.LeaveChat.$Properties;
    }

    /**
     * Properties of a RenameChat.
     * @deprecated Use restante.RenameChat.$Properties instead.
     */
    interface IRenameChat extends restante.RenameChat.$Properties {
    }

    /** Represents a RenameChat. */
    class RenameChat {

        /**
         * Constructs a new RenameChat.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.RenameChat.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RenameChat clientSeq. */
        clientSeq: number;

        /** RenameChat name. */
        name: string;

        /**
         * Creates a new RenameChat instance using the specified properties.
         * @param [properties] Properties to set
         * @returns RenameChat instance
         */
        static create(properties: restante.RenameChat.$Shape): restante.RenameChat & restante.RenameChat.$Shape;
        static create(properties?: restante.RenameChat.$Properties): restante.RenameChat;

        /**
         * Encodes the specified RenameChat message. Does not implicitly {@link restante.RenameChat.verify|verify} messages.
         * @param message RenameChat message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.RenameChat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RenameChat message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.RenameChat & restante.RenameChat.$Shape} RenameChat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.RenameChat & restante.RenameChat.$Shape;
    }

    namespace RenameChat {

        /** Properties of a RenameChat. */
        interface $Properties {

            /** RenameChat clientSeq */
            clientSeq?: (number|null);

            /** RenameChat name */
            name?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RenameChat. */
        type $Shape = restante.RenameChat.$Properties;
    }

    /**
     * Properties of a SetRole.
     * @deprecated Use restante.SetRole.$Properties instead.
     */
    interface ISetRole extends restante.SetRole.$Properties {
    }

    /** Represents a SetRole. */
    class SetRole {

        /**
         * Constructs a new SetRole.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.SetRole.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SetRole clientSeq. */
        clientSeq: number;

        /** SetRole member. */
        member: string;

        /** SetRole role. */
        role: number;

        /**
         * Creates a new SetRole instance using the specified properties.
         * @param [properties] Properties to set
         * @returns SetRole instance
         */
        static create(properties: restante.SetRole.$Shape): restante.SetRole & restante.SetRole.$Shape;
        static create(properties?: restante.SetRole.$Properties): restante.SetRole;

        /**
         * Encodes the specified SetRole message. Does not implicitly {@link restante.SetRole.verify|verify} messages.
         * @param message SetRole message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.SetRole.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SetRole message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.SetRole & restante.SetRole.$Shape} SetRole
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.SetRole & restante.SetRole.$Shape;
    }

    namespace SetRole {

        /** Properties of a SetRole. */
        interface $Properties {

            /** SetRole clientSeq */
            clientSeq?: (number|null);

            /** SetRole member */
            member?: (string|null);

            /** SetRole role */
            role?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SetRole. */
        type $Shape = restante.SetRole.$Properties;
    }

    /**
     * Properties of a SetDisappearing.
     * @deprecated Use restante.SetDisappearing.$Properties instead.
     */
    interface ISetDisappearing extends restante.SetDisappearing.$Properties {
    }

    /** Represents a SetDisappearing. */
    class SetDisappearing {

        /**
         * Constructs a new SetDisappearing.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.SetDisappearing.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SetDisappearing clientSeq. */
        clientSeq: number;

        /** SetDisappearing afterS. */
        afterS: number;

        /**
         * Creates a new SetDisappearing instance using the specified properties.
         * @param [properties] Properties to set
         * @returns SetDisappearing instance
         */
        static create(properties: restante.SetDisappearing.$Shape): restante.SetDisappearing & restante.SetDisappearing.$Shape;
        static create(properties?: restante.SetDisappearing.$Properties): restante.SetDisappearing;

        /**
         * Encodes the specified SetDisappearing message. Does not implicitly {@link restante.SetDisappearing.verify|verify} messages.
         * @param message SetDisappearing message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.SetDisappearing.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SetDisappearing message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.SetDisappearing & restante.SetDisappearing.$Shape} SetDisappearing
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.SetDisappearing & restante.SetDisappearing.$Shape;
    }

    namespace SetDisappearing {

        /** Properties of a SetDisappearing. */
        interface $Properties {

            /** SetDisappearing clientSeq */
            clientSeq?: (number|null);

            /** SetDisappearing afterS */
            afterS?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SetDisappearing. */
        type $Shape = restante.SetDisappearing.$Properties;
    }

    /**
     * Properties of a ChatQuery.
     * @deprecated Use restante.ChatQuery.$Properties instead.
     */
    interface IChatQuery extends restante.ChatQuery.$Properties {
    }

    /** Represents a ChatQuery. */
    class ChatQuery {

        /**
         * Constructs a new ChatQuery.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.ChatQuery.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ChatQuery request. */
        request: number;

        /** ChatQuery detail. */
        detail?: (restante.DetailQuery.$Properties|null);

        /** ChatQuery receipts. */
        receipts?: (restante.ReceiptsQuery.$Properties|null);

        /** ChatQuery what. */
        what?: ("detail"|"receipts");

        /**
         * Creates a new ChatQuery instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ChatQuery instance
         */
        static create(properties: restante.ChatQuery.$Shape): restante.ChatQuery & restante.ChatQuery.$Shape;
        static create(properties?: restante.ChatQuery.$Properties): restante.ChatQuery;

        /**
         * Encodes the specified ChatQuery message. Does not implicitly {@link restante.ChatQuery.verify|verify} messages.
         * @param message ChatQuery message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.ChatQuery.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ChatQuery message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.ChatQuery & restante.ChatQuery.$Shape} ChatQuery
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.ChatQuery & restante.ChatQuery.$Shape;
    }

    namespace ChatQuery {

        /** Properties of a ChatQuery. */
        interface $Properties {

            /** ChatQuery request */
            request?: (number|null);

            /** ChatQuery detail */
            detail?: (restante.DetailQuery.$Properties|null);

            /** ChatQuery receipts */
            receipts?: (restante.ReceiptsQuery.$Properties|null);

            /** ChatQuery what */
            what?: ("detail"|"receipts");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a ChatQuery. */
        type $Shape = {
          request?: number|null;
          detail?: restante.DetailQuery.$Shape|null;
          receipts?: restante.ReceiptsQuery.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ what?: undefined; detail?: null; receipts?: null }|{ what?: "detail"; detail: restante.DetailQuery.$Shape; receipts?: null }|{ what?: "receipts"; detail?: null; receipts: restante.ReceiptsQuery.$Shape })
        );
    }

    /**
     * Properties of a DetailQuery.
     * @deprecated Use restante.DetailQuery.$Properties instead.
     */
    interface IDetailQuery extends restante.DetailQuery.$Properties {
    }

    /** Represents a DetailQuery. */
    class DetailQuery {

        /**
         * Constructs a new DetailQuery.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.DetailQuery.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /**
         * Creates a new DetailQuery instance using the specified properties.
         * @param [properties] Properties to set
         * @returns DetailQuery instance
         */
        static create(properties: restante.DetailQuery.$Shape): restante.DetailQuery & restante.DetailQuery.$Shape;
        static create(properties?: restante.DetailQuery.$Properties): restante.DetailQuery;

        /**
         * Encodes the specified DetailQuery message. Does not implicitly {@link restante.DetailQuery.verify|verify} messages.
         * @param message DetailQuery message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.DetailQuery.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a DetailQuery message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.DetailQuery & restante.DetailQuery.$Shape} DetailQuery
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.DetailQuery & restante.DetailQuery.$Shape;
    }

    namespace DetailQuery {

        /** Properties of a DetailQuery. */
        interface $Properties {

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a DetailQuery. */
        type $Shape = restante.DetailQuery.$Properties;
    }

    /**
     * Properties of a ReceiptsQuery.
     * @deprecated Use restante.ReceiptsQuery.$Properties instead.
     */
    interface IReceiptsQuery extends restante.ReceiptsQuery.$Properties {
    }

    /** Represents a ReceiptsQuery. */
    class ReceiptsQuery {

        /**
         * Constructs a new ReceiptsQuery.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.ReceiptsQuery.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ReceiptsQuery seq. */
        seq: number;

        /**
         * Creates a new ReceiptsQuery instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ReceiptsQuery instance
         */
        static create(properties: restante.ReceiptsQuery.$Shape): restante.ReceiptsQuery & restante.ReceiptsQuery.$Shape;
        static create(properties?: restante.ReceiptsQuery.$Properties): restante.ReceiptsQuery;

        /**
         * Encodes the specified ReceiptsQuery message. Does not implicitly {@link restante.ReceiptsQuery.verify|verify} messages.
         * @param message ReceiptsQuery message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.ReceiptsQuery.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ReceiptsQuery message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.ReceiptsQuery & restante.ReceiptsQuery.$Shape} ReceiptsQuery
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.ReceiptsQuery & restante.ReceiptsQuery.$Shape;
    }

    namespace ReceiptsQuery {

        /** Properties of a ReceiptsQuery. */
        interface $Properties {

            /** ReceiptsQuery seq */
            seq?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ReceiptsQuery. */
        type $Shape = restante.ReceiptsQuery.$Properties;
    }

    /**
     * Properties of a Down.
     * @deprecated Use restante.Down.$Properties instead.
     */
    interface IDown extends restante.Down.$Properties {
    }

    /** Represents a Down. */
    class Down {

        /**
         * Constructs a new Down.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Down.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Down messages. */
        messages: restante.Message.$Properties[];

        /** Down accepted. */
        accepted: restante.Accepted.$Properties[];

        /** Down rejected. */
        rejected: restante.Rejected.$Properties[];

        /** Down receipts. */
        receipts: restante.Receipt.$Properties[];

        /** Down typing. */
        typing: restante.TypingNotice.$Properties[];

        /** Down responses. */
        responses: restante.Response.$Properties[];

        /** Down gaps. */
        gaps: restante.Gap.$Properties[];

        /**
         * Creates a new Down instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Down instance
         */
        static create(properties: restante.Down.$Shape): restante.Down & restante.Down.$Shape;
        static create(properties?: restante.Down.$Properties): restante.Down;

        /**
         * Encodes the specified Down message. Does not implicitly {@link restante.Down.verify|verify} messages.
         * @param message Down message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Down.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Down message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Down & restante.Down.$Shape} Down
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Down & restante.Down.$Shape;
    }

    namespace Down {

        /** Properties of a Down. */
        interface $Properties {

            /** Down messages */
            messages?: (restante.Message.$Properties[]|null);

            /** Down accepted */
            accepted?: (restante.Accepted.$Properties[]|null);

            /** Down rejected */
            rejected?: (restante.Rejected.$Properties[]|null);

            /** Down receipts */
            receipts?: (restante.Receipt.$Properties[]|null);

            /** Down typing */
            typing?: (restante.TypingNotice.$Properties[]|null);

            /** Down responses */
            responses?: (restante.Response.$Properties[]|null);

            /** Down gaps */
            gaps?: (restante.Gap.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Down. */
        type $Shape = {
          messages?: restante.Message.$Shape[]|null;
          accepted?: restante.Accepted.$Shape[]|null;
          rejected?: restante.Rejected.$Shape[]|null;
          receipts?: restante.Receipt.$Shape[]|null;
          typing?: restante.TypingNotice.$Shape[]|null;
          responses?: restante.Response.$Shape[]|null;
          gaps?: restante.Gap.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Message.
     * @deprecated Use restante.Message.$Properties instead.
     */
    interface IMessage extends restante.Message.$Properties {
    }

    /** Represents a Message. */
    class Message {

        /**
         * Constructs a new Message.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Message.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Message chat. */
        chat: Uint8Array;

        /** Message seq. */
        seq: number;

        /** Message sender. */
        sender: number;

        /** Message sentAtS. */
        sentAtS: number;

        /** Message text. */
        text?: (string|null);

        /** Message body. */
        body?: (Uint8Array|null);

        /** Message change. */
        change?: (restante.Change.$Properties|null);

        /** Message contentType. */
        contentType: string;

        /** Message directMembers. */
        directMembers: string[];

        /** Message content. */
        content: Uint8Array;

        /** Message quiet. */
        quiet: boolean;

        /** Message fromAdmin. */
        fromAdmin: boolean;

        /** Message briefBefore. */
        briefBefore: number;

        /** Message what. */
        what?: ("text"|"body"|"change");

        /**
         * Creates a new Message instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Message instance
         */
        static create(properties: restante.Message.$Shape): restante.Message & restante.Message.$Shape;
        static create(properties?: restante.Message.$Properties): restante.Message;

        /**
         * Encodes the specified Message message. Does not implicitly {@link restante.Message.verify|verify} messages.
         * @param message Message message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Message.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Message message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Message & restante.Message.$Shape} Message
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Message & restante.Message.$Shape;
    }

    namespace Message {

        /** Properties of a Message. */
        interface $Properties {

            /** Message chat */
            chat?: (Uint8Array|null);

            /** Message seq */
            seq?: (number|null);

            /** Message sender */
            sender?: (number|null);

            /** Message sentAtS */
            sentAtS?: (number|null);

            /** Message text */
            text?: (string|null);

            /** Message body */
            body?: (Uint8Array|null);

            /** Message change */
            change?: (restante.Change.$Properties|null);

            /** Message contentType */
            contentType?: (string|null);

            /** Message directMembers */
            directMembers?: (string[]|null);

            /** Message content */
            content?: (Uint8Array|null);

            /** Message quiet */
            quiet?: (boolean|null);

            /** Message fromAdmin */
            fromAdmin?: (boolean|null);

            /** Message briefBefore */
            briefBefore?: (number|null);

            /** Message what */
            what?: ("text"|"body"|"change");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Message. */
        type $Shape = {
          chat?: Uint8Array|null;
          seq?: number|null;
          sender?: number|null;
          sentAtS?: number|null;
          text?: string|null;
          body?: Uint8Array|null;
          change?: restante.Change.$Shape|null;
          contentType?: string|null;
          directMembers?: string[]|null;
          content?: Uint8Array|null;
          quiet?: boolean|null;
          fromAdmin?: boolean|null;
          briefBefore?: number|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ what?: undefined; text?: null; body?: null; change?: null }|{ what?: "text"; text: string; body?: null; change?: null }|{ what?: "body"; text?: null; body: Uint8Array; change?: null }|{ what?: "change"; text?: null; body?: null; change: restante.Change.$Shape })
        );
    }

    /** Role enum. */
    enum Role {

        /** ROLE_UNSPECIFIED value */
        ROLE_UNSPECIFIED = 0,

        /** ROLE_MEMBER value */
        ROLE_MEMBER = 1,

        /** ROLE_ADMIN value */
        ROLE_ADMIN = 2
    }

    /**
     * Properties of a Member.
     * @deprecated Use restante.Member.$Properties instead.
     */
    interface IMember extends restante.Member.$Properties {
    }

    /** Represents a Member. */
    class Member {

        /**
         * Constructs a new Member.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Member.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Member number. */
        number: number;

        /** Member user. */
        user: string;

        /** Member role. */
        role: restante.Role;

        /**
         * Creates a new Member instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Member instance
         */
        static create(properties: restante.Member.$Shape): restante.Member & restante.Member.$Shape;
        static create(properties?: restante.Member.$Properties): restante.Member;

        /**
         * Encodes the specified Member message. Does not implicitly {@link restante.Member.verify|verify} messages.
         * @param message Member message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Member.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Member message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Member & restante.Member.$Shape} Member
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Member & restante.Member.$Shape;
    }

    namespace Member {

        /** Properties of a Member. */
        interface $Properties {

            /** Member number */
            number?: (number|null);

            /** Member user */
            user?: (string|null);

            /** Member role */
            role?: (restante.Role|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Member. */
        type $Shape = restante.Member.$Properties;
    }

    /**
     * Properties of a Change.
     * @deprecated Use restante.Change.$Properties instead.
     */
    interface IChange extends restante.Change.$Properties {
    }

    /** Represents a Change. */
    class Change {

        /**
         * Constructs a new Change.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Change.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Change created. */
        created?: (restante.Created.$Properties|null);

        /** Change added. */
        added?: (restante.Added.$Properties|null);

        /** Change removed. */
        removed?: (restante.Removed.$Properties|null);

        /** Change left. */
        left?: (restante.Left.$Properties|null);

        /** Change renamed. */
        renamed?: (restante.Renamed.$Properties|null);

        /** Change roleSet. */
        roleSet?: (restante.RoleSet.$Properties|null);

        /** Change disappearingSet. */
        disappearingSet?: (restante.DisappearingSet.$Properties|null);

        /** Change what. */
        what?: ("created"|"added"|"removed"|"left"|"renamed"|"roleSet"|"disappearingSet");

        /**
         * Creates a new Change instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Change instance
         */
        static create(properties: restante.Change.$Shape): restante.Change & restante.Change.$Shape;
        static create(properties?: restante.Change.$Properties): restante.Change;

        /**
         * Encodes the specified Change message. Does not implicitly {@link restante.Change.verify|verify} messages.
         * @param message Change message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Change.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Change message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Change & restante.Change.$Shape} Change
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Change & restante.Change.$Shape;
    }

    namespace Change {

        /** Properties of a Change. */
        interface $Properties {

            /** Change created */
            created?: (restante.Created.$Properties|null);

            /** Change added */
            added?: (restante.Added.$Properties|null);

            /** Change removed */
            removed?: (restante.Removed.$Properties|null);

            /** Change left */
            left?: (restante.Left.$Properties|null);

            /** Change renamed */
            renamed?: (restante.Renamed.$Properties|null);

            /** Change roleSet */
            roleSet?: (restante.RoleSet.$Properties|null);

            /** Change disappearingSet */
            disappearingSet?: (restante.DisappearingSet.$Properties|null);

            /** Change what */
            what?: ("created"|"added"|"removed"|"left"|"renamed"|"roleSet"|"disappearingSet");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Change. */
        type $Shape = {
          created?: restante.Created.$Shape|null;
          added?: restante.Added.$Shape|null;
          removed?: restante.Removed.$Shape|null;
          left?: restante.Left.$Shape|null;
          renamed?: restante.Renamed.$Shape|null;
          roleSet?: restante.RoleSet.$Shape|null;
          disappearingSet?: restante.DisappearingSet.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ what?: undefined; created?: null; added?: null; removed?: null; left?: null; renamed?: null; roleSet?: null; disappearingSet?: null }|{ what?: "created"; created: restante.Created.$Shape; added?: null; removed?: null; left?: null; renamed?: null; roleSet?: null; disappearingSet?: null }|{ what?: "added"; created?: null; added: restante.Added.$Shape; removed?: null; left?: null; renamed?: null; roleSet?: null; disappearingSet?: null }|{ what?: "removed"; created?: null; added?: null; removed: restante.Removed.$Shape; left?: null; renamed?: null; roleSet?: null; disappearingSet?: null }|{ what?: "left"; created?: null; added?: null; removed?: null; left: restante.Left.$Shape; renamed?: null; roleSet?: null; disappearingSet?: null }|{ what?: "renamed"; created?: null; added?: null; removed?: null; left?: null; renamed: restante.Renamed.$Shape; roleSet?: null; disappearingSet?: null }|{ what?: "roleSet"; created?: null; added?: null; removed?: null; left?: null; renamed?: null; roleSet: restante.RoleSet.$Shape; disappearingSet?: null }|{ what?: "disappearingSet"; created?: null; added?: null; removed?: null; left?: null; renamed?: null; roleSet?: null; disappearingSet: restante.DisappearingSet.$Shape })
        );
    }

    /**
     * Properties of a Created.
     * @deprecated Use restante.Created.$Properties instead.
     */
    interface ICreated extends restante.Created.$Properties {
    }

    /** Represents a Created. */
    class Created {

        /**
         * Constructs a new Created.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Created.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Created name. */
        name: string;

        /** Created members. */
        members: restante.Member.$Properties[];

        /**
         * Creates a new Created instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Created instance
         */
        static create(properties: restante.Created.$Shape): restante.Created & restante.Created.$Shape;
        static create(properties?: restante.Created.$Properties): restante.Created;

        /**
         * Encodes the specified Created message. Does not implicitly {@link restante.Created.verify|verify} messages.
         * @param message Created message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Created.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Created message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Created & restante.Created.$Shape} Created
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Created & restante.Created.$Shape;
    }

    namespace Created {

        /** Properties of a Created. */
        interface $Properties {

            /** Created name */
            name?: (string|null);

            /** Created members */
            members?: (restante.Member.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Created. */
        type $Shape = restante.Created.$Properties;
    }

    /**
     * Properties of an Added.
     * @deprecated Use restante.Added.$Properties instead.
     */
    interface IAdded extends restante.Added.$Properties {
    }

    /** Represents an Added. */
    class Added {

        /**
         * Constructs a new Added.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Added.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Added members. */
        members: restante.Member.$Properties[];

        /** Added roster. */
        roster?: (restante.Roster.$Properties|null);

        /**
         * Creates a new Added instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Added instance
         */
        static create(properties: restante.Added.$Shape): restante.Added & restante.Added.$Shape;
        static create(properties?: restante.Added.$Properties): restante.Added;

        /**
         * Encodes the specified Added message. Does not implicitly {@link restante.Added.verify|verify} messages.
         * @param message Added message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Added.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Added message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Added & restante.Added.$Shape} Added
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Added & restante.Added.$Shape;
    }

    namespace Added {

        /** Properties of an Added. */
        interface $Properties {

            /** Added members */
            members?: (restante.Member.$Properties[]|null);

            /** Added roster */
            roster?: (restante.Roster.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Added. */
        type $Shape = restante.Added.$Properties;
    }

    /**
     * Properties of a Removed.
     * @deprecated Use restante.Removed.$Properties instead.
     */
    interface IRemoved extends restante.Removed.$Properties {
    }

    /** Represents a Removed. */
    class Removed {

        /**
         * Constructs a new Removed.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Removed.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Removed members. */
        members: number[];

        /**
         * Creates a new Removed instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Removed instance
         */
        static create(properties: restante.Removed.$Shape): restante.Removed & restante.Removed.$Shape;
        static create(properties?: restante.Removed.$Properties): restante.Removed;

        /**
         * Encodes the specified Removed message. Does not implicitly {@link restante.Removed.verify|verify} messages.
         * @param message Removed message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Removed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Removed message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Removed & restante.Removed.$Shape} Removed
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Removed & restante.Removed.$Shape;
    }

    namespace Removed {

        /** Properties of a Removed. */
        interface $Properties {

            /** Removed members */
            members?: (number[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Removed. */
        type $Shape = restante.Removed.$Properties;
    }

    /**
     * Properties of a Left.
     * @deprecated Use restante.Left.$Properties instead.
     */
    interface ILeft extends restante.Left.$Properties {
    }

    /** Represents a Left. */
    class Left {

        /**
         * Constructs a new Left.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Left.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /**
         * Creates a new Left instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Left instance
         */
        static create(properties: restante.Left.$Shape): restante.Left & restante.Left.$Shape;
        static create(properties?: restante.Left.$Properties): restante.Left;

        /**
         * Encodes the specified Left message. Does not implicitly {@link restante.Left.verify|verify} messages.
         * @param message Left message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Left.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Left message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Left & restante.Left.$Shape} Left
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Left & restante.Left.$Shape;
    }

    namespace Left {

        /** Properties of a Left. */
        interface $Properties {

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Left. */
        type $Shape = restante.Left.$Properties;
    }

    /**
     * Properties of a Renamed.
     * @deprecated Use restante.Renamed.$Properties instead.
     */
    interface IRenamed extends restante.Renamed.$Properties {
    }

    /** Represents a Renamed. */
    class Renamed {

        /**
         * Constructs a new Renamed.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Renamed.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Renamed name. */
        name: string;

        /**
         * Creates a new Renamed instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Renamed instance
         */
        static create(properties: restante.Renamed.$Shape): restante.Renamed & restante.Renamed.$Shape;
        static create(properties?: restante.Renamed.$Properties): restante.Renamed;

        /**
         * Encodes the specified Renamed message. Does not implicitly {@link restante.Renamed.verify|verify} messages.
         * @param message Renamed message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Renamed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Renamed message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Renamed & restante.Renamed.$Shape} Renamed
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Renamed & restante.Renamed.$Shape;
    }

    namespace Renamed {

        /** Properties of a Renamed. */
        interface $Properties {

            /** Renamed name */
            name?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Renamed. */
        type $Shape = restante.Renamed.$Properties;
    }

    /**
     * Properties of a RoleSet.
     * @deprecated Use restante.RoleSet.$Properties instead.
     */
    interface IRoleSet extends restante.RoleSet.$Properties {
    }

    /** Represents a RoleSet. */
    class RoleSet {

        /**
         * Constructs a new RoleSet.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.RoleSet.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RoleSet member. */
        member: number;

        /** RoleSet role. */
        role: restante.Role;

        /**
         * Creates a new RoleSet instance using the specified properties.
         * @param [properties] Properties to set
         * @returns RoleSet instance
         */
        static create(properties: restante.RoleSet.$Shape): restante.RoleSet & restante.RoleSet.$Shape;
        static create(properties?: restante.RoleSet.$Properties): restante.RoleSet;

        /**
         * Encodes the specified RoleSet message. Does not implicitly {@link restante.RoleSet.verify|verify} messages.
         * @param message RoleSet message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.RoleSet.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RoleSet message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.RoleSet & restante.RoleSet.$Shape} RoleSet
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.RoleSet & restante.RoleSet.$Shape;
    }

    namespace RoleSet {

        /** Properties of a RoleSet. */
        interface $Properties {

            /** RoleSet member */
            member?: (number|null);

            /** RoleSet role */
            role?: (restante.Role|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RoleSet. */
        type $Shape = restante.RoleSet.$Properties;
    }

    /**
     * Properties of a DisappearingSet.
     * @deprecated Use restante.DisappearingSet.$Properties instead.
     */
    interface IDisappearingSet extends restante.DisappearingSet.$Properties {
    }

    /** Represents a DisappearingSet. */
    class DisappearingSet {

        /**
         * Constructs a new DisappearingSet.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.DisappearingSet.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** DisappearingSet afterS. */
        afterS: number;

        /**
         * Creates a new DisappearingSet instance using the specified properties.
         * @param [properties] Properties to set
         * @returns DisappearingSet instance
         */
        static create(properties: restante.DisappearingSet.$Shape): restante.DisappearingSet & restante.DisappearingSet.$Shape;
        static create(properties?: restante.DisappearingSet.$Properties): restante.DisappearingSet;

        /**
         * Encodes the specified DisappearingSet message. Does not implicitly {@link restante.DisappearingSet.verify|verify} messages.
         * @param message DisappearingSet message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.DisappearingSet.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a DisappearingSet message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.DisappearingSet & restante.DisappearingSet.$Shape} DisappearingSet
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.DisappearingSet & restante.DisappearingSet.$Shape;
    }

    namespace DisappearingSet {

        /** Properties of a DisappearingSet. */
        interface $Properties {

            /** DisappearingSet afterS */
            afterS?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a DisappearingSet. */
        type $Shape = restante.DisappearingSet.$Properties;
    }

    /**
     * Properties of a Roster.
     * @deprecated Use restante.Roster.$Properties instead.
     */
    interface IRoster extends restante.Roster.$Properties {
    }

    /** Represents a Roster. */
    class Roster {

        /**
         * Constructs a new Roster.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Roster.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Roster name. */
        name: string;

        /** Roster members. */
        members: restante.Member.$Properties[];

        /** Roster disappearAfterS. */
        disappearAfterS: number;

        /**
         * Creates a new Roster instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Roster instance
         */
        static create(properties: restante.Roster.$Shape): restante.Roster & restante.Roster.$Shape;
        static create(properties?: restante.Roster.$Properties): restante.Roster;

        /**
         * Encodes the specified Roster message. Does not implicitly {@link restante.Roster.verify|verify} messages.
         * @param message Roster message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Roster.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Roster message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Roster & restante.Roster.$Shape} Roster
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Roster & restante.Roster.$Shape;
    }

    namespace Roster {

        /** Properties of a Roster. */
        interface $Properties {

            /** Roster name */
            name?: (string|null);

            /** Roster members */
            members?: (restante.Member.$Properties[]|null);

            /** Roster disappearAfterS */
            disappearAfterS?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Roster. */
        type $Shape = restante.Roster.$Properties;
    }

    /**
     * Properties of an Accepted.
     * @deprecated Use restante.Accepted.$Properties instead.
     */
    interface IAccepted extends restante.Accepted.$Properties {
    }

    /** Represents an Accepted. */
    class Accepted {

        /**
         * Constructs a new Accepted.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Accepted.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Accepted clientSeq. */
        clientSeq: number;

        /** Accepted seq. */
        seq: number;

        /** Accepted more. */
        more: number;

        /** Accepted atS. */
        atS: number;

        /** Accepted fromAdmin. */
        fromAdmin: boolean;

        /** Accepted briefBefore. */
        briefBefore: number;

        /**
         * Creates a new Accepted instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Accepted instance
         */
        static create(properties: restante.Accepted.$Shape): restante.Accepted & restante.Accepted.$Shape;
        static create(properties?: restante.Accepted.$Properties): restante.Accepted;

        /**
         * Encodes the specified Accepted message. Does not implicitly {@link restante.Accepted.verify|verify} messages.
         * @param message Accepted message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Accepted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Accepted message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Accepted & restante.Accepted.$Shape} Accepted
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Accepted & restante.Accepted.$Shape;
    }

    namespace Accepted {

        /** Properties of an Accepted. */
        interface $Properties {

            /** Accepted clientSeq */
            clientSeq?: (number|null);

            /** Accepted seq */
            seq?: (number|null);

            /** Accepted more */
            more?: (number|null);

            /** Accepted atS */
            atS?: (number|null);

            /** Accepted fromAdmin */
            fromAdmin?: (boolean|null);

            /** Accepted briefBefore */
            briefBefore?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Accepted. */
        type $Shape = restante.Accepted.$Properties;
    }

    /**
     * Properties of a Rejected.
     * @deprecated Use restante.Rejected.$Properties instead.
     */
    interface IRejected extends restante.Rejected.$Properties {
    }

    /** Represents a Rejected. */
    class Rejected {

        /**
         * Constructs a new Rejected.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Rejected.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Rejected clientSeq. */
        clientSeq: number;

        /** Rejected code. */
        code: number;

        /** Rejected retryAfterS. */
        retryAfterS: number;

        /** Rejected chat. */
        chat: Uint8Array;

        /** Rejected request. */
        request: number;

        /**
         * Creates a new Rejected instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Rejected instance
         */
        static create(properties: restante.Rejected.$Shape): restante.Rejected & restante.Rejected.$Shape;
        static create(properties?: restante.Rejected.$Properties): restante.Rejected;

        /**
         * Encodes the specified Rejected message. Does not implicitly {@link restante.Rejected.verify|verify} messages.
         * @param message Rejected message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Rejected.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Rejected message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Rejected & restante.Rejected.$Shape} Rejected
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Rejected & restante.Rejected.$Shape;
    }

    namespace Rejected {

        /** Properties of a Rejected. */
        interface $Properties {

            /** Rejected clientSeq */
            clientSeq?: (number|null);

            /** Rejected code */
            code?: (number|null);

            /** Rejected retryAfterS */
            retryAfterS?: (number|null);

            /** Rejected chat */
            chat?: (Uint8Array|null);

            /** Rejected request */
            request?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Rejected. */
        type $Shape = restante.Rejected.$Properties;
    }

    /**
     * Properties of a Receipt.
     * @deprecated Use restante.Receipt.$Properties instead.
     */
    interface IReceipt extends restante.Receipt.$Properties {
    }

    /** Represents a Receipt. */
    class Receipt {

        /**
         * Constructs a new Receipt.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Receipt.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Receipt chat. */
        chat: Uint8Array;

        /** Receipt delivered. */
        delivered: number;

        /** Receipt read. */
        read: number;

        /** Receipt ownRead. */
        ownRead: number;

        /**
         * Creates a new Receipt instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Receipt instance
         */
        static create(properties: restante.Receipt.$Shape): restante.Receipt & restante.Receipt.$Shape;
        static create(properties?: restante.Receipt.$Properties): restante.Receipt;

        /**
         * Encodes the specified Receipt message. Does not implicitly {@link restante.Receipt.verify|verify} messages.
         * @param message Receipt message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Receipt.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Receipt message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Receipt & restante.Receipt.$Shape} Receipt
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Receipt & restante.Receipt.$Shape;
    }

    namespace Receipt {

        /** Properties of a Receipt. */
        interface $Properties {

            /** Receipt chat */
            chat?: (Uint8Array|null);

            /** Receipt delivered */
            delivered?: (number|null);

            /** Receipt read */
            read?: (number|null);

            /** Receipt ownRead */
            ownRead?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Receipt. */
        type $Shape = restante.Receipt.$Properties;
    }

    /**
     * Properties of a TypingNotice.
     * @deprecated Use restante.TypingNotice.$Properties instead.
     */
    interface ITypingNotice extends restante.TypingNotice.$Properties {
    }

    /** Represents a TypingNotice. */
    class TypingNotice {

        /**
         * Constructs a new TypingNotice.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.TypingNotice.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** TypingNotice chat. */
        chat: Uint8Array;

        /** TypingNotice member. */
        member: number;

        /** TypingNotice stopped. */
        stopped: boolean;

        /**
         * Creates a new TypingNotice instance using the specified properties.
         * @param [properties] Properties to set
         * @returns TypingNotice instance
         */
        static create(properties: restante.TypingNotice.$Shape): restante.TypingNotice & restante.TypingNotice.$Shape;
        static create(properties?: restante.TypingNotice.$Properties): restante.TypingNotice;

        /**
         * Encodes the specified TypingNotice message. Does not implicitly {@link restante.TypingNotice.verify|verify} messages.
         * @param message TypingNotice message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.TypingNotice.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a TypingNotice message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.TypingNotice & restante.TypingNotice.$Shape} TypingNotice
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.TypingNotice & restante.TypingNotice.$Shape;
    }

    namespace TypingNotice {

        /** Properties of a TypingNotice. */
        interface $Properties {

            /** TypingNotice chat */
            chat?: (Uint8Array|null);

            /** TypingNotice member */
            member?: (number|null);

            /** TypingNotice stopped */
            stopped?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a TypingNotice. */
        type $Shape = restante.TypingNotice.$Properties;
    }

    /**
     * Properties of a Gap.
     * @deprecated Use restante.Gap.$Properties instead.
     */
    interface IGap extends restante.Gap.$Properties {
    }

    /** Represents a Gap. */
    class Gap {

        /**
         * Constructs a new Gap.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Gap.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Gap dropped. */
        dropped: number;

        /** Gap chat. */
        chat: Uint8Array;

        /** Gap firstSeq. */
        firstSeq: number;

        /** Gap lastSeq. */
        lastSeq: number;

        /**
         * Creates a new Gap instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Gap instance
         */
        static create(properties: restante.Gap.$Shape): restante.Gap & restante.Gap.$Shape;
        static create(properties?: restante.Gap.$Properties): restante.Gap;

        /**
         * Encodes the specified Gap message. Does not implicitly {@link restante.Gap.verify|verify} messages.
         * @param message Gap message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Gap.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Gap message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Gap & restante.Gap.$Shape} Gap
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Gap & restante.Gap.$Shape;
    }

    namespace Gap {

        /** Properties of a Gap. */
        interface $Properties {

            /** Gap dropped */
            dropped?: (number|null);

            /** Gap chat */
            chat?: (Uint8Array|null);

            /** Gap firstSeq */
            firstSeq?: (number|null);

            /** Gap lastSeq */
            lastSeq?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Gap. */
        type $Shape = restante.Gap.$Properties;
    }

    /**
     * Properties of a Response.
     * @deprecated Use restante.Response.$Properties instead.
     */
    interface IResponse extends restante.Response.$Properties {
    }

    /** Represents a Response. */
    class Response {

        /**
         * Constructs a new Response.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Response.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Response request. */
        request: number;

        /** Response done. */
        done?: (restante.Done.$Properties|null);

        /** Response chats. */
        chats?: (restante.ChatList.$Properties|null);

        /** Response chat. */
        chat?: (restante.ChatDetail.$Properties|null);

        /** Response receipts. */
        receipts?: (restante.ReceiptDetail.$Properties|null);

        /** Response devices. */
        devices?: (restante.DeviceList.$Properties|null);

        /** Response dead. */
        dead?: (restante.DeadList.$Properties|null);

        /** Response answer. */
        answer?: ("done"|"chats"|"chat"|"receipts"|"devices"|"dead");

        /**
         * Creates a new Response instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Response instance
         */
        static create(properties: restante.Response.$Shape): restante.Response & restante.Response.$Shape;
        static create(properties?: restante.Response.$Properties): restante.Response;

        /**
         * Encodes the specified Response message. Does not implicitly {@link restante.Response.verify|verify} messages.
         * @param message Response message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Response.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Response message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Response & restante.Response.$Shape} Response
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Response & restante.Response.$Shape;
    }

    namespace Response {

        /** Properties of a Response. */
        interface $Properties {

            /** Response request */
            request?: (number|null);

            /** Response done */
            done?: (restante.Done.$Properties|null);

            /** Response chats */
            chats?: (restante.ChatList.$Properties|null);

            /** Response chat */
            chat?: (restante.ChatDetail.$Properties|null);

            /** Response receipts */
            receipts?: (restante.ReceiptDetail.$Properties|null);

            /** Response devices */
            devices?: (restante.DeviceList.$Properties|null);

            /** Response dead */
            dead?: (restante.DeadList.$Properties|null);

            /** Response answer */
            answer?: ("done"|"chats"|"chat"|"receipts"|"devices"|"dead");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Response. */
        type $Shape = {
          request?: number|null;
          done?: restante.Done.$Shape|null;
          chats?: restante.ChatList.$Shape|null;
          chat?: restante.ChatDetail.$Shape|null;
          receipts?: restante.ReceiptDetail.$Shape|null;
          devices?: restante.DeviceList.$Shape|null;
          dead?: restante.DeadList.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ answer?: undefined; done?: null; chats?: null; chat?: null; receipts?: null; devices?: null; dead?: null }|{ answer?: "done"; done: restante.Done.$Shape; chats?: null; chat?: null; receipts?: null; devices?: null; dead?: null }|{ answer?: "chats"; done?: null; chats: restante.ChatList.$Shape; chat?: null; receipts?: null; devices?: null; dead?: null }|{ answer?: "chat"; done?: null; chats?: null; chat: restante.ChatDetail.$Shape; receipts?: null; devices?: null; dead?: null }|{ answer?: "receipts"; done?: null; chats?: null; chat?: null; receipts: restante.ReceiptDetail.$Shape; devices?: null; dead?: null }|{ answer?: "devices"; done?: null; chats?: null; chat?: null; receipts?: null; devices: restante.DeviceList.$Shape; dead?: null }|{ answer?: "dead"; done?: null; chats?: null; chat?: null; receipts?: null; devices?: null; dead: restante.DeadList.$Shape })
        );
    }

    /**
     * Properties of a Done.
     * @deprecated Use restante.Done.$Properties instead.
     */
    interface IDone extends restante.Done.$Properties {
    }

    /** Represents a Done. */
    class Done {

        /**
         * Constructs a new Done.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Done.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Done stillConnected. */
        stillConnected: boolean;

        /** Done alike. */
        alike: string[];

        /**
         * Creates a new Done instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Done instance
         */
        static create(properties: restante.Done.$Shape): restante.Done & restante.Done.$Shape;
        static create(properties?: restante.Done.$Properties): restante.Done;

        /**
         * Encodes the specified Done message. Does not implicitly {@link restante.Done.verify|verify} messages.
         * @param message Done message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Done.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Done message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Done & restante.Done.$Shape} Done
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Done & restante.Done.$Shape;
    }

    namespace Done {

        /** Properties of a Done. */
        interface $Properties {

            /** Done stillConnected */
            stillConnected?: (boolean|null);

            /** Done alike */
            alike?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Done. */
        type $Shape = restante.Done.$Properties;
    }

    /**
     * Properties of a ChatList.
     * @deprecated Use restante.ChatList.$Properties instead.
     */
    interface IChatList extends restante.ChatList.$Properties {
    }

    /** Represents a ChatList. */
    class ChatList {

        /**
         * Constructs a new ChatList.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.ChatList.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ChatList chats. */
        chats: restante.ChatSummary.$Properties[];

        /** ChatList next. */
        next: Uint8Array;

        /**
         * Creates a new ChatList instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ChatList instance
         */
        static create(properties: restante.ChatList.$Shape): restante.ChatList & restante.ChatList.$Shape;
        static create(properties?: restante.ChatList.$Properties): restante.ChatList;

        /**
         * Encodes the specified ChatList message. Does not implicitly {@link restante.ChatList.verify|verify} messages.
         * @param message ChatList message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.ChatList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ChatList message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.ChatList & restante.ChatList.$Shape} ChatList
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.ChatList & restante.ChatList.$Shape;
    }

    namespace ChatList {

        /** Properties of a ChatList. */
        interface $Properties {

            /** ChatList chats */
            chats?: (restante.ChatSummary.$Properties[]|null);

            /** ChatList next */
            next?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ChatList. */
        type $Shape = restante.ChatList.$Properties;
    }

    /**
     * Properties of a ChatSummary.
     * @deprecated Use restante.ChatSummary.$Properties instead.
     */
    interface IChatSummary extends restante.ChatSummary.$Properties {
    }

    /** Represents a ChatSummary. */
    class ChatSummary {

        /**
         * Constructs a new ChatSummary.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.ChatSummary.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ChatSummary chat. */
        chat: Uint8Array;

        /** ChatSummary direct. */
        direct: boolean;

        /** ChatSummary name. */
        name: string;

        /** ChatSummary lastSeq. */
        lastSeq: number;

        /** ChatSummary myNumber. */
        myNumber: number;

        /** ChatSummary myDelivered. */
        myDelivered: number;

        /** ChatSummary myRead. */
        myRead: number;

        /** ChatSummary unread. */
        unread: number;

        /** ChatSummary members. */
        members: restante.Member.$Properties[];

        /** ChatSummary lastAtS. */
        lastAtS: number;

        /** ChatSummary disappearAfterS. */
        disappearAfterS: number;

        /**
         * Creates a new ChatSummary instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ChatSummary instance
         */
        static create(properties: restante.ChatSummary.$Shape): restante.ChatSummary & restante.ChatSummary.$Shape;
        static create(properties?: restante.ChatSummary.$Properties): restante.ChatSummary;

        /**
         * Encodes the specified ChatSummary message. Does not implicitly {@link restante.ChatSummary.verify|verify} messages.
         * @param message ChatSummary message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.ChatSummary.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ChatSummary message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.ChatSummary & restante.ChatSummary.$Shape} ChatSummary
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.ChatSummary & restante.ChatSummary.$Shape;
    }

    namespace ChatSummary {

        /** Properties of a ChatSummary. */
        interface $Properties {

            /** ChatSummary chat */
            chat?: (Uint8Array|null);

            /** ChatSummary direct */
            direct?: (boolean|null);

            /** ChatSummary name */
            name?: (string|null);

            /** ChatSummary lastSeq */
            lastSeq?: (number|null);

            /** ChatSummary myNumber */
            myNumber?: (number|null);

            /** ChatSummary myDelivered */
            myDelivered?: (number|null);

            /** ChatSummary myRead */
            myRead?: (number|null);

            /** ChatSummary unread */
            unread?: (number|null);

            /** ChatSummary members */
            members?: (restante.Member.$Properties[]|null);

            /** ChatSummary lastAtS */
            lastAtS?: (number|null);

            /** ChatSummary disappearAfterS */
            disappearAfterS?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ChatSummary. */
        type $Shape = restante.ChatSummary.$Properties;
    }

    /**
     * Properties of a ChatDetail.
     * @deprecated Use restante.ChatDetail.$Properties instead.
     */
    interface IChatDetail extends restante.ChatDetail.$Properties {
    }

    /** Represents a ChatDetail. */
    class ChatDetail {

        /**
         * Constructs a new ChatDetail.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.ChatDetail.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ChatDetail chat. */
        chat: Uint8Array;

        /** ChatDetail direct. */
        direct: boolean;

        /** ChatDetail name. */
        name: string;

        /** ChatDetail lastSeq. */
        lastSeq: number;

        /** ChatDetail myNumber. */
        myNumber: number;

        /** ChatDetail members. */
        members: restante.MemberDetail.$Properties[];

        /** ChatDetail unread. */
        unread?: (number|null);

        /** ChatDetail briefLast. */
        briefLast: number;

        /** ChatDetail disappearAfterS. */
        disappearAfterS: number;

        /**
         * Creates a new ChatDetail instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ChatDetail instance
         */
        static create(properties: restante.ChatDetail.$Shape): restante.ChatDetail & restante.ChatDetail.$Shape;
        static create(properties?: restante.ChatDetail.$Properties): restante.ChatDetail;

        /**
         * Encodes the specified ChatDetail message. Does not implicitly {@link restante.ChatDetail.verify|verify} messages.
         * @param message ChatDetail message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.ChatDetail.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ChatDetail message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.ChatDetail & restante.ChatDetail.$Shape} ChatDetail
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.ChatDetail & restante.ChatDetail.$Shape;
    }

    namespace ChatDetail {

        /** Properties of a ChatDetail. */
        interface $Properties {

            /** ChatDetail chat */
            chat?: (Uint8Array|null);

            /** ChatDetail direct */
            direct?: (boolean|null);

            /** ChatDetail name */
            name?: (string|null);

            /** ChatDetail lastSeq */
            lastSeq?: (number|null);

            /** ChatDetail myNumber */
            myNumber?: (number|null);

            /** ChatDetail members */
            members?: (restante.MemberDetail.$Properties[]|null);

            /** ChatDetail unread */
            unread?: (number|null);

            /** ChatDetail briefLast */
            briefLast?: (number|null);

            /** ChatDetail disappearAfterS */
            disappearAfterS?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ChatDetail. */
        type $Shape = restante.ChatDetail.$Properties;
    }

    /**
     * Properties of a MemberDetail.
     * @deprecated Use restante.MemberDetail.$Properties instead.
     */
    interface IMemberDetail extends restante.MemberDetail.$Properties {
    }

    /** Represents a MemberDetail. */
    class MemberDetail {

        /**
         * Constructs a new MemberDetail.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.MemberDetail.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** MemberDetail number. */
        number: number;

        /** MemberDetail user. */
        user: string;

        /** MemberDetail role. */
        role: restante.Role;

        /** MemberDetail joinSeq. */
        joinSeq: number;

        /** MemberDetail delivered. */
        delivered: number;

        /** MemberDetail read. */
        read: number;

        /**
         * Creates a new MemberDetail instance using the specified properties.
         * @param [properties] Properties to set
         * @returns MemberDetail instance
         */
        static create(properties: restante.MemberDetail.$Shape): restante.MemberDetail & restante.MemberDetail.$Shape;
        static create(properties?: restante.MemberDetail.$Properties): restante.MemberDetail;

        /**
         * Encodes the specified MemberDetail message. Does not implicitly {@link restante.MemberDetail.verify|verify} messages.
         * @param message MemberDetail message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.MemberDetail.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a MemberDetail message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.MemberDetail & restante.MemberDetail.$Shape} MemberDetail
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.MemberDetail & restante.MemberDetail.$Shape;
    }

    namespace MemberDetail {

        /** Properties of a MemberDetail. */
        interface $Properties {

            /** MemberDetail number */
            number?: (number|null);

            /** MemberDetail user */
            user?: (string|null);

            /** MemberDetail role */
            role?: (restante.Role|null);

            /** MemberDetail joinSeq */
            joinSeq?: (number|null);

            /** MemberDetail delivered */
            delivered?: (number|null);

            /** MemberDetail read */
            read?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a MemberDetail. */
        type $Shape = restante.MemberDetail.$Properties;
    }

    /**
     * Properties of a ReceiptDetail.
     * @deprecated Use restante.ReceiptDetail.$Properties instead.
     */
    interface IReceiptDetail extends restante.ReceiptDetail.$Properties {
    }

    /** Represents a ReceiptDetail. */
    class ReceiptDetail {

        /**
         * Constructs a new ReceiptDetail.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.ReceiptDetail.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ReceiptDetail chat. */
        chat: Uint8Array;

        /** ReceiptDetail seq. */
        seq: number;

        /** ReceiptDetail others. */
        others: number;

        /** ReceiptDetail delivered. */
        delivered: number;

        /** ReceiptDetail read. */
        read: number;

        /** ReceiptDetail deliveredTo. */
        deliveredTo: number[];

        /** ReceiptDetail readBy. */
        readBy: number[];

        /**
         * Creates a new ReceiptDetail instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ReceiptDetail instance
         */
        static create(properties: restante.ReceiptDetail.$Shape): restante.ReceiptDetail & restante.ReceiptDetail.$Shape;
        static create(properties?: restante.ReceiptDetail.$Properties): restante.ReceiptDetail;

        /**
         * Encodes the specified ReceiptDetail message. Does not implicitly {@link restante.ReceiptDetail.verify|verify} messages.
         * @param message ReceiptDetail message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.ReceiptDetail.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ReceiptDetail message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.ReceiptDetail & restante.ReceiptDetail.$Shape} ReceiptDetail
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.ReceiptDetail & restante.ReceiptDetail.$Shape;
    }

    namespace ReceiptDetail {

        /** Properties of a ReceiptDetail. */
        interface $Properties {

            /** ReceiptDetail chat */
            chat?: (Uint8Array|null);

            /** ReceiptDetail seq */
            seq?: (number|null);

            /** ReceiptDetail others */
            others?: (number|null);

            /** ReceiptDetail delivered */
            delivered?: (number|null);

            /** ReceiptDetail read */
            read?: (number|null);

            /** ReceiptDetail deliveredTo */
            deliveredTo?: (number[]|null);

            /** ReceiptDetail readBy */
            readBy?: (number[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ReceiptDetail. */
        type $Shape = restante.ReceiptDetail.$Properties;
    }

    /**
     * Properties of a DeviceList.
     * @deprecated Use restante.DeviceList.$Properties instead.
     */
    interface IDeviceList extends restante.DeviceList.$Properties {
    }

    /** Represents a DeviceList. */
    class DeviceList {

        /**
         * Constructs a new DeviceList.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.DeviceList.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** DeviceList devices. */
        devices: restante.Device.$Properties[];

        /**
         * Creates a new DeviceList instance using the specified properties.
         * @param [properties] Properties to set
         * @returns DeviceList instance
         */
        static create(properties: restante.DeviceList.$Shape): restante.DeviceList & restante.DeviceList.$Shape;
        static create(properties?: restante.DeviceList.$Properties): restante.DeviceList;

        /**
         * Encodes the specified DeviceList message. Does not implicitly {@link restante.DeviceList.verify|verify} messages.
         * @param message DeviceList message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.DeviceList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a DeviceList message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.DeviceList & restante.DeviceList.$Shape} DeviceList
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.DeviceList & restante.DeviceList.$Shape;
    }

    namespace DeviceList {

        /** Properties of a DeviceList. */
        interface $Properties {

            /** DeviceList devices */
            devices?: (restante.Device.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a DeviceList. */
        type $Shape = restante.DeviceList.$Properties;
    }

    /**
     * Properties of a Device.
     * @deprecated Use restante.Device.$Properties instead.
     */
    interface IDevice extends restante.Device.$Properties {
    }

    /** Represents a Device. */
    class Device {

        /**
         * Constructs a new Device.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Device.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Device name. */
        name: string;

        /** Device linkedAtMs. */
        linkedAtMs: number;

        /** Device connected. */
        connected: boolean;

        /** Device waiting. */
        waiting: number;

        /** Device transient. */
        transient: boolean;

        /**
         * Creates a new Device instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Device instance
         */
        static create(properties: restante.Device.$Shape): restante.Device & restante.Device.$Shape;
        static create(properties?: restante.Device.$Properties): restante.Device;

        /**
         * Encodes the specified Device message. Does not implicitly {@link restante.Device.verify|verify} messages.
         * @param message Device message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Device.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Device message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Device & restante.Device.$Shape} Device
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Device & restante.Device.$Shape;
    }

    namespace Device {

        /** Properties of a Device. */
        interface $Properties {

            /** Device name */
            name?: (string|null);

            /** Device linkedAtMs */
            linkedAtMs?: (number|null);

            /** Device connected */
            connected?: (boolean|null);

            /** Device waiting */
            waiting?: (number|null);

            /** Device transient */
            transient?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Device. */
        type $Shape = restante.Device.$Properties;
    }

    /**
     * Properties of a DeadList.
     * @deprecated Use restante.DeadList.$Properties instead.
     */
    interface IDeadList extends restante.DeadList.$Properties {
    }

    /** Represents a DeadList. */
    class DeadList {

        /**
         * Constructs a new DeadList.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.DeadList.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** DeadList entries. */
        entries: restante.DeadEntry.$Properties[];

        /**
         * Creates a new DeadList instance using the specified properties.
         * @param [properties] Properties to set
         * @returns DeadList instance
         */
        static create(properties: restante.DeadList.$Shape): restante.DeadList & restante.DeadList.$Shape;
        static create(properties?: restante.DeadList.$Properties): restante.DeadList;

        /**
         * Encodes the specified DeadList message. Does not implicitly {@link restante.DeadList.verify|verify} messages.
         * @param message DeadList message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.DeadList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a DeadList message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.DeadList & restante.DeadList.$Shape} DeadList
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.DeadList & restante.DeadList.$Shape;
    }

    namespace DeadList {

        /** Properties of a DeadList. */
        interface $Properties {

            /** DeadList entries */
            entries?: (restante.DeadEntry.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a DeadList. */
        type $Shape = restante.DeadList.$Properties;
    }

    /**
     * Properties of a DeadEntry.
     * @deprecated Use restante.DeadEntry.$Properties instead.
     */
    interface IDeadEntry extends restante.DeadEntry.$Properties {
    }

    /** Represents a DeadEntry. */
    class DeadEntry {

        /**
         * Constructs a new DeadEntry.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.DeadEntry.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** DeadEntry position. */
        position: number;

        /** DeadEntry partition. */
        partition: number;

        /** DeadEntry user. */
        user: string;

        /** DeadEntry device. */
        device: string;

        /** DeadEntry chat. */
        chat: Uint8Array;

        /** DeadEntry setAsideAtMs. */
        setAsideAtMs: number;

        /** DeadEntry envelope. */
        envelope: Uint8Array;

        /**
         * Creates a new DeadEntry instance using the specified properties.
         * @param [properties] Properties to set
         * @returns DeadEntry instance
         */
        static create(properties: restante.DeadEntry.$Shape): restante.DeadEntry & restante.DeadEntry.$Shape;
        static create(properties?: restante.DeadEntry.$Properties): restante.DeadEntry;

        /**
         * Encodes the specified DeadEntry message. Does not implicitly {@link restante.DeadEntry.verify|verify} messages.
         * @param message DeadEntry message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.DeadEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a DeadEntry message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.DeadEntry & restante.DeadEntry.$Shape} DeadEntry
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.DeadEntry & restante.DeadEntry.$Shape;
    }

    namespace DeadEntry {

        /** Properties of a DeadEntry. */
        interface $Properties {

            /** DeadEntry position */
            position?: (number|null);

            /** DeadEntry partition */
            partition?: (number|null);

            /** DeadEntry user */
            user?: (string|null);

            /** DeadEntry device */
            device?: (string|null);

            /** DeadEntry chat */
            chat?: (Uint8Array|null);

            /** DeadEntry setAsideAtMs */
            setAsideAtMs?: (number|null);

            /** DeadEntry envelope */
            envelope?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a DeadEntry. */
        type $Shape = restante.DeadEntry.$Properties;
    }

    /**
     * Properties of a Request.
     * @deprecated Use restante.Request.$Properties instead.
     */
    interface IRequest extends restante.Request.$Properties {
    }

    /** Represents a Request. */
    class Request {

        /**
         * Constructs a new Request.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Request.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Request request. */
        request: number;

        /** Request myChats. */
        myChats?: (restante.MyChats.$Properties|null);

        /** Request addUser. */
        addUser?: (restante.AddUser.$Properties|null);

        /** Request listDevices. */
        listDevices?: (restante.ListDevices.$Properties|null);

        /** Request removeDevice. */
        removeDevice?: (restante.RemoveDevice.$Properties|null);

        /** Request listDead. */
        listDead?: (restante.ListDead.$Properties|null);

        /** Request requeueDead. */
        requeueDead?: (restante.RequeueDead.$Properties|null);

        /** Request lockUser. */
        lockUser?: (restante.LockUser.$Properties|null);

        /** Request endTokens. */
        endTokens?: (restante.EndTokens.$Properties|null);

        /** Request what. */
        what?: ("myChats"|"addUser"|"listDevices"|"removeDevice"|"listDead"|"requeueDead"|"lockUser"|"endTokens");

        /**
         * Creates a new Request instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Request instance
         */
        static create(properties: restante.Request.$Shape): restante.Request & restante.Request.$Shape;
        static create(properties?: restante.Request.$Properties): restante.Request;

        /**
         * Encodes the specified Request message. Does not implicitly {@link restante.Request.verify|verify} messages.
         * @param message Request message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Request.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Request message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Request & restante.Request.$Shape} Request
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Request & restante.Request.$Shape;
    }

    namespace Request {

        /** Properties of a Request. */
        interface $Properties {

            /** Request request */
            request?: (number|null);

            /** Request myChats */
            myChats?: (restante.MyChats.$Properties|null);

            /** Request addUser */
            addUser?: (restante.AddUser.$Properties|null);

            /** Request listDevices */
            listDevices?: (restante.ListDevices.$Properties|null);

            /** Request removeDevice */
            removeDevice?: (restante.RemoveDevice.$Properties|null);

            /** Request listDead */
            listDead?: (restante.ListDead.$Properties|null);

            /** Request requeueDead */
            requeueDead?: (restante.RequeueDead.$Properties|null);

            /** Request lockUser */
            lockUser?: (restante.LockUser.$Properties|null);

            /** Request endTokens */
            endTokens?: (restante.EndTokens.$Properties|null);

            /** Request what */
            what?: ("myChats"|"addUser"|"listDevices"|"removeDevice"|"listDead"|"requeueDead"|"lockUser"|"endTokens");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Request. */
        type $Shape = {
          request?: number|null;
          myChats?: restante.MyChats.$Shape|null;
          addUser?: restante.AddUser.$Shape|null;
          listDevices?: restante.ListDevices.$Shape|null;
          removeDevice?: restante.RemoveDevice.$Shape|null;
          listDead?: restante.ListDead.$Shape|null;
          requeueDead?: restante.RequeueDead.$Shape|null;
          lockUser?: restante.LockUser.$Shape|null;
          endTokens?: restante.EndTokens.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ what?: undefined; myChats?: null; addUser?: null; listDevices?: null; removeDevice?: null; listDead?: null; requeueDead?: null; lockUser?: null; endTokens?: null }|{ what?: "myChats"; myChats: restante.MyChats.$Shape; addUser?: null; listDevices?: null; removeDevice?: null; listDead?: null; requeueDead?: null; lockUser?: null; endTokens?: null }|{ what?: "addUser"; myChats?: null; addUser: restante.AddUser.$Shape; listDevices?: null; removeDevice?: null; listDead?: null; requeueDead?: null; lockUser?: null; endTokens?: null }|{ what?: "listDevices"; myChats?: null; addUser?: null; listDevices: restante.ListDevices.$Shape; removeDevice?: null; listDead?: null; requeueDead?: null; lockUser?: null; endTokens?: null }|{ what?: "removeDevice"; myChats?: null; addUser?: null; listDevices?: null; removeDevice: restante.RemoveDevice.$Shape; listDead?: null; requeueDead?: null; lockUser?: null; endTokens?: null }|{ what?: "listDead"; myChats?: null; addUser?: null; listDevices?: null; removeDevice?: null; listDead: restante.ListDead.$Shape; requeueDead?: null; lockUser?: null; endTokens?: null }|{ what?: "requeueDead"; myChats?: null; addUser?: null; listDevices?: null; removeDevice?: null; listDead?: null; requeueDead: restante.RequeueDead.$Shape; lockUser?: null; endTokens?: null }|{ what?: "lockUser"; myChats?: null; addUser?: null; listDevices?: null; removeDevice?: null; listDead?: null; requeueDead?: null; lockUser: restante.LockUser.$Shape; endTokens?: null }|{ what?: "endTokens"; myChats?: null; addUser?: null; listDevices?: null; removeDevice?: null; listDead?: null; requeueDead?: null; lockUser?: null; endTokens: restante.EndTokens.$Shape })
        );
    }

    /**
     * Properties of a MyChats.
     * @deprecated Use restante.MyChats.$Properties instead.
     */
    interface IMyChats extends restante.MyChats.$Properties {
    }

    /** Represents a MyChats. */
    class MyChats {

        /**
         * Constructs a new MyChats.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.MyChats.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** MyChats after. */
        after: Uint8Array;

        /** MyChats limit. */
        limit: number;

        /**
         * Creates a new MyChats instance using the specified properties.
         * @param [properties] Properties to set
         * @returns MyChats instance
         */
        static create(properties: restante.MyChats.$Shape): restante.MyChats & restante.MyChats.$Shape;
        static create(properties?: restante.MyChats.$Properties): restante.MyChats;

        /**
         * Encodes the specified MyChats message. Does not implicitly {@link restante.MyChats.verify|verify} messages.
         * @param message MyChats message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.MyChats.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a MyChats message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.MyChats & restante.MyChats.$Shape} MyChats
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.MyChats & restante.MyChats.$Shape;
    }

    namespace MyChats {

        /** Properties of a MyChats. */
        interface $Properties {

            /** MyChats after */
            after?: (Uint8Array|null);

            /** MyChats limit */
            limit?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a MyChats. */
        type $Shape = restante.MyChats.$Properties;
    }

    /**
     * Properties of an AddUser.
     * @deprecated Use restante.AddUser.$Properties instead.
     */
    interface IAddUser extends restante.AddUser.$Properties {
    }

    /** Represents an AddUser. */
    class AddUser {

        /**
         * Constructs a new AddUser.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.AddUser.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AddUser user. */
        user: string;

        /**
         * Creates a new AddUser instance using the specified properties.
         * @param [properties] Properties to set
         * @returns AddUser instance
         */
        static create(properties: restante.AddUser.$Shape): restante.AddUser & restante.AddUser.$Shape;
        static create(properties?: restante.AddUser.$Properties): restante.AddUser;

        /**
         * Encodes the specified AddUser message. Does not implicitly {@link restante.AddUser.verify|verify} messages.
         * @param message AddUser message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.AddUser.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AddUser message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.AddUser & restante.AddUser.$Shape} AddUser
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.AddUser & restante.AddUser.$Shape;
    }

    namespace AddUser {

        /** Properties of an AddUser. */
        interface $Properties {

            /** AddUser user */
            user?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AddUser. */
        type $Shape = restante.AddUser.$Properties;
    }

    /**
     * Properties of a ListDevices.
     * @deprecated Use restante.ListDevices.$Properties instead.
     */
    interface IListDevices extends restante.ListDevices.$Properties {
    }

    /** Represents a ListDevices. */
    class ListDevices {

        /**
         * Constructs a new ListDevices.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.ListDevices.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ListDevices user. */
        user: string;

        /**
         * Creates a new ListDevices instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ListDevices instance
         */
        static create(properties: restante.ListDevices.$Shape): restante.ListDevices & restante.ListDevices.$Shape;
        static create(properties?: restante.ListDevices.$Properties): restante.ListDevices;

        /**
         * Encodes the specified ListDevices message. Does not implicitly {@link restante.ListDevices.verify|verify} messages.
         * @param message ListDevices message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.ListDevices.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ListDevices message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.ListDevices & restante.ListDevices.$Shape} ListDevices
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.ListDevices & restante.ListDevices.$Shape;
    }

    namespace ListDevices {

        /** Properties of a ListDevices. */
        interface $Properties {

            /** ListDevices user */
            user?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ListDevices. */
        type $Shape = restante.ListDevices.$Properties;
    }

    /**
     * Properties of a RemoveDevice.
     * @deprecated Use restante.RemoveDevice.$Properties instead.
     */
    interface IRemoveDevice extends restante.RemoveDevice.$Properties {
    }

    /** Represents a RemoveDevice. */
    class RemoveDevice {

        /**
         * Constructs a new RemoveDevice.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.RemoveDevice.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RemoveDevice user. */
        user: string;

        /** RemoveDevice device. */
        device: string;

        /**
         * Creates a new RemoveDevice instance using the specified properties.
         * @param [properties] Properties to set
         * @returns RemoveDevice instance
         */
        static create(properties: restante.RemoveDevice.$Shape): restante.RemoveDevice & restante.RemoveDevice.$Shape;
        static create(properties?: restante.RemoveDevice.$Properties): restante.RemoveDevice;

        /**
         * Encodes the specified RemoveDevice message. Does not implicitly {@link restante.RemoveDevice.verify|verify} messages.
         * @param message RemoveDevice message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.RemoveDevice.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RemoveDevice message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.RemoveDevice & restante.RemoveDevice.$Shape} RemoveDevice
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.RemoveDevice & restante.RemoveDevice.$Shape;
    }

    namespace RemoveDevice {

        /** Properties of a RemoveDevice. */
        interface $Properties {

            /** RemoveDevice user */
            user?: (string|null);

            /** RemoveDevice device */
            device?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RemoveDevice. */
        type $Shape = restante.RemoveDevice.$Properties;
    }

    /**
     * Properties of a ListDead.
     * @deprecated Use restante.ListDead.$Properties instead.
     */
    interface IListDead extends restante.ListDead.$Properties {
    }

    /** Represents a ListDead. */
    class ListDead {

        /**
         * Constructs a new ListDead.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.ListDead.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ListDead after. */
        after: number;

        /** ListDead limit. */
        limit: number;

        /**
         * Creates a new ListDead instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ListDead instance
         */
        static create(properties: restante.ListDead.$Shape): restante.ListDead & restante.ListDead.$Shape;
        static create(properties?: restante.ListDead.$Properties): restante.ListDead;

        /**
         * Encodes the specified ListDead message. Does not implicitly {@link restante.ListDead.verify|verify} messages.
         * @param message ListDead message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.ListDead.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ListDead message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.ListDead & restante.ListDead.$Shape} ListDead
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.ListDead & restante.ListDead.$Shape;
    }

    namespace ListDead {

        /** Properties of a ListDead. */
        interface $Properties {

            /** ListDead after */
            after?: (number|null);

            /** ListDead limit */
            limit?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ListDead. */
        type $Shape = restante.ListDead.$Properties;
    }

    /**
     * Properties of a LockUser.
     * @deprecated Use restante.LockUser.$Properties instead.
     */
    interface ILockUser extends restante.LockUser.$Properties {
    }

    /** Represents a LockUser. */
    class LockUser {

        /**
         * Constructs a new LockUser.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.LockUser.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** LockUser user. */
        user: string;

        /** LockUser unlock. */
        unlock: boolean;

        /**
         * Creates a new LockUser instance using the specified properties.
         * @param [properties] Properties to set
         * @returns LockUser instance
         */
        static create(properties: restante.LockUser.$Shape): restante.LockUser & restante.LockUser.$Shape;
        static create(properties?: restante.LockUser.$Properties): restante.LockUser;

        /**
         * Encodes the specified LockUser message. Does not implicitly {@link restante.LockUser.verify|verify} messages.
         * @param message LockUser message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.LockUser.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a LockUser message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.LockUser & restante.LockUser.$Shape} LockUser
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.LockUser & restante.LockUser.$Shape;
    }

    namespace LockUser {

        /** Properties of a LockUser. */
        interface $Properties {

            /** LockUser user */
            user?: (string|null);

            /** LockUser unlock */
            unlock?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a LockUser. */
        type $Shape = restante.LockUser.$Properties;
    }

    /**
     * Properties of an EndTokens.
     * @deprecated Use restante.EndTokens.$Properties instead.
     */
    interface IEndTokens extends restante.EndTokens.$Properties {
    }

    /** Represents an EndTokens. */
    class EndTokens {

        /**
         * Constructs a new EndTokens.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.EndTokens.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** EndTokens user. */
        user: string;

        /**
         * Creates a new EndTokens instance using the specified properties.
         * @param [properties] Properties to set
         * @returns EndTokens instance
         */
        static create(properties: restante.EndTokens.$Shape): restante.EndTokens & restante.EndTokens.$Shape;
        static create(properties?: restante.EndTokens.$Properties): restante.EndTokens;

        /**
         * Encodes the specified EndTokens message. Does not implicitly {@link restante.EndTokens.verify|verify} messages.
         * @param message EndTokens message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.EndTokens.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an EndTokens message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.EndTokens & restante.EndTokens.$Shape} EndTokens
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.EndTokens & restante.EndTokens.$Shape;
    }

    namespace EndTokens {

        /** Properties of an EndTokens. */
        interface $Properties {

            /** EndTokens user */
            user?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an EndTokens. */
        type $Shape = restante.EndTokens.$Properties;
    }

    /**
     * Properties of a RequeueDead.
     * @deprecated Use restante.RequeueDead.$Properties instead.
     */
    interface IRequeueDead extends restante.RequeueDead.$Properties {
    }

    /** Represents a RequeueDead. */
    class RequeueDead {

        /**
         * Constructs a new RequeueDead.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.RequeueDead.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RequeueDead position. */
        position: number;

        /**
         * Creates a new RequeueDead instance using the specified properties.
         * @param [properties] Properties to set
         * @returns RequeueDead instance
         */
        static create(properties: restante.RequeueDead.$Shape): restante.RequeueDead & restante.RequeueDead.$Shape;
        static create(properties?: restante.RequeueDead.$Properties): restante.RequeueDead;

        /**
         * Encodes the specified RequeueDead message. Does not implicitly {@link restante.RequeueDead.verify|verify} messages.
         * @param message RequeueDead message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.RequeueDead.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RequeueDead message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.RequeueDead & restante.RequeueDead.$Shape} RequeueDead
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.RequeueDead & restante.RequeueDead.$Shape;
    }

    namespace RequeueDead {

        /** Properties of a RequeueDead. */
        interface $Properties {

            /** RequeueDead position */
            position?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RequeueDead. */
        type $Shape = restante.RequeueDead.$Properties;
    }

    /**
     * Properties of a Content.
     * @deprecated Use restante.Content.$Properties instead.
     */
    interface IContent extends restante.Content.$Properties {
    }

    /** Represents a Content. */
    class Content {

        /**
         * Constructs a new Content.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Content.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Content text. */
        text: string;

        /** Content mentions. */
        mentions: restante.Mention.$Properties[];

        /** Content replyTo. */
        replyTo: number;

        /** Content edit. */
        edit?: (number|null);

        /** Content delete. */
        delete?: (number|null);

        /** Content reaction. */
        reaction?: (restante.Reaction.$Properties|null);

        /** Content forwarded. */
        forwarded: boolean;

        /** Content attachments. */
        attachments: restante.Attachment.$Properties[];

        /** Content location. */
        location?: (restante.Location.$Properties|null);

        /** Content contact. */
        contact?: (restante.Contact.$Properties|null);

        /** Content disappearAfterS. */
        disappearAfterS: number;

        /** Content act. */
        act?: ("edit"|"delete"|"reaction");

        /**
         * Creates a new Content instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Content instance
         */
        static create(properties: restante.Content.$Shape): restante.Content & restante.Content.$Shape;
        static create(properties?: restante.Content.$Properties): restante.Content;

        /**
         * Encodes the specified Content message. Does not implicitly {@link restante.Content.verify|verify} messages.
         * @param message Content message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Content.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Content message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Content & restante.Content.$Shape} Content
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Content & restante.Content.$Shape;
    }

    namespace Content {

        /** Properties of a Content. */
        interface $Properties {

            /** Content text */
            text?: (string|null);

            /** Content mentions */
            mentions?: (restante.Mention.$Properties[]|null);

            /** Content replyTo */
            replyTo?: (number|null);

            /** Content edit */
            edit?: (number|null);

            /** Content delete */
            "delete"?: (number|null);

            /** Content reaction */
            reaction?: (restante.Reaction.$Properties|null);

            /** Content forwarded */
            forwarded?: (boolean|null);

            /** Content attachments */
            attachments?: (restante.Attachment.$Properties[]|null);

            /** Content location */
            location?: (restante.Location.$Properties|null);

            /** Content contact */
            contact?: (restante.Contact.$Properties|null);

            /** Content disappearAfterS */
            disappearAfterS?: (number|null);

            /** Content act */
            act?: ("edit"|"delete"|"reaction");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Content. */
        type $Shape = {
          text?: string|null;
          mentions?: restante.Mention.$Shape[]|null;
          replyTo?: number|null;
          edit?: number|null;
          "delete"?: number|null;
          reaction?: restante.Reaction.$Shape|null;
          forwarded?: boolean|null;
          attachments?: restante.Attachment.$Shape[]|null;
          location?: restante.Location.$Shape|null;
          contact?: restante.Contact.$Shape|null;
          disappearAfterS?: number|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ act?: undefined; edit?: null; "delete"?: null; reaction?: null }|{ act?: "edit"; edit: number; "delete"?: null; reaction?: null }|{ act?: "delete"; edit?: null; "delete": number; reaction?: null }|{ act?: "reaction"; edit?: null; "delete"?: null; reaction: restante.Reaction.$Shape })
        );
    }

    /**
     * Properties of a Mention.
     * @deprecated Use restante.Mention.$Properties instead.
     */
    interface IMention extends restante.Mention.$Properties {
    }

    /** Represents a Mention. */
    class Mention {

        /**
         * Constructs a new Mention.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Mention.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Mention user. */
        user: string;

        /** Mention start. */
        start: number;

        /** Mention length. */
        length: number;

        /**
         * Creates a new Mention instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Mention instance
         */
        static create(properties: restante.Mention.$Shape): restante.Mention & restante.Mention.$Shape;
        static create(properties?: restante.Mention.$Properties): restante.Mention;

        /**
         * Encodes the specified Mention message. Does not implicitly {@link restante.Mention.verify|verify} messages.
         * @param message Mention message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Mention.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Mention message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Mention & restante.Mention.$Shape} Mention
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Mention & restante.Mention.$Shape;
    }

    namespace Mention {

        /** Properties of a Mention. */
        interface $Properties {

            /** Mention user */
            user?: (string|null);

            /** Mention start */
            start?: (number|null);

            /** Mention length */
            length?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Mention. */
        type $Shape = restante.Mention.$Properties;
    }

    /**
     * Properties of a Reaction.
     * @deprecated Use restante.Reaction.$Properties instead.
     */
    interface IReaction extends restante.Reaction.$Properties {
    }

    /** Represents a Reaction. */
    class Reaction {

        /**
         * Constructs a new Reaction.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Reaction.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Reaction seq. */
        seq: number;

        /** Reaction emoji. */
        emoji: string;

        /**
         * Creates a new Reaction instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Reaction instance
         */
        static create(properties: restante.Reaction.$Shape): restante.Reaction & restante.Reaction.$Shape;
        static create(properties?: restante.Reaction.$Properties): restante.Reaction;

        /**
         * Encodes the specified Reaction message. Does not implicitly {@link restante.Reaction.verify|verify} messages.
         * @param message Reaction message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Reaction.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Reaction message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Reaction & restante.Reaction.$Shape} Reaction
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Reaction & restante.Reaction.$Shape;
    }

    namespace Reaction {

        /** Properties of a Reaction. */
        interface $Properties {

            /** Reaction seq */
            seq?: (number|null);

            /** Reaction emoji */
            emoji?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Reaction. */
        type $Shape = restante.Reaction.$Properties;
    }

    /**
     * Properties of an Attachment.
     * @deprecated Use restante.Attachment.$Properties instead.
     */
    interface IAttachment extends restante.Attachment.$Properties {
    }

    /** Represents an Attachment. */
    class Attachment {

        /**
         * Constructs a new Attachment.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Attachment.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Attachment url. */
        url: string;

        /** Attachment name. */
        name: string;

        /** Attachment contentType. */
        contentType: string;

        /** Attachment size. */
        size: number;

        /** Attachment sha256. */
        sha256: Uint8Array;

        /** Attachment key. */
        key: Uint8Array;

        /** Attachment preview. */
        preview: Uint8Array;

        /** Attachment width. */
        width: number;

        /** Attachment height. */
        height: number;

        /** Attachment durationMs. */
        durationMs: number;

        /**
         * Creates a new Attachment instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Attachment instance
         */
        static create(properties: restante.Attachment.$Shape): restante.Attachment & restante.Attachment.$Shape;
        static create(properties?: restante.Attachment.$Properties): restante.Attachment;

        /**
         * Encodes the specified Attachment message. Does not implicitly {@link restante.Attachment.verify|verify} messages.
         * @param message Attachment message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Attachment.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Attachment message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Attachment & restante.Attachment.$Shape} Attachment
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Attachment & restante.Attachment.$Shape;
    }

    namespace Attachment {

        /** Properties of an Attachment. */
        interface $Properties {

            /** Attachment url */
            url?: (string|null);

            /** Attachment name */
            name?: (string|null);

            /** Attachment contentType */
            contentType?: (string|null);

            /** Attachment size */
            size?: (number|null);

            /** Attachment sha256 */
            sha256?: (Uint8Array|null);

            /** Attachment key */
            key?: (Uint8Array|null);

            /** Attachment preview */
            preview?: (Uint8Array|null);

            /** Attachment width */
            width?: (number|null);

            /** Attachment height */
            height?: (number|null);

            /** Attachment durationMs */
            durationMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Attachment. */
        type $Shape = restante.Attachment.$Properties;
    }

    /**
     * Properties of a Location.
     * @deprecated Use restante.Location.$Properties instead.
     */
    interface ILocation extends restante.Location.$Properties {
    }

    /** Represents a Location. */
    class Location {

        /**
         * Constructs a new Location.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Location.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Location latitude. */
        latitude: number;

        /** Location longitude. */
        longitude: number;

        /** Location accuracyM. */
        accuracyM: number;

        /** Location name. */
        name: string;

        /**
         * Creates a new Location instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Location instance
         */
        static create(properties: restante.Location.$Shape): restante.Location & restante.Location.$Shape;
        static create(properties?: restante.Location.$Properties): restante.Location;

        /**
         * Encodes the specified Location message. Does not implicitly {@link restante.Location.verify|verify} messages.
         * @param message Location message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Location.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Location message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Location & restante.Location.$Shape} Location
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Location & restante.Location.$Shape;
    }

    namespace Location {

        /** Properties of a Location. */
        interface $Properties {

            /** Location latitude */
            latitude?: (number|null);

            /** Location longitude */
            longitude?: (number|null);

            /** Location accuracyM */
            accuracyM?: (number|null);

            /** Location name */
            name?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Location. */
        type $Shape = restante.Location.$Properties;
    }

    /**
     * Properties of a Contact.
     * @deprecated Use restante.Contact.$Properties instead.
     */
    interface IContact extends restante.Contact.$Properties {
    }

    /** Represents a Contact. */
    class Contact {

        /**
         * Constructs a new Contact.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Contact.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Contact name. */
        name: string;

        /** Contact user. */
        user: string;

        /** Contact phones. */
        phones: string[];

        /** Contact emails. */
        emails: string[];

        /**
         * Creates a new Contact instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Contact instance
         */
        static create(properties: restante.Contact.$Shape): restante.Contact & restante.Contact.$Shape;
        static create(properties?: restante.Contact.$Properties): restante.Contact;

        /**
         * Encodes the specified Contact message. Does not implicitly {@link restante.Contact.verify|verify} messages.
         * @param message Contact message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Contact.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Contact message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Contact & restante.Contact.$Shape} Contact
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Contact & restante.Contact.$Shape;
    }

    namespace Contact {

        /** Properties of a Contact. */
        interface $Properties {

            /** Contact name */
            name?: (string|null);

            /** Contact user */
            user?: (string|null);

            /** Contact phones */
            phones?: (string[]|null);

            /** Contact emails */
            emails?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Contact. */
        type $Shape = restante.Contact.$Properties;
    }
}
