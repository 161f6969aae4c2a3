import type { z } from 'zod'
import { closest } from '../values/closest.ts'
import { type FieldPath, valueAt } from '../values/field-path.ts'
import type { Problem } from '../values/problem.ts'
import { configJsonSchema } from './json-schema.ts'

type Issue = z.core.$ZodIssue

/** Names the expected value for schema checks that do not name it themselves. */
export function expectation(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_value') return `one of ${issue.values.join(', ')}`
  if (issue.code === 'invalid_union') return 'true, false or a map'
  if (issue.code !== 'invalid_type') return undefined
  if (issue.expected === 'boolean') return 'true or false'
  if (issue.expected === 'array') return 'a list'
  return issue.expected === 'string' ? 'text' : 'a map'
}

/** The problems in one zod issue: one for each unknown key, each problem in a union's map, or else one. */
export function problemsOf(issue: Issue, input: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(issue.path, key, input))
  if (issue.code === 'invalid_key') {
    const expected = issue.issues[0]?.message ?? issue.message
    const got = JSON.stringify(String(issue.path.at(-1)))
    return [{ field: issue.path, text: `expected ${expected}, got ${got}.`, aboutKey: true }]
  }
  const inside = issue.code === 'invalid_union' ? issuesInside(issue, input) : []
  if (inside.length > 0) return inside.flatMap((each) => problemsOf(each, input))
  const got = shown(valueAt(input, issue.path), issue.path)
  return [{ field: issue.path, text: `expected ${issue.message}, got ${got}.` }]
}

/**
 * The issues of the union's form that the value has, with their full paths; empty if it has no such form. Of several
 * forms of a map it is the one whose required fields are there, or else the one that knows all its fields.
 */
function issuesInside({ errors, path }: Extract<Issue, { code: 'invalid_union' }>, input: unknown): Issue[] {
  const forms = errors.filter((issues) => !issues.some(isOtherForm))
  const lacksNone = (issues: Issue[]) => !issues.some((issue) => isMissing(issue, valueAt(input, path)))
  const knowsAll = (issues: Issue[]) => !issues.some(({ code }) => code === 'unrecognized_keys')
  const form = forms.length > 1 ? (forms.find(lacksNone) ?? forms.find(knowsAll)) : forms[0]
  return (form ?? []).map((issue) => ({ ...issue, path: [...path, ...issue.path] }))
}

function isMissing({ path }: Issue, value: unknown): boolean {
  return path.length === 1 && valueAt(value, path) === undefined
}

function isOtherForm({ code, path }: Issue): boolean {
  return (code === 'invalid_type' || code === 'invalid_value') && path.length === 0
}

function unknownField(parent: FieldPath, key: string, input: unknown): Problem {
  const known = knownFields(parent, valueAt(input, parent))
  const meant = closest(key, known)
  // AWS's own names, which begin with a capital, work too; listing both would help nobody.
  const ours = known.filter((name) => !/^[A-Z]/.test(name))
  const expected = ours.length > 0 ? ours : known
  const hint = meant ? `Did you mean ${meant}?` : `Expected one of ${expected.join(', ')}.`
  return { field: [...parent, key], text: `there is no such field. ${hint}`, aboutKey: true }
}

type JsonSchema = z.core.JSONSchema._JSONSchema

/** The fields of the map at a path, from the JSON Schema; of a union those of the forms whose required fields it has. */
function knownFields(path: FieldPath, value: unknown): string[] {
  const top = formsOf(configJsonSchema())
  const forms = path.reduce((above, key) => above.flatMap((schema) => formsOf(below(schema, key))), top)
  const whole = forms.filter(({ required = [] }) =>
    required.every((name) => valueAt(value, [name]) !== undefined),
  )
  const fitting = whole.length > 0 ? whole : forms
  return [...new Set(fitting.flatMap(({ properties = {} }) => Object.keys(properties)))]
}

/** A schema, or the forms of a union. */
function formsOf(schema: JsonSchema | JsonSchema[] | undefined): z.core.JSONSchema.JSONSchema[] {
  if (Array.isArray(schema)) return schema.flatMap(formsOf)
  return typeof schema === 'object' ? [schema, ...(schema.anyOf ?? []).flatMap(formsOf)] : []
}

function below({ properties, additionalProperties, items }: z.core.JSONSchema.JSONSchema, key: PropertyKey) {
  return typeof key === 'number' ? items : (properties?.[String(key)] ?? additionalProperties)
}

/** A value in a message; values under `environment:` may be secrets and are not shown. */
function shown(value: unknown, path: FieldPath): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return 'a map'
  if (['environment', 'Variables'].includes(String(path.at(-2)))) return `a ${typeof value}`
  if (typeof value !== 'string') return String(value)
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value)
}
