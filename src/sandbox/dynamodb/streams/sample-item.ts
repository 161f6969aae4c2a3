import type { Attributes } from './table-stream.ts'

/** The types of attributes in DynamoDB's JSON. */
const types = new Set(['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS'])

/**
 * An item from JSON: plain, or in DynamoDB's form, as `aws dynamodb put-item --item` has it.
 *
 * @returns undefined for text that is no JSON object
 */
export function itemFrom(content: string): Attributes | undefined {
  const value = parsed(content)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const values = Object.values(value)
  if (values.length > 0 && values.every(isTyped)) return value as Attributes
  return attributesOf(value)
}

function attributesOf(value: object): Attributes {
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, attributeOf(each)]))
}

function attributeOf(value: unknown): object {
  switch (typeof value) {
    case 'string':
      return { S: value }
    case 'number':
      return { N: String(value) }
    case 'boolean':
      return { BOOL: value }
    default:
      if (value === null) return { NULL: true }
      return Array.isArray(value)
        ? { L: value.map(attributeOf) }
        : { M: attributesOf(Object(value) as object) }
  }
}

function isTyped(value: unknown): boolean {
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : []
  return names.length === 1 && types.has(names[0] ?? '')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
