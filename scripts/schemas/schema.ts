/** A JSON Schema, as far as the program's types need it. */
export interface Schema {
  $ref?: string
  description?: string
  type?: string | readonly string[]
  const?: unknown
  enum?: readonly unknown[]
  pattern?: string
  properties?: Record<string, Schema>
  required?: readonly string[]
  additionalProperties?: Schema | boolean
  items?: Schema
  prefixItems?: readonly Schema[]
  minItems?: number
  maxItems?: number
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
}

/** A schema with the definitions that it refers to. */
export interface WholeSchema extends Schema {
  $schema?: string
  $defs?: Readonly<Record<string, Schema>>
  definitions?: Readonly<Record<string, Schema>>
}
