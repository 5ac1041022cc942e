import * as $protobuf from "protobufjs/minimal.js";

/** Namespace restante. */
export namespace restante {

    /**
     * Properties of an Envelope.
     * @deprecated Use restante.Envelope.$Properties instead.
     */
    interface IEnvelope extends restante.Envelope.$Properties {
    }

    /** Represents an Envelope. */
    class Envelope {

        /**
         * Constructs a new Envelope.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Envelope.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Envelope user. */
        user: string;

        /** Envelope device. */
        device: string;

        /** Envelope atMs. */
        atMs: number;

        /** Envelope chat. */
        chat: Uint8Array;

        /** Envelope up. */
        up?: (Uint8Array|null);

        /** Envelope request. */
        request?: (Uint8Array|null);

        /** Envelope delivered. */
        delivered?: (restante.Marks.$Properties|null);

        /** Envelope connected. */
        connected?: (restante.Connected.$Properties|null);

        /** Envelope admin. */
        admin: boolean;

        /** Envelope transient. */
        transient: boolean;

        /** Envelope passedUpTo. */
        passedUpTo: number;

        /** Envelope spent. */
        spent: boolean;

        /** Envelope moreUps. */
        moreUps: Uint8Array[];

        /** Envelope what. */
        what?: ("up"|"request"|"delivered"|"connected");

        /**
         * Creates a new Envelope instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Envelope instance
         */
        static create(properties: restante.Envelope.$Shape): restante.Envelope & restante.Envelope.$Shape;
        static create(properties?: restante.Envelope.$Properties): restante.Envelope;

        /**
         * Encodes the specified Envelope message. Does not implicitly {@link restante.Envelope.verify|verify} messages.
         * @param message Envelope message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Envelope.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Envelope message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Envelope & restante.Envelope.$Shape} Envelope
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Envelope & restante.Envelope.$Shape;
    }

    namespace Envelope {

        /** Properties of an Envelope. */
        interface $Properties {

            /** Envelope user */
            user?: (string|null);

            /** Envelope device */
            device?: (string|null);

            /** Envelope atMs */
            atMs?: (number|null);

            /** Envelope chat */
            chat?: (Uint8Array|null);

            /** Envelope up */
            up?: (Uint8Array|null);

            /** Envelope request */
            request?: (Uint8Array|null);

            /** Envelope delivered */
            delivered?: (restante.Marks.$Properties|null);

            /** Envelope connected */
            connected?: (restante.Connected.$Properties|null);

            /** Envelope admin */
            admin?: (boolean|null);

            /** Envelope transient */
            transient?: (boolean|null);

            /** Envelope passedUpTo */
            passedUpTo?: (number|null);

            /** Envelope spent */
            spent?: (boolean|null);

            /** Envelope moreUps */
            moreUps?: (Uint8Array[]|null);

