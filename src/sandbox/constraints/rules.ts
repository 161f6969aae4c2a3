/** The limits of a shape of the model. A shape is a structure, a list, a map, a string or a number. */
export interface Constraint {
  /** The largest length of a string or a list, or the largest number. */
  max?: number
  min?: number
  /** `integer` or `double`; absent for shapes that are no numbers. */
  number?: string
  pattern?: string
  enum?: string[]
  /** Whether messages leave its value out. */
  sensitive?: boolean
  required?: string[]
  /** The names of the constrained members' shapes. */
  members?: Record<string, string>
  member?: string
  key?: string
  value?: string
}

/** A rule in the words of AWS, and whether a value keeps it. */
interface Rule {
  text: string
  holds(value: unknown): boolean
}

const known = new WeakMap<Constraint, Rule[]>()

/** The rules that a value of the shape breaks. */
export function brokenRules(constraint: Constraint, value: unknown): string[] {
  return rulesOf(constraint)
    .filter((rule) => !rule.holds(value))
    .map(({ text }) => text)
}

/** All rules of the shape. */
export function allRules(constraint: Constraint): string[] {
  return rulesOf(constraint).map(({ text }) => text)
}

function rulesOf(constraint: Constraint): Rule[] {
  const rules = known.get(constraint) ?? makeRules(constraint)
  known.set(constraint, rules)
  return rules
}

function makeRules({ max, min, number, pattern, enum: values }: Constraint): Rule[] {
  const measured = number ? 'value' : 'length'
  const limit = (most: number) => (number === 'double' ? most.toFixed(1) : String(most))
  const rules: Rule[] = []
  if (max !== undefined) {
    const text = `Member must have ${measured} less than or equal to ${limit(max)}`
    rules.push({ text, holds: (value) => sizeOf(value) <= max })
  }
  if (min !== undefined) {
    const text = `Member must have ${measured} greater than or equal to ${limit(min)}`
    rules.push({ text, holds: (value) => sizeOf(value) >= min })
  }
  if (pattern !== undefined) {
    const whole = new RegExp(`^(?:${pattern})$`, pattern.includes(String.raw`\p{`) ? 'su' : 's')
    rules.push({
      text: `Member must satisfy regular expression pattern: ${pattern}`,
      // Some patterns exclude the empty string although the shape's shortest length is 0.
      holds: (value) => whole.test(String(value)) || (value === '' && min === 0),
    })
  }
  if (values) {
    rules.push({
      text: `Member must satisfy enum value set: [${values.join(', ')}]`,
      holds: (value) => values.includes(String(value)),
    })
  }
  return rules
}

function sizeOf(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return Object.keys(Object(value) as object).length
}
