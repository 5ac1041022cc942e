import mqtt from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { publishPacket } from '../../../../broker/lanes/publish-packet.ts'

const topic = Buffer.from('u/alice')

function parse(packet: Uint8Array): mqtt.IPublishPacket {
  const parser = mqtt.parser({ protocolVersion: 4 })
  const packets: mqtt.Packet[] = []
  parser.on('packet', (parsed) => packets.push(parsed))
  expect(parser.parse(Buffer.from(packet))).toBe(0)
  expect(packets).toHaveLength(1)
  return packets[0] as mqtt.IPublishPacket
}

describe('a PUBLISH packet', () => {
  // Payloads on both sides of each length of the remaining-length field [MQTT-2.2.3].
  it.each([0, 1, 115, 116, 117, 16_371, 16_372, 16_373, 2_097_139, 2_097_140, 2_097_141])(
    'is what a stock parser reads, with %i bytes of payload',
    (bytes) => {
      const payload = Buffer.alloc(bytes, 7)
      const packet = parse(publishPacket(topic, 513, false, [{ bytes: payload }], 1, bytes))
      expect(packet.topic).toBe('u/alice')
      expect(packet.qos).toBe(1)
      expect(packet.dup).toBe(false)
      expect(packet.messageId).toBe(513)
      expect(payload.equals(packet.payload as Buffer)).toBe(true)
    },
  )

  it('joins its parts in order', () => {
    const parts = ['one', 'two', 'three'].map((text) => ({ bytes: Buffer.from(text) }))
    expect(parse(publishPacket(topic, 1, false, parts, 2, 6)).payload.toString()).toBe('onetwo')
  })

  it('has no packet id at QoS 0 [MQTT-2.3.1-5], and DUP when told [MQTT-3.3.1-1]', () => {
    expect(parse(publishPacket(topic, 0, false, [{ bytes: topic }], 1, topic.length)).qos).toBe(0)
    expect(parse(publishPacket(topic, 65_535, true, [{ bytes: topic }], 1, topic.length))).toMatchObject({
      dup: true,
      messageId: 65_535,
    })
  })
})
