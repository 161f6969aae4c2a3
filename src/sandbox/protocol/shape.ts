import type { NormalizedSchema } from '@smithy/core/schema'
import { ServiceError } from './service-error.ts'

/**
 * Checks a decoded input against its schema, since the SDK's codecs accept any JSON value. A null member counts as
 * absent and is removed, as in AWS.
 *
 * @param path names the value in the error
 * @throws ServiceError 400 for a value of another type, a null in a list or a map, or a number that is NaN
 */
export function checkShape(schema: NormalizedSchema, value: unknown, path = 'the input'): void {
  if (schema.isDocumentSchema()) return
  if (schema.isStructSchema()) checkStructure(schema, value, path)
  else if (schema.isListSchema()) checkList(schema, value, path)
  else if (schema.isMapSchema()) checkMap(schema, value, path)
  else if (!isScalar(schema, value)) throw mismatch(path, scalarName(schema))
}

function checkStructure(schema: NormalizedSchema, value: unknown, path: string): void {
  if (!isRecord(value)) throw mismatch(path, 'an object')
  for (const [name, member] of schema.structIterator()) {
    if (value[name] === null) delete value[name]
    if (value[name] !== undefined) checkShape(member, value[name], name)
  }
}

function checkList(schema: NormalizedSchema, value: unknown, path: string): void {
  if (!Array.isArray(value)) throw mismatch(path, 'a list')
  for (const item of value) checkShape(schema.getValueSchema(), item, `an item of ${path}`)
}

function checkMap(schema: NormalizedSchema, value: unknown, path: string): void {
  if (!isRecord(value)) throw mismatch(path, 'an object')
  for (const item of Object.values(value)) checkShape(schema.getValueSchema(), item, `a value of ${path}`)
}

function isScalar(schema: NormalizedSchema, value: unknown): boolean {
  if (schema.isStringSchema()) return typeof value === 'string'
  if (schema.isBooleanSchema()) return typeof value === 'boolean'
  if (schema.isNumericSchema()) return Number.isFinite(value)
  if (schema.isTimestampSchema()) return value instanceof Date && !Number.isNaN(value.getTime())
  return value instanceof Uint8Array
}

function scalarName(schema: NormalizedSchema): string {
  if (schema.isStringSchema()) return 'a string'
  if (schema.isBooleanSchema()) return 'a boolean'
  if (schema.isNumericSchema()) return 'a number'
  return schema.isTimestampSchema() ? 'a timestamp' : 'base64'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mismatch(path: string, wanted: string): ServiceError {
  return new ServiceError('SerializationException', 400, `Expected ${wanted} for ${path}.`)
}
