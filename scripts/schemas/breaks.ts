import type { Schema, WholeSchema } from './schema.ts'

/**
 * `output`: the program writes it, so a reader must find all that was there. `input`: people write it, so all that was
 * accepted must be accepted still.
 */
export type Side = 'output' | 'input'

/**
 * The changes of a schema that break programs or files that were written for an earlier one: a field that is gone or
 * may be missing now, another type, a value or an event that is gone, and for an input a field that is required now.
 * Additions break nothing.
 *
 * @returns a sentence for each
 */
export function breaks(before: WholeSchema, now: WholeSchema, side: Side): string[] {
  return new Comparison(before, now, side).of(before, now, '')
}

/** The kinds of JSON that a schema allows; an object has one for each of its forms. */
interface Forms {
  /** Anything is allowed. */
  any: boolean
  objects: Schema[]
  arrays: Schema[]
  /** The names of the other types, with their only values; undefined for all values. */
  values: Map<string, unknown[] | undefined>
}

class Comparison {
  private readonly before: WholeSchema
  private readonly now: WholeSchema
  private readonly side: Side
  /** Pairs that are compared already, since types may contain themselves. */
  private readonly seen = new Set<string>()

  constructor(before: WholeSchema, now: WholeSchema, side: Side) {
    this.before = before
    this.now = now
    this.side = side
  }

  of(before: Schema, now: Schema, path: string): string[] {
    const pair = before.$ref && now.$ref && `${before.$ref} ${now.$ref}`
    if (pair && this.seen.has(pair)) return []
    if (pair) this.seen.add(pair)
    const [was, is] = [formsOf(before, this.before), formsOf(now, this.now)]
    if (is.any || (was.any && this.side === 'output')) return []
    if (was.any) return [`${at(path)} has to be of a type now`]
    return [
      ...this.values(was, is, path),
      ...was.arrays.flatMap((each) => this.array(each, is.arrays, path)),
      ...was.objects.flatMap((each) => this.object(each, is.objects, path)),
      ...(this.side === 'output' ? newTypes(was, is, path) : []),
    ]
  }

  private values(was: Forms, is: Forms, path: string): string[] {
    return [...was.values].flatMap(([type, before]) => {
      if (!is.values.has(type)) return [`${at(path)} is no ${type} any more`]
      const now = is.values.get(type)
      if (!now) return []
      if (!before) return this.side === 'input' ? [`${at(path)} has only some values now`] : []
      const gone = before.filter((value) => !now.includes(value))
      return gone.map((value) => `${at(path)} has no ${JSON.stringify(value)} any more`)
    })
  }

  private array(before: Schema, [now]: readonly Schema[], path: string): string[] {
    if (!now) return [`${at(path)} is no array any more`]
    const [was, is] = [itemsOf(before), itemsOf(now)]
    return was && is ? this.of(was, is, `${path}[]`) : []
  }

  /** The object has to be one of the forms still: the one with the same constants, or else the most similar one. */
  private object(before: Schema, forms: readonly Schema[], path: string): string[] {
    const named = constantsOf(before)
    const candidates = forms.filter((form) =>
      named.every(([name, value]) => this.mayBe(form.properties?.[name], value)),
    )
    const words = named.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(' and ')
    if (candidates.length === 0) return [`${at(path)} is no object ${words && `with ${words} `}any more`]
    const label = path || (named.length > 0 && forms.length > 1 ? `(${words})` : '')
    const [fewest = []] = candidates
      .map((each) => this.fields(before, each, label))
      .toSorted((one, other) => one.length - other.length)
    return fewest
  }

  /** Tells whether a field still has a value, perhaps beside others. */
  private mayBe(field: Schema | undefined, value: string): boolean {
    if (!field) return false
    return formsOf(field, this.now).values.get('string')?.includes(value) ?? false
  }

  private fields(before: Schema, now: Schema, path: string): string[] {
    const required = now.required ?? []
    const missing = (before.required ?? []).filter((name) => !required.includes(name))
    const fields = Object.entries(before.properties ?? {}).flatMap(([name, was]) => {
      const is = now.properties?.[name]
      const place = path ? `${path}.${name}` : name
      if (!is)
        return this.side === 'input' && now.additionalProperties !== false ? [] : [`${at(place)} is gone`]
      if (this.side === 'output' && missing.includes(name)) return [`${at(place)} may be missing now`]
      return this.of(was, is, place)
    })
    const asked = required.filter((name) => !before.required?.includes(name))
    const demands =
      this.side === 'input'
        ? asked.map((name) => `${at(path ? `${path}.${name}` : name)} is required now`)
        : []
    return [...fields, ...demands, ...this.others(before, now, path)]
  }

  /** The fields with any name. */
  private others(
    { additionalProperties: was }: Schema,
    { additionalProperties: is }: Schema,
    path: string,
  ): string[] {
    if (typeof was !== 'object') return []
    return typeof is === 'object'
      ? this.of(was, is, `${path}.*`)
      : [`${at(path)} has no fields of any name any more`]
  }
}

/** For a reader a new type is a break: the reader does not expect it. A new form of an object is an addition. */
function newTypes(was: Forms, is: Forms, path: string): string[] {
  const fresh = [
    ...[...is.values.keys()].filter((type) => !was.values.has(type)),
    ...(is.arrays.length > 0 && was.arrays.length === 0 ? ['array'] : []),
    ...(is.objects.length > 0 && was.objects.length === 0 ? ['object'] : []),
  ]
  return fresh.map((type) => `${at(path)} may be ${type} now`)
}

function formsOf(schema: Schema, whole: WholeSchema): Forms {
  const forms: Forms = { any: false, objects: [], arrays: [], values: new Map() }
  collect(schema, whole, forms)
  return forms
}

function collect(schema: Schema, whole: WholeSchema, forms: Forms): void {
  const { $ref, anyOf, oneOf, const: only, enum: some, type } = schema
  if ($ref !== undefined) return collect(definition($ref, whole), whole, forms)
  const several = anyOf ?? oneOf
  if (several) {
    for (const each of several) collect(each, whole, forms)
  } else if (only !== undefined || some) {
    for (const value of some ?? [only]) addValue(forms, value)
  } else if (type === undefined) forms.any = true
  else for (const each of [type].flat()) addType(forms, each, schema)
}

function addType({ objects, arrays, values }: Forms, type: string, schema: Schema): void {
  if (type === 'object') objects.push(schema)
  else if (type === 'array') arrays.push(schema)
  else values.set(type === 'integer' ? 'number' : type, undefined)
}

function addValue({ values }: Forms, value: unknown): void {
  const type = value === null ? 'null' : typeof value
  if (!values.has(type)) values.set(type, [])
  values.get(type)?.push(value)
}

function definition(ref: string, { $defs, definitions }: WholeSchema): Schema {
  const name = ref.replace(/^#\/(\$defs|definitions)\//, '')
  const found = { ...definitions, ...$defs }[name]
  if (!found) throw new Error(`Expected a definition ${ref}.`)
  return found
}

/** The fields that tell an object from others, as in `event: line`. */
function constantsOf({ properties = {}, required = [] }: Schema): [string, string][] {
  return Object.entries(properties).flatMap(([name, { const: value }]) =>
    typeof value === 'string' && required.includes(name) ? [[name, value]] : [],
  )
}

function itemsOf({ items, prefixItems }: Schema): Schema | undefined {
  return items ?? (prefixItems ? { anyOf: prefixItems } : undefined)
}

function at(path: string): string {
  return path === '' ? 'the whole' : path
}
