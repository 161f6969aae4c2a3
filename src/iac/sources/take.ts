import { literal } from '../../function/settings/written.ts'
import { putField } from '../../function/values/put-field.ts'
import type { LeftOut } from '../found-function.ts'
import { dataOf, findParts, type Part, type Parts } from './part.ts'

/** The fields of `lambdactl.yaml` that a source file gives, and everything else of it. */
export interface Taken {
  readonly fields: Readonly<Record<string, unknown>>
  readonly left: readonly LeftOut[]
}

/**
 * The counterpart of a property: fields by their names, as in `logs.format`; undefined for a value of another form. A
 * text is the reason why there is none; an empty text, if another reader reads the property.
 */
export type Counterpart = ((value: unknown) => Readonly<Record<string, unknown>> | undefined) | string

/** The way in which a tool writes values that are known only later. */
export interface Openness {
  /** The file's name for messages. */
  readonly file: string
  readonly isOpen: (part: Part) => boolean
  /** The open value as its file writes it, as in `!Ref Table`. */
  readonly wordsOf: (part: Part) => string
}

/** Takes each property of a function that has a counterpart and a plain value. */
export function takeProperties(
  properties: Parts,
  counterparts: Readonly<Record<string, Counterpart>>,
  openness: Openness,
): Taken {
  const fields: Record<string, unknown> = {}
  const left: LeftOut[] = []
  for (const [name, part] of properties) {
    const counterpart = Object.hasOwn(counterparts, name) ? counterparts[name] : unknown
    if (typeof counterpart === 'function') {
      const open = openParts(name, part, openness)
      const found = open.length === 0 ? counterpart(withoutReferences(dataOf(part))) : {}
      left.push(...open, ...(found ? [] : [leave(name, part, otherForm, openness)]))
      for (const [field, value] of Object.entries(found ?? {})) putField(fields, field.split('.'), value)
    } else if (counterpart) left.push(leave(name, part, counterpart, openness))
  }
  return { fields, left }
}

const unknown = 'lambdactl has no field for it'
const otherForm = 'lambdactl does not know a value of this form'

/** Names each value below a property that is known only later. */
export function openParts(name: string, part: Part, openness: Openness): LeftOut[] {
  return findParts(part, openness.isOpen).map(({ path, part: open }) => {
    const why = `only the deployed function has the value of ${openness.wordsOf(open)}`
    return { ...leave(`${name}${path}`, open, why, openness), isDeployed: true as const }
  })
}

/** Takes the mark of values that the deployed function tells from those of no version: AWS tells them elsewhere. */
export function unlessKept(left: readonly LeftOut[], ofNoVersion: ReadonlySet<string>): LeftOut[] {
  return left.map(({ isDeployed, ...each }) => {
    const [property = ''] = each.what.split(/[.[]/)
    return isDeployed && !ofNoVersion.has(property) ? { ...each, isDeployed } : each
  })
}

/** Marks everything about the code: a release packages it, whoever has the settings. */
export function ofCode(left: readonly LeftOut[]): LeftOut[] {
  return left.map(({ isDeployed: _, ...each }) => ({ ...each, isAdvice: true }))
}

/** Names a property that can't be taken: its open values, or the form of the whole. */
export function notTaken(name: string, part: Part, openness: Openness): LeftOut[] {
  const open = openParts(name, part, openness)
  return open.length > 0 ? open : [leave(name, part, otherForm, openness)]
}

export function leave(what: string, { line }: Part, why: string, { file }: Pick<Openness, 'file'>): LeftOut {
  return { what, file, line, why }
}

/** The fields of all, with maps of the same name as one, and everything that was left. */
export function together(...all: readonly Taken[]): Taken {
  const fields: Record<string, unknown> = {}
  for (const { fields: some } of all) {
    for (const [name, value] of Object.entries(some)) {
      const before = fields[name]
      fields[name] = isMap(before) && isMap(value) ? { ...before, ...value } : value
    }
  }
  return { fields, left: all.flatMap(({ left }) => left) }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** In `lambdactl.yaml`, `${` begins a reference. */
function withoutReferences(value: unknown): unknown {
  if (typeof value === 'string') return literal(value)
  if (Array.isArray(value)) return value.map(withoutReferences)
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutReferences(each)]))
}
