import { EventStreamCodec, type MessageHeaderValue } from '@smithy/core/event-streams'
import { JsonCodec2 } from '@smithy/core/protocols'
import type { NormalizedSchema } from '@smithy/core/schema'
import { fromUtf8, toUtf8 } from '@smithy/core/serde'

const frames = new EventStreamCodec(toUtf8, fromUtf8)
const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false })

/**
 * Events as AWS's binary frames, for protocols whose answers begin with an event of their own.
 *
 * @param schema of the union of the events
 * @param events each with one member of the union
 */
export async function* eventStream(
  schema: NormalizedSchema,
  events: AsyncIterable<object> | Iterable<object>,
): AsyncGenerator<Uint8Array> {
  yield frame('initial-response', Buffer.from('{}'))
  yield* eventFrames(schema, events)
}

/** Events as AWS's binary frames: JSON, or the bytes of a member that is the whole event. */
export async function* eventFrames(
  schema: NormalizedSchema,
  events: AsyncIterable<object> | Iterable<object>,
): AsyncGenerator<Uint8Array> {
  for await (const event of events) {
    for (const [name, value] of Object.entries(event))
      yield frameOf(schema.getMemberSchema(name), name, value)
  }
}

function frameOf(schema: NormalizedSchema, name: string, value: unknown): Uint8Array {
  for (const [member, of] of schema.structIterator()) {
    if (of.getMergedTraits().eventPayload && of.isBlobSchema()) {
      return frame(
        name,
        (value as Record<string, Uint8Array>)[member] ?? new Uint8Array(),
        'application/octet-stream',
      )
    }
  }
  const serializer = codec.createSerializer()
  serializer.write(schema, value)
  return frame(name, serializer.flush())
}

function frame(type: string, body: Uint8Array, contentType = 'application/json'): Uint8Array {
  return frames.encode({
    headers: {
      ':message-type': text('event'),
      ':event-type': text(type),
      ':content-type': text(contentType),
    },
    body,
  })
}

function text(value: string): MessageHeaderValue {
  return { type: 'string', value }
}
