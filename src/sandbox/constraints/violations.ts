import { allRules, brokenRules, type Constraint } from './rules.ts'

const notNull = 'Member must not be null'

type Shapes = Readonly<Record<string, Constraint>>

/** A value in the input, with its place in the words of AWS. */
interface Place {
  name: string
  at: string
  value: unknown
}

/** Says which constraints the value of a shape breaks: each in the sentence that AWS has for it. */
export function violationsOf(shapes: Shapes, name: string, input: object): string[] {
  return within(shapes, { name, at: '', value: input })
}

function within(shapes: Shapes, place: Place): string[] {
  const constraint = shapes[place.name] ?? {}
  const { at, value } = place
  const said = (rule: string) =>
    sentence(at, rule, constraint.sensitive ? undefined : `'${shown(shapes, place.name, value)}'`)
  const own = brokenRules(constraint, value).map(said)
  if (Array.isArray(value)) return [...own, ...inList(shapes, place, said)]
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return own
  return constraint.members || constraint.required
    ? [...own, ...inStructure(shapes, place)]
    : [...own, ...inMap(shapes, place, said)]
}

function inStructure(shapes: Shapes, { name, at, value }: Place): string[] {
  const { required = [], members = {} } = shapes[name] ?? {}
  const given = value as Readonly<Record<string, unknown>>
  const missing = required
    .filter((member) => given[member] === undefined)
    .map((member) => sentence(join(at, member), notNull, 'null'))
  const wrong = Object.entries(members)
    .filter(([member]) => given[member] !== undefined)
    .flatMap(([member, shape]) => within(shapes, { name: shape, at: join(at, member), value: given[member] }))
  return [...missing, ...wrong]
}

/** A list of structures has its violations one by one; one of scalars has all rules of its members in one sentence. */
function inList(shapes: Shapes, { name, at, value }: Place, said: (rule: string) => string): string[] {
  const { member } = shapes[name] ?? {}
  const rules = member === undefined ? undefined : shapes[member]
  if (member === undefined || !rules) return []
  const items = value as readonly unknown[]
  if (rules.members || rules.required) {
    return items.flatMap((item, index) =>
      within(shapes, { name: member, at: `${at}.${index + 1}.member`, value: item }),
    )
  }
  const isBroken = items.some((item) => brokenRules(rules, item).length > 0)
  return isBroken
    ? [said(`Member must satisfy constraint: [${[...allRules(rules), notNull].join(', ')}]`)]
    : []
}

function inMap(shapes: Shapes, { name, value }: Place, said: (rule: string) => string): string[] {
  const { key, value: ofValue } = shapes[name] ?? {}
  const keyRules = (key !== undefined && shapes[key]) || {}
  const valueRules = (ofValue !== undefined && shapes[ofValue]) || {}
  const entries = Object.entries(value as object)
  return [
    ...(entries.some(([one]) => brokenRules(keyRules, one).length > 0)
      ? [said(`Map keys must satisfy constraint: [${allRules(keyRules).join(', ')}]`)]
      : []),
    ...(entries.some(([, one]) => brokenRules(valueRules, one).length > 0)
      ? [said(`Map value must satisfy constraint: [${[...allRules(valueRules), notNull].join(', ')}]`)]
      : []),
  ]
}

/** A member's place in lower camel case: `routingConfig.additionalVersionWeights`. */
function join(at: string, member: string): string {
  const name = /^[A-Z]+$/.test(member)
    ? member.toLowerCase()
    : member.charAt(0).toLowerCase() + member.slice(1)
  return at === '' ? name : `${at}.${name}`
}

function sentence(at: string, rule: string, value?: string): string {
  return `${value === undefined ? 'Value' : `Value ${value}`} at '${at}' failed to satisfy constraint: ${rule}`
}

/** A value in the notation of AWS's messages: `[a, b]`, `{2=2.0}`. */
function shown(shapes: Shapes, name: string, value: unknown): string {
  const { member = '', value: ofValue = '', number } = shapes[name] ?? {}
  if (Array.isArray(value)) return `[${value.map((item) => shown(shapes, member, item)).join(', ')}]`
  if (number === 'double' && Number.isInteger(value)) return `${String(value)}.0`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).map(([key, one]) => `${key}=${shown(shapes, ofValue, one)}`)
  return `{${entries.join(', ')}}`
}
