import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Schema as JsonSchema, Validator } from '@cfworker/json-schema'

const folder = join(import.meta.dirname, '../../../schemas')

/** A schema of `schemas/`, with the schemas among which a document or an event fits one. */
interface Schema {
  variants: readonly Variant[]
  $defs: Record<string, object>
}

interface Variant {
  properties?: Record<string, { const?: unknown }>
}

const read = new Map<string, Schema | undefined>()

/** Whether `schemas/` has this file. */
export function isKnown(path: string): boolean {
  return schemaAt(path) !== undefined
}

function schemaAt(path: string): Schema | undefined {
  if (!read.has(path)) read.set(path, readSchema(join(folder, path)))
  return read.get(path)
}

function readSchema(file: string): Schema | undefined {
  if (!existsSync(file)) return undefined
  const { $defs = {}, ...root } = closed(JSON.parse(readFileSync(file, 'utf8'))) as Variant & {
    anyOf?: readonly Variant[]
    $defs?: Record<string, object>
  }
  return { variants: root.anyOf ?? [root], $defs }
}

/** A schema that also refuses fields that it does not name: the program may not print any that is not described. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  const names = typeof inside['type'] === 'string' && 'properties' in inside
  return names ? { additionalProperties: false, ...inside } : inside
}

const validators = new Map<string, Validator>()

/**
 * Validates a document or an event.
 *
 * @param path a file of `schemas/`
 * @returns sentences about what is wrong; empty if it is valid
 */
export function faultsOf(path: string, value: object): string[] {
  const schema = schemaAt(path)
  if (!schema) return [`There is no schemas/${path}.`]
  const fitting = schema.variants.flatMap((variant, index) => (fits(variant, value) ? [index] : []))
  if (fitting.length === 0) return [`schemas/${path} has nothing for ${JSON.stringify(value).slice(0, 300)}`]
  const key = `${path} ${fitting.join()}`
  const validator = validators.get(key) ?? validatorOf(schema, fitting)
  validators.set(key, validator)
  const { errors } = validator.validate(value)
  return errors.slice(0, 20).map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`)
}

/** By its constants, as in `event: line`. */
function fits({ properties = {} }: Variant, value: object): boolean {
  return Object.entries(properties).every(
    ([name, { const: only }]) =>
      only === undefined || !(name in value) || (value as Record<string, unknown>)[name] === only,
  )
}

function validatorOf({ variants, $defs }: Schema, fitting: readonly number[]): Validator {
  const chosen = fitting.map((index) => variants[index])
  const schema = chosen.length === 1 ? chosen[0] : { anyOf: chosen }
  return new Validator({ ...(schema as JsonSchema), $defs }, '2020-12', false)
}
