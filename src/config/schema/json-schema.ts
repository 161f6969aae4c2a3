import * as z from 'zod'
import { configSchema } from './config.ts'

const extension = { description: 'Not read: a place for YAML anchors that functions share.' }

/** The JSON Schema of `lambdactl.yaml`, for editors and other tools. */
export function configJsonSchema() {
  const schema = z.toJSONSchema(configSchema, { io: 'input', target: 'draft-07' })
  return { ...schema, patternProperties: { '^x-': extension } }
}

/** The JSON Schema as the text of a file. */
export function configSchemaText(): string {
  return `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`
}
