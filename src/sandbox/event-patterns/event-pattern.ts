import { InvalidPattern, objectOf, type Test, testOf } from './operators.ts'

/** Tells whether an event fits a pattern. */
export type EventPattern = (event: object) => boolean

/**
 * Reads an event pattern of EventBridge, which filters of Lambda and SNS share: a structure like the event's, with lists
 * of wanted values. All its fields must fit, and of each list one entry; `$or` takes one of several structures.
 *
 * @param text JSON
 * @throws InvalidPattern
 */
export function eventPattern(text: string): EventPattern {
  return structure(parsed(text))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidPattern('The pattern is no JSON')
  }
}

function structure(pattern: unknown): Test {
  const tests = Object.entries(objectOf(pattern, 'a pattern')).map(([name, wanted]): Test => {
    if (name === '$or' && Array.isArray(wanted)) return anyOf(wanted.map(structure))
    const test = Array.isArray(wanted) ? leaf(wanted) : structure(wanted)
    return (event) => test(memberOf(event, name))
  })
  return (event) => inside(event, (each) => tests.every((test) => test(each)))
}

function leaf(entries: readonly unknown[]): Test {
  if (entries.length === 0) throw new InvalidPattern('A list of values is empty')
  const test = anyOf(entries.map(testOf))
  return (value) => {
    // A structure is no value, so it is neither there nor equal to anything.
    if (Array.isArray(value)) return value.length === 0 ? test(undefined) : value.some(test)
    return test(isStructure(value) ? undefined : value)
  }
}

function anyOf(tests: readonly Test[]): Test {
  if (tests.length === 0) throw new InvalidPattern('A list of patterns is empty')
  return (value) => tests.some((test) => test(value))
}

/** Of a list of structures one must fit. */
function inside(value: unknown, test: Test): boolean {
  return Array.isArray(value) ? value.some(test) : test(value)
}

function memberOf(value: unknown, name: string): unknown {
  return isStructure(value) && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}

function isStructure(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