            /** Envelope what */
            what?: ("up"|"request"|"delivered"|"connected");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of an Envelope. */
        type $Shape = {
          user?: string|null;
          device?: string|null;
          atMs?: number|null;
          chat?: Uint8Array|null;
          up?: Uint8Array|null;
          request?: Uint8Array|null;
          delivered?: restante.Marks.$Shape|null;
          connected?: restante.Connected.$Shape|null;
          admin?: boolean|null;
          transient?: boolean|null;
          passedUpTo?: number|null;
          spent?: boolean|null;
          moreUps?: Uint8Array[]|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ what?: undefined; up?: null; request?: null; delivered?: null; connected?: null }|{ what?: "up"; up: Uint8Array; request?: null; delivered?: null; connected?: null }|{ what?: "request"; up?: null; request: Uint8Array; delivered?: null; connected?: null }|{ what?: "delivered"; up?: null; request?: null; delivered: restante.Marks.$Shape; connected?: null }|{ what?: "connected"; up?: null; request?: null; delivered?: null; connected: restante.Connected.$Shape })
        );
    }

    /**
     * Properties of a Marks.
     * @deprecated Use restante.Marks.$Properties instead.
     */
    interface IMarks extends restante.Marks.$Properties {
    }

    /** Represents a Marks. */
    class Marks {

        /**
         * Constructs a new Marks.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Marks.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Marks marks. */
        marks: restante.Mark.$Properties[];

        /**
         * Creates a new Marks instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Marks instance
         */
        static create(properties: restante.Marks.$Shape): restante.Marks & restante.Marks.$Shape;
        static create(properties?: restante.Marks.$Properties): restante.Marks;

        /**
         * Encodes the specified Marks message. Does not implicitly {@link restante.Marks.verify|verify} messages.
         * @param message Marks message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Marks.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Marks message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Marks & restante.Marks.$Shape} Marks
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Marks & restante.Marks.$Shape;
    }

    namespace Marks {

        /** Properties of a Marks. */
        interface $Properties {

            /** Marks marks */
            marks?: (restante.Mark.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Marks. */
        type $Shape = restante.Marks.$Properties;
    }

    /**
     * Properties of a Mark.
     * @deprecated Use restante.Mark.$Properties instead.
     */
    interface IMark extends restante.Mark.$Properties {
    }

    /** Represents a Mark. */
    class Mark {

        /**
         * Constructs a new Mark.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Mark.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Mark user. */
        user: string;

        /** Mark upTo. */
        upTo: number;

        /**
         * Creates a new Mark instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Mark instance
         */
        static create(properties: restante.Mark.$Shape): restante.Mark & restante.Mark.$Shape;
        static create(properties?: restante.Mark.$Properties): restante.Mark;

        /**
         * Encodes the specified Mark message. Does not implicitly {@link restante.Mark.verify|verify} messages.
         * @param message Mark message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Mark.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Mark message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Mark & restante.Mark.$Shape} Mark
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Mark & restante.Mark.$Shape;
    }

    namespace Mark {

        /** Properties of a Mark. */
        interface $Properties {

            /** Mark user */
            user?: (string|null);

            /** Mark upTo */
            upTo?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Mark. */
        type $Shape = restante.Mark.$Properties;
    }

    /**
     * Properties of a Connected.
     * @deprecated Use restante.Connected.$Properties instead.
     */
    interface IConnected extends restante.Connected.$Properties {
    }

    /** Represents a Connected. */
    class Connected {

        /**
         * Constructs a new Connected.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Connected.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /**
         * Creates a new Connected instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Connected instance
         */
        static create(properties: restante.Connected.$Shape): restante.Connected & restante.Connected.$Shape;
        static create(properties?: restante.Connected.$Properties): restante.Connected;

        /**
         * Encodes the specified Connected message. Does not implicitly {@link restante.Connected.verify|verify} messages.
         * @param message Connected message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Connected.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Connected message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Connected & restante.Connected.$Shape} Connected
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Connected & restante.Connected.$Shape;
    }

    namespace Connected {

        /** Properties of a Connected. */
        interface $Properties {

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Connected. */
        type $Shape = restante.Connected.$Properties;
    }

    /**
     * Properties of a Work.
     * @deprecated Use restante.Work.$Properties instead.
     */
    interface IWork extends restante.Work.$Properties {
    }

    /** Represents a Work. */
    class Work {

        /**
         * Constructs a new Work.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Work.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Work batches. */
        batches: restante.Batch.$Properties[];

        /** Work refused. */
        refused: restante.Refused.$Properties[];

        /** Work ephemeral. */
        ephemeral: restante.Envelope.$Properties[];

        /**
         * Creates a new Work instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Work instance
         */
        static create(properties: restante.Work.$Shape): restante.Work & restante.Work.$Shape;
        static create(properties?: restante.Work.$Properties): restante.Work;

        /**
         * Encodes the specified Work message. Does not implicitly {@link restante.Work.verify|verify} messages.
         * @param message Work message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Work.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Work message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Work & restante.Work.$Shape} Work
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Work & restante.Work.$Shape;
    }

    namespace Work {

        /** Properties of a Work. */
        interface $Properties {

            /** Work batches */
            batches?: (restante.Batch.$Properties[]|null);

            /** Work refused */
            refused?: (restante.Refused.$Properties[]|null);

            /** Work ephemeral */
            ephemeral?: (restante.Envelope.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Work. */
        type $Shape = {
          batches?: restante.Batch.$Shape[]|null;
          refused?: restante.Refused.$Shape[]|null;
          ephemeral?: restante.Envelope.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Batch.
     * @deprecated Use restante.Batch.$Properties instead.
     */
    interface IBatch extends restante.Batch.$Properties {
    }

    /** Represents a Batch. */
    class Batch {

        /**
         * Constructs a new Batch.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Batch.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Batch partition. */
        partition: number;

        /** Batch epoch. */
        epoch: number;

        /** Batch from. */
        from: number;

        /** Batch entries. */
        entries: Uint8Array[];

        /** Batch states. */
        states: restante.ChatState.$Properties[];

        /**
         * Creates a new Batch instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Batch instance
         */
        static create(properties: restante.Batch.$Shape): restante.Batch & restante.Batch.$Shape;
        static create(properties?: restante.Batch.$Properties): restante.Batch;

        /**
         * Encodes the specified Batch message. Does not implicitly {@link restante.Batch.verify|verify} messages.
         * @param message Batch message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Batch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Batch message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Batch & restante.Batch.$Shape} Batch
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Batch & restante.Batch.$Shape;
    }

    namespace Batch {

        /** Properties of a Batch. */
        interface $Properties {

            /** Batch partition */
            partition?: (number|null);

            /** Batch epoch */
            epoch?: (number|null);

            /** Batch from */
            from?: (number|null);

            /** Batch entries */
            entries?: (Uint8Array[]|null);

            /** Batch states */
            states?: (restante.ChatState.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Batch. */
        type $Shape = restante.Batch.$Properties;
    }

    /**
     * Properties of a ChatState.
     * @deprecated Use restante.ChatState.$Properties instead.
     */
    interface IChatState extends restante.ChatState.$Properties {
    }

    /** Represents a ChatState. */
    class ChatState {

        /**
         * Constructs a new ChatState.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.ChatState.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ChatState chat. */
        chat: Uint8Array;

        /** ChatState fields. */
        fields: restante.Field.$Properties[];

        /**
         * Creates a new ChatState instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ChatState instance
         */
        static create(properties: restante.ChatState.$Shape): restante.ChatState & restante.ChatState.$Shape;
        static create(properties?: restante.ChatState.$Properties): restante.ChatState;

        /**
         * Encodes the specified ChatState message. Does not implicitly {@link restante.ChatState.verify|verify} messages.
         * @param message ChatState message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.ChatState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ChatState message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.ChatState & restante.ChatState.$Shape} ChatState
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.ChatState & restante.ChatState.$Shape;
    }

    namespace ChatState {

        /** Properties of a ChatState. */
        interface $Properties {

            /** ChatState chat */
            chat?: (Uint8Array|null);

            /** ChatState fields */
            fields?: (restante.Field.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ChatState. */
        type $Shape = restante.ChatState.$Properties;
    }

    /**
     * Properties of a Field.
     * @deprecated Use restante.Field.$Properties instead.
     */
    interface IField extends restante.Field.$Properties {
    }

    /** Represents a Field. */
    class Field {

        /**
         * Constructs a new Field.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Field.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Field name. */
        name: string;

        /** Field value. */
        value: Uint8Array;

        /**
         * Creates a new Field instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Field instance
         */
        static create(properties: restante.Field.$Shape): restante.Field & restante.Field.$Shape;
        static create(properties?: restante.Field.$Properties): restante.Field;

        /**
         * Encodes the specified Field message. Does not implicitly {@link restante.Field.verify|verify} messages.
         * @param message Field message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Field.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Field message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Field & restante.Field.$Shape} Field
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Field & restante.Field.$Shape;
    }

    namespace Field {

        /** Properties of a Field. */
        interface $Properties {

            /** Field name */
            name?: (string|null);

            /** Field value */
            value?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Field. */
        type $Shape = restante.Field.$Properties;
    }

    /**
     * Properties of a Refused.
     * @deprecated Use restante.Refused.$Properties instead.
     */
    interface IRefused extends restante.Refused.$Properties {
    }

    /** Represents a Refused. */
    class Refused {

        /**
         * Constructs a new Refused.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Refused.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Refused partition. */
        partition: number;

        /** Refused epoch. */
        epoch: number;

        /**
         * Creates a new Refused instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Refused instance
         */
        static create(properties: restante.Refused.$Shape): restante.Refused & restante.Refused.$Shape;
        static create(properties?: restante.Refused.$Properties): restante.Refused;

        /**
         * Encodes the specified Refused message. Does not implicitly {@link restante.Refused.verify|verify} messages.
         * @param message Refused message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Refused.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Refused message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Refused & restante.Refused.$Shape} Refused
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Refused & restante.Refused.$Shape;
    }

    namespace Refused {

        /** Properties of a Refused. */
        interface $Properties {

            /** Refused partition */
            partition?: (number|null);

            /** Refused epoch */
            epoch?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Refused. */
        type $Shape = restante.Refused.$Properties;
    }

    /**
     * Properties of a Fanout.
     * @deprecated Use restante.Fanout.$Properties instead.
     */
    interface IFanout extends restante.Fanout.$Properties {
    }

    /** Represents a Fanout. */
    class Fanout {

        /**
         * Constructs a new Fanout.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Fanout.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Fanout commits. */
        commits: restante.Commit.$Properties[];

        /** Fanout audiences. */
        audiences: restante.Audience.$Properties[];

        /** Fanout ephemeral. */
        ephemeral: restante.Delivery.$Properties[];

        /**
         * Creates a new Fanout instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Fanout instance
         */
        static create(properties: restante.Fanout.$Shape): restante.Fanout & restante.Fanout.$Shape;
        static create(properties?: restante.Fanout.$Properties): restante.Fanout;

        /**
         * Encodes the specified Fanout message. Does not implicitly {@link restante.Fanout.verify|verify} messages.
         * @param message Fanout message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Fanout.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Fanout message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Fanout & restante.Fanout.$Shape} Fanout
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Fanout & restante.Fanout.$Shape;
    }

    namespace Fanout {

        /** Properties of a Fanout. */
        interface $Properties {

            /** Fanout commits */
            commits?: (restante.Commit.$Properties[]|null);

            /** Fanout audiences */
            audiences?: (restante.Audience.$Properties[]|null);

            /** Fanout ephemeral */
            ephemeral?: (restante.Delivery.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Fanout. */
        type $Shape = restante.Fanout.$Properties;
    }

    /**
     * Properties of a Commit.
     * @deprecated Use restante.Commit.$Properties instead.
     */
    interface ICommit extends restante.Commit.$Properties {
    }

    /** Represents a Commit. */
    class Commit {

        /**
         * Constructs a new Commit.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Commit.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Commit partition. */
        partition: number;

        /** Commit epoch. */
        epoch: number;

        /** Commit from. */
        from: number;

        /** Commit upTo. */
        upTo: number;

        /** Commit puts. */
        puts: restante.StatePut.$Properties[];

        /** Commit deliveries. */
        deliveries: restante.Delivery.$Properties[];

        /** Commit dropped. */
        dropped: Uint8Array[];

        /** Commit wanted. */
        wanted: Uint8Array[];

        /**
         * Creates a new Commit instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Commit instance
         */
        static create(properties: restante.Commit.$Shape): restante.Commit & restante.Commit.$Shape;
        static create(properties?: restante.Commit.$Properties): restante.Commit;

        /**
         * Encodes the specified Commit message. Does not implicitly {@link restante.Commit.verify|verify} messages.
         * @param message Commit message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Commit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Commit message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Commit & restante.Commit.$Shape} Commit
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Commit & restante.Commit.$Shape;
    }

    namespace Commit {

        /** Properties of a Commit. */
        interface $Properties {

            /** Commit partition */
            partition?: (number|null);

            /** Commit epoch */
            epoch?: (number|null);

            /** Commit from */
            from?: (number|null);

            /** Commit upTo */
            upTo?: (number|null);

            /** Commit puts */
            puts?: (restante.StatePut.$Properties[]|null);

            /** Commit deliveries */
            deliveries?: (restante.Delivery.$Properties[]|null);

            /** Commit dropped */
            dropped?: (Uint8Array[]|null);

            /** Commit wanted */
            wanted?: (Uint8Array[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Commit. */
        type $Shape = restante.Commit.$Properties;
    }

    /**
     * Properties of a StatePut.
     * @deprecated Use restante.StatePut.$Properties instead.
     */
    interface IStatePut extends restante.StatePut.$Properties {
    }

    /** Represents a StatePut. */
    class StatePut {

        /**
         * Constructs a new StatePut.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.StatePut.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StatePut chat. */
        chat: Uint8Array;

        /** StatePut field. */
        field: string;

        /** StatePut value. */
        value: Uint8Array;

        /** StatePut gone. */
        gone: boolean;

        /**
         * Creates a new StatePut instance using the specified properties.
         * @param [properties] Properties to set
         * @returns StatePut instance
         */
        static create(properties: restante.StatePut.$Shape): restante.StatePut & restante.StatePut.$Shape;
        static create(properties?: restante.StatePut.$Properties): restante.StatePut;

        /**
         * Encodes the specified StatePut message. Does not implicitly {@link restante.StatePut.verify|verify} messages.
         * @param message StatePut message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.StatePut.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StatePut message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.StatePut & restante.StatePut.$Shape} StatePut
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.StatePut & restante.StatePut.$Shape;
    }

    namespace StatePut {

        /** Properties of a StatePut. */
        interface $Properties {

            /** StatePut chat */
            chat?: (Uint8Array|null);

            /** StatePut field */
            field?: (string|null);

            /** StatePut value */
            value?: (Uint8Array|null);

            /** StatePut gone */
            gone?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StatePut. */
        type $Shape = restante.StatePut.$Properties;
    }

    /**
     * Properties of an Audience.
     * @deprecated Use restante.Audience.$Properties instead.
     */
    interface IAudience extends restante.Audience.$Properties {
    }

    /** Represents an Audience. */
    class Audience {

        /**
         * Constructs a new Audience.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Audience.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Audience users. */
        users: string[];

        /** Audience strangers. */
        strangers: number[];

        /**
         * Creates a new Audience instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Audience instance
         */
        static create(properties: restante.Audience.$Shape): restante.Audience & restante.Audience.$Shape;
        static create(properties?: restante.Audience.$Properties): restante.Audience;

        /**
         * Encodes the specified Audience message. Does not implicitly {@link restante.Audience.verify|verify} messages.
         * @param message Audience message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Audience.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Audience message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Audience & restante.Audience.$Shape} Audience
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Audience & restante.Audience.$Shape;
    }

    namespace Audience {

        /** Properties of an Audience. */
        interface $Properties {

            /** Audience users */
            users?: (string[]|null);

            /** Audience strangers */
            strangers?: (number[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Audience. */
        type $Shape = restante.Audience.$Properties;
    }

    /**
     * Properties of a Delivery.
     * @deprecated Use restante.Delivery.$Properties instead.
     */
    interface IDelivery extends restante.Delivery.$Properties {
    }

    /** Represents a Delivery. */
    class Delivery {

        /**
         * Constructs a new Delivery.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Delivery.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Delivery user. */
        user: string;

        /** Delivery audience. */
        audience: number;

        /** Delivery entry. */
        entry: Uint8Array;

        /** Delivery only. */
        only: string;

        /** Delivery exceptUser. */
        exceptUser: string;

        /** Delivery exceptDevice. */
        exceptDevice: string;

        /** Delivery key. */
        key: Uint8Array;

        /** Delivery version. */
        version: number;

        /** Delivery ttlS. */
        ttlS: number;

        /**
         * Creates a new Delivery instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Delivery instance
         */
        static create(properties: restante.Delivery.$Shape): restante.Delivery & restante.Delivery.$Shape;
        static create(properties?: restante.Delivery.$Properties): restante.Delivery;

        /**
         * Encodes the specified Delivery message. Does not implicitly {@link restante.Delivery.verify|verify} messages.
         * @param message Delivery message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Delivery.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Delivery message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Delivery & restante.Delivery.$Shape} Delivery
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Delivery & restante.Delivery.$Shape;
    }

    namespace Delivery {

        /** Properties of a Delivery. */
        interface $Properties {

            /** Delivery user */
            user?: (string|null);

            /** Delivery audience */
            audience?: (number|null);

            /** Delivery entry */
            entry?: (Uint8Array|null);

            /** Delivery only */
            only?: (string|null);

            /** Delivery exceptUser */
            exceptUser?: (string|null);

            /** Delivery exceptDevice */
            exceptDevice?: (string|null);

            /** Delivery key */
            key?: (Uint8Array|null);

            /** Delivery version */
            version?: (number|null);

            /** Delivery ttlS */
            ttlS?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Delivery. */
        type $Shape = restante.Delivery.$Properties;
    }

    /**
     * Properties of a HeadState.
     * @deprecated Use restante.HeadState.$Properties instead.
     */
    interface IHeadState extends restante.HeadState.$Properties {
    }

    /** Represents a HeadState. */
    class HeadState {

        /**
         * Constructs a new HeadState.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.HeadState.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HeadState direct. */
        direct: boolean;

        /** HeadState name. */
        name: string;

        /** HeadState lastSeq. */
        lastSeq: number;

        /** HeadState nextNumber. */
        nextNumber: number;

        /** HeadState lastAtS. */
        lastAtS: number;

        /** HeadState changes. */
        changes: number[];

        /** HeadState briefLast. */
        briefLast: number;

        /** HeadState closed. */
        closed?: (restante.Closing.$Properties|null);

        /** HeadState disappearAfterS. */
        disappearAfterS: number;

        /** HeadState uncounted. */
        uncounted: number;

        /**
         * Creates a new HeadState instance using the specified properties.
         * @param [properties] Properties to set
         * @returns HeadState instance
         */
        static create(properties: restante.HeadState.$Shape): restante.HeadState & restante.HeadState.$Shape;
        static create(properties?: restante.HeadState.$Properties): restante.HeadState;

        /**
         * Encodes the specified HeadState message. Does not implicitly {@link restante.HeadState.verify|verify} messages.
         * @param message HeadState message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.HeadState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HeadState message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.HeadState & restante.HeadState.$Shape} HeadState
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.HeadState & restante.HeadState.$Shape;
    }

    namespace HeadState {

        /** Properties of a HeadState. */
        interface $Properties {

            /** HeadState direct */
            direct?: (boolean|null);

            /** HeadState name */
            name?: (string|null);

            /** HeadState lastSeq */
            lastSeq?: (number|null);

            /** HeadState nextNumber */
            nextNumber?: (number|null);

            /** HeadState lastAtS */
            lastAtS?: (number|null);

            /** HeadState changes */
            changes?: (number[]|null);

            /** HeadState briefLast */
            briefLast?: (number|null);

            /** HeadState closed */
            closed?: (restante.Closing.$Properties|null);

            /** HeadState disappearAfterS */
            disappearAfterS?: (number|null);

            /** HeadState uncounted */
            uncounted?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HeadState. */
        type $Shape = restante.HeadState.$Properties;
    }

    /**
     * Properties of a Closing.
     * @deprecated Use restante.Closing.$Properties instead.
     */
    interface IClosing extends restante.Closing.$Properties {
    }

    /** Represents a Closing. */
    class Closing {

        /**
         * Constructs a new Closing.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Closing.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Closing user. */
        user: string;

        /** Closing device. */
        device: string;

        /** Closing clientSeq. */
        clientSeq: number;

        /** Closing print. */
        print: number;

        /**
         * Creates a new Closing instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Closing instance
         */
        static create(properties: restante.Closing.$Shape): restante.Closing & restante.Closing.$Shape;
        static create(properties?: restante.Closing.$Properties): restante.Closing;

        /**
         * Encodes the specified Closing message. Does not implicitly {@link restante.Closing.verify|verify} messages.
         * @param message Closing message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Closing.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Closing message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Closing & restante.Closing.$Shape} Closing
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Closing & restante.Closing.$Shape;
    }

    namespace Closing {

        /** Properties of a Closing. */
        interface $Properties {

            /** Closing user */
            user?: (string|null);

            /** Closing device */
            device?: (string|null);

            /** Closing clientSeq */
            clientSeq?: (number|null);

            /** Closing print */
            print?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Closing. */
        type $Shape = restante.Closing.$Properties;
    }

    /**
     * Properties of a MemberState.
     * @deprecated Use restante.MemberState.$Properties instead.
     */
    interface IMemberState extends restante.MemberState.$Properties {
    }

    /** Represents a MemberState. */
    class MemberState {

        /**
         * Constructs a new MemberState.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.MemberState.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** MemberState user. */
        user: string;

        /** MemberState role. */
        role: number;

        /** MemberState joinSeq. */
        joinSeq: number;

        /** MemberState leaveSeq. */
        leaveSeq: number;

        /** MemberState delivered. */
        delivered: number;

        /** MemberState read. */
        read: number;

        /** MemberState lastOwnSeq. */
        lastOwnSeq: number;

        /** MemberState awaitingDelivered. */
        awaitingDelivered: number;

        /** MemberState awaitingRead. */
        awaitingRead: number;

        /** MemberState forgottenClientSeq. */
        forgottenClientSeq: number;

        /** MemberState ownUnread. */
        ownUnread: number[];

        /** MemberState uncountedRead. */
        uncountedRead: number;

        /**
         * Creates a new MemberState instance using the specified properties.
         * @param [properties] Properties to set
         * @returns MemberState instance
         */
        static create(properties: restante.MemberState.$Shape): restante.MemberState & restante.MemberState.$Shape;
        static create(properties?: restante.MemberState.$Properties): restante.MemberState;

        /**
         * Encodes the specified MemberState message. Does not implicitly {@link restante.MemberState.verify|verify} messages.
         * @param message MemberState message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.MemberState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a MemberState message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.MemberState & restante.MemberState.$Shape} MemberState
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.MemberState & restante.MemberState.$Shape;
    }

    namespace MemberState {

        /** Properties of a MemberState. */
        interface $Properties {

            /** MemberState user */
            user?: (string|null);

            /** MemberState role */
            role?: (number|null);

            /** MemberState joinSeq */
            joinSeq?: (number|null);

            /** MemberState leaveSeq */
            leaveSeq?: (number|null);

            /** MemberState delivered */
            delivered?: (number|null);

            /** MemberState read */
            read?: (number|null);

            /** MemberState lastOwnSeq */
            lastOwnSeq?: (number|null);

            /** MemberState awaitingDelivered */
            awaitingDelivered?: (number|null);

            /** MemberState awaitingRead */
            awaitingRead?: (number|null);

            /** MemberState forgottenClientSeq */
            forgottenClientSeq?: (number|null);

            /** MemberState ownUnread */
            ownUnread?: (number[]|null);

            /** MemberState uncountedRead */
            uncountedRead?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a MemberState. */
        type $Shape = restante.MemberState.$Properties;
    }

    /**
     * Properties of a DeviceState.
     * @deprecated Use restante.DeviceState.$Properties instead.
     */
    interface IDeviceState extends restante.DeviceState.$Properties {
    }

    /** Represents a DeviceState. */
    class DeviceState {

        /**
         * Constructs a new DeviceState.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.DeviceState.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** DeviceState highestClientSeq. */
        highestClientSeq: number;

        /** DeviceState runs. */
        runs: restante.Run.$Properties[];

        /** DeviceState prints. */
        prints: Uint8Array;

        /** DeviceState transient. */
        transient: boolean;

        /** DeviceState knownFrom. */
        knownFrom: number;

        /**
         * Creates a new DeviceState instance using the specified properties.
         * @param [properties] Properties to set
         * @returns DeviceState instance
         */
        static create(properties: restante.DeviceState.$Shape): restante.DeviceState & restante.DeviceState.$Shape;
        static create(properties?: restante.DeviceState.$Properties): restante.DeviceState;

        /**
         * Encodes the specified DeviceState message. Does not implicitly {@link restante.DeviceState.verify|verify} messages.
         * @param message DeviceState message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.DeviceState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a DeviceState message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.DeviceState & restante.DeviceState.$Shape} DeviceState
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.DeviceState & restante.DeviceState.$Shape;
    }

    namespace DeviceState {

        /** Properties of a DeviceState. */
        interface $Properties {

            /** DeviceState highestClientSeq */
            highestClientSeq?: (number|null);

            /** DeviceState runs */
            runs?: (restante.Run.$Properties[]|null);

            /** DeviceState prints */
            prints?: (Uint8Array|null);

            /** DeviceState transient */
            transient?: (boolean|null);

            /** DeviceState knownFrom */
            knownFrom?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a DeviceState. */
        type $Shape = restante.DeviceState.$Properties;
    }

    /**
     * Properties of a Run.
     * @deprecated Use restante.Run.$Properties instead.
     */
    interface IRun extends restante.Run.$Properties {
    }

    /** Represents a Run. */
    class Run {

        /**
         * Constructs a new Run.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Run.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Run clientSeq. */
        clientSeq: number;

        /** Run seq. */
        seq: number;

        /** Run more. */
        more: number;

        /**
         * Creates a new Run instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Run instance
         */
        static create(properties: restante.Run.$Shape): restante.Run & restante.Run.$Shape;
        static create(properties?: restante.Run.$Properties): restante.Run;

        /**
         * Encodes the specified Run message. Does not implicitly {@link restante.Run.verify|verify} messages.
         * @param message Run message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Run.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Run message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Run & restante.Run.$Shape} Run
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Run & restante.Run.$Shape;
    }

    namespace Run {

        /** Properties of a Run. */
        interface $Properties {

            /** Run clientSeq */
            clientSeq?: (number|null);

            /** Run seq */
            seq?: (number|null);

            /** Run more */
            more?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Run. */
        type $Shape = restante.Run.$Properties;
    }

    /**
     * Properties of a NodeFrame.
     * @deprecated Use restante.NodeFrame.$Properties instead.
     */
    interface INodeFrame extends restante.NodeFrame.$Properties {
    }

    /** Represents a NodeFrame. */
    class NodeFrame {

        /**
         * Constructs a new NodeFrame.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.NodeFrame.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** NodeFrame entries. */
        entries: Uint8Array[];

        /** NodeFrame told. */
        told: restante.Told.$Properties[];

        /** NodeFrame live. */
        live: restante.Live.$Properties[];

        /** NodeFrame ousted. */
        ousted: restante.Ousted.$Properties[];

        /** NodeFrame typing. */
        typing: restante.Envelope.$Properties[];

        /** NodeFrame look. */
        look: boolean;

        /** NodeFrame compare. */
        compare: boolean;

        /**
         * Creates a new NodeFrame instance using the specified properties.
         * @param [properties] Properties to set
         * @returns NodeFrame instance
         */
        static create(properties: restante.NodeFrame.$Shape): restante.NodeFrame & restante.NodeFrame.$Shape;
        static create(properties?: restante.NodeFrame.$Properties): restante.NodeFrame;

        /**
         * Encodes the specified NodeFrame message. Does not implicitly {@link restante.NodeFrame.verify|verify} messages.
         * @param message NodeFrame message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.NodeFrame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a NodeFrame message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.NodeFrame & restante.NodeFrame.$Shape} NodeFrame
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.NodeFrame & restante.NodeFrame.$Shape;
    }

    namespace NodeFrame {

        /** Properties of a NodeFrame. */
        interface $Properties {

            /** NodeFrame entries */
            entries?: (Uint8Array[]|null);

            /** NodeFrame told */
            told?: (restante.Told.$Properties[]|null);

            /** NodeFrame live */
            live?: (restante.Live.$Properties[]|null);

            /** NodeFrame ousted */
            ousted?: (restante.Ousted.$Properties[]|null);

            /** NodeFrame typing */
            typing?: (restante.Envelope.$Properties[]|null);

            /** NodeFrame look */
            look?: (boolean|null);

            /** NodeFrame compare */
            compare?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a NodeFrame. */
        type $Shape = {
          entries?: Uint8Array[]|null;
          told?: restante.Told.$Shape[]|null;
          live?: restante.Live.$Shape[]|null;
          ousted?: restante.Ousted.$Shape[]|null;
          typing?: restante.Envelope.$Shape[]|null;
          look?: boolean|null;
          compare?: boolean|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Told.
     * @deprecated Use restante.Told.$Properties instead.
     */
    interface ITold extends restante.Told.$Properties {
    }

    /** Represents a Told. */
    class Told {

        /**
         * Constructs a new Told.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Told.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Told mailbox. */
        mailbox: string;

        /** Told position. */
        position: number;

        /** Told entry. */
        entry: number;

        /** Told only. */
        only: string;

        /** Told except. */
        except: string;

        /**
         * Creates a new Told instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Told instance
         */
        static create(properties: restante.Told.$Shape): restante.Told & restante.Told.$Shape;
        static create(properties?: restante.Told.$Properties): restante.Told;

        /**
         * Encodes the specified Told message. Does not implicitly {@link restante.Told.verify|verify} messages.
         * @param message Told message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Told.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Told message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Told & restante.Told.$Shape} Told
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Told & restante.Told.$Shape;
    }

    namespace Told {

        /** Properties of a Told. */
        interface $Properties {

            /** Told mailbox */
            mailbox?: (string|null);

            /** Told position */
            position?: (number|null);

            /** Told entry */
            entry?: (number|null);

            /** Told only */
            only?: (string|null);

            /** Told except */
            except?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Told. */
        type $Shape = restante.Told.$Properties;
    }

    /**
     * Properties of a Live.
     * @deprecated Use restante.Live.$Properties instead.
     */
    interface ILive extends restante.Live.$Properties {
    }

    /** Represents a Live. */
    class Live {

        /**
         * Constructs a new Live.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Live.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Live users. */
        users: string[];

        /** Live entry. */
        entry: number;

        /** Live only. */
        only: string;

        /** Live exceptUser. */
        exceptUser: string;

        /** Live exceptDevice. */
        exceptDevice: string;

        /**
         * Creates a new Live instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Live instance
         */
        static create(properties: restante.Live.$Shape): restante.Live & restante.Live.$Shape;
        static create(properties?: restante.Live.$Properties): restante.Live;

        /**
         * Encodes the specified Live message. Does not implicitly {@link restante.Live.verify|verify} messages.
         * @param message Live message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Live.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Live message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Live & restante.Live.$Shape} Live
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Live & restante.Live.$Shape;
    }

    namespace Live {

        /** Properties of a Live. */
        interface $Properties {

            /** Live users */
            users?: (string[]|null);

            /** Live entry */
            entry?: (number|null);

            /** Live only */
            only?: (string|null);

            /** Live exceptUser */
            exceptUser?: (string|null);

            /** Live exceptDevice */
            exceptDevice?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Live. */
        type $Shape = restante.Live.$Properties;
    }

    /**
     * Properties of an Ousted.
     * @deprecated Use restante.Ousted.$Properties instead.
     */
    interface IOusted extends restante.Ousted.$Properties {
    }

    /** Represents an Ousted. */
    class Ousted {

        /**
         * Constructs a new Ousted.
         * @param [properties] Properties to set
         */
        constructor(properties?: restante.Ousted.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Ousted user. */
        user: string;

        /** Ousted device. */
        device: string;

        /** Ousted belowEpoch. */
        belowEpoch: number;

        /** Ousted reason. */
        reason: string;

        /**
         * Creates a new Ousted instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Ousted instance
         */
        static create(properties: restante.Ousted.$Shape): restante.Ousted & restante.Ousted.$Shape;
        static create(properties?: restante.Ousted.$Properties): restante.Ousted;

        /**
         * Encodes the specified Ousted message. Does not implicitly {@link restante.Ousted.verify|verify} messages.
         * @param message Ousted message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: restante.Ousted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Ousted message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {restante.Ousted & restante.Ousted.$Shape} Ousted
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): restante.Ousted & restante.Ousted.$Shape;
    }

    namespace Ousted {

        /** Properties of an Ousted. */
        interface $Properties {

            /** Ousted user */
            user?: (string|null);

            /** Ousted device */
            device?: (string|null);

            /** Ousted belowEpoch */
            belowEpoch?: (number|null);

            /** Ousted reason */
            reason?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Ousted. */
        type $Shape = restante.Ousted.$Properties;
    }
}
