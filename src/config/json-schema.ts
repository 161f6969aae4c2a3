import * as z from 'zod'
import { configSchema } from './schema.ts'

/** The JSON Schema of `lambdactl.yaml`, for editors and other tools. */
export function configJsonSchema() {
  return z.toJSONSchema(configSchema, { io: 'input', target: 'draft-07' })
}
