import { EventStreamCodec, type MessageHeaderValue } from '@smithy/core/event-streams'
import { JsonCodec2 } from '@smithy/core/protocols'
import type { NormalizedSchema } from '@smithy/core/schema'
import { fromUtf8, toUtf8 } from '@smithy/core/serde'

const frames = new EventStreamCodec(toUtf8, fromUtf8)
const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false })

/**
 * Events as AWS's binary frames with JSON in them.
 *
 * @param schema of the union of the events
 * @param events each with one member of the union
 */
export async function* eventStream(
  schema: NormalizedSchema,
  events: AsyncIterable<object> | Iterable<object>,
): AsyncGenerator<Uint8Array> {
  yield frame('initial-response', Buffer.from('{}'))
  for await (const event of events) {
    for (const [name, value] of Object.entries(event)) yield frame(name, json(schema, name, value))
  }
}

function json(schema: NormalizedSchema, name: string, value: unknown): Uint8Array {
  const serializer = codec.createSerializer()
  serializer.write(schema.getMemberSchema(name), value)
  return serializer.flush()
}

function frame(type: string, body: Uint8Array): Uint8Array {
  return frames.encode({
    headers: {
      ':message-type': text('event'),
      ':event-type': text(type),
      ':content-type': text('application/json'),
    },
    body,
  })
}

function text(value: string): MessageHeaderValue {
  return { type: 'string', value }
}
