import './long.ts'
import { decodeWith, encodeWith } from './codec.ts'
import { restante as server } from './gen/server.js'
import { WORKER_PACKET_BYTES_MAX } from './limits.ts'

/** The frames between brokers and workers, partition entries and chat state. No client imports this. */
export type Envelope = server.Envelope.$Properties
export type Marks = server.Marks.$Properties
export type Work = server.Work.$Properties
export type Batch = server.Batch.$Properties
export type ChatState = server.ChatState.$Properties
export type Field = server.Field.$Properties
export type Fanout = server.Fanout.$Properties
export type Commit = server.Commit.$Properties
export type StatePut = server.StatePut.$Properties
export type Delivery = server.Delivery.$Properties
export type HeadState = server.HeadState.$Properties
export type MemberState = server.MemberState.$Properties
export type DeviceState = server.DeviceState.$Properties
export type NodeFrame = server.NodeFrame.$Properties
export type DecodedEnvelope = server.Envelope
export type DecodedWork = server.Work
export type DecodedFanout = server.Fanout

export function encodeEnvelope(envelope: Envelope): Uint8Array {
  return encodeWith(server.Envelope, envelope)
}
export function decodeEnvelope(bytes: Uint8Array): server.Envelope {
  return decodeWith(server.Envelope, bytes, WORKER_PACKET_BYTES_MAX)
}
export function encodeWork(work: Work): Uint8Array {
  return encodeWith(server.Work, work)
}
export function decodeWork(bytes: Uint8Array): server.Work {
  return decodeWith(server.Work, bytes, WORKER_PACKET_BYTES_MAX)
}
export function encodeFanout(fanout: Fanout): Uint8Array {
  return encodeWith(server.Fanout, fanout)
}
export function decodeFanout(bytes: Uint8Array): server.Fanout {
  return decodeWith(server.Fanout, bytes, WORKER_PACKET_BYTES_MAX)
}
export function encodeHeadState(state: HeadState): Uint8Array {
  return encodeWith(server.HeadState, state)
}
export function decodeHeadState(bytes: Uint8Array): server.HeadState {
  return decodeWith(server.HeadState, bytes, WORKER_PACKET_BYTES_MAX)
}
export function encodeMemberState(state: MemberState): Uint8Array {
  return encodeWith(server.MemberState, state)
}
export function decodeMemberState(bytes: Uint8Array): server.MemberState {
  return decodeWith(server.MemberState, bytes, WORKER_PACKET_BYTES_MAX)
}
export function encodeDeviceState(state: DeviceState): Uint8Array {
  return encodeWith(server.DeviceState, state)
}
export function decodeDeviceState(bytes: Uint8Array): server.DeviceState {
  return decodeWith(server.DeviceState, bytes, WORKER_PACKET_BYTES_MAX)
}
export function encodeNodeFrame(frame: NodeFrame): Uint8Array {
  return encodeWith(server.NodeFrame, frame)
}
export function decodeNodeFrame(bytes: Uint8Array): server.NodeFrame {
  return decodeWith(server.NodeFrame, bytes, WORKER_PACKET_BYTES_MAX)
}
