import type { JsonCodec2 } from '@smithy/core/protocols'
import type { NormalizedSchema } from '@smithy/core/schema'
import { ServiceError } from './service-error.ts'
import { checkShape } from './shape.ts'

/**
 * Reads a JSON body by its schema; an empty body means an empty object.
 *
 * @throws ServiceError 400 for invalid JSON or another shape
 */
export async function readJson(
  codec: JsonCodec2,
  schema: NormalizedSchema,
  body: Uint8Array,
): Promise<Record<string, unknown>> {
  const value = await decode(codec, schema, body.byteLength === 0 ? '{}' : Buffer.from(body).toString('utf8'))
  checkShape(schema, value)
  return value as Record<string, unknown>
}

async function decode(codec: JsonCodec2, schema: NormalizedSchema, text: string): Promise<unknown> {
  try {
    return await codec.createDeserializer().read(schema, text)
  } catch {
    throw new ServiceError(
      'SerializationException',
      400,
      'The request body is not the JSON that the operation expects.',
    )
  }
}
