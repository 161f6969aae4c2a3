import type { Json } from '../engine/actions.ts'

/** An input in DynamoDB's JSON, which has bytes in Base64. */
export function toJson(input: object): Json {
  return converted(input) as Json
}

function converted(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(converted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, converted(each)]))
}

/** An output with bytes and times, as the schemas of the client encode them. */
export function fromJson(output: object): object {
  return read(output) as object
}

function read(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => read(each, key === 'BS' ? 'B' : ''))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, read(each, name)]))
  // The value of an attribute is an object, whatever its name: a text at B is of its type.
  if (key === 'B' && typeof value === 'string') return Buffer.from(value, 'base64')
  return typeof value === 'number' && key.endsWith('DateTime') ? new Date(value * 1000) : value
}
