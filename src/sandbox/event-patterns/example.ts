import { eventPattern } from './event-pattern.ts'

/**
 * A structure that fits a pattern, as far as one can be made: each list gives a value for its first entry.
 *
 * @param text JSON
 * @returns undefined for a pattern of which the example does not fit, such as one with two ranges that exclude a guess
 */
export function exampleOf(text: string): Record<string, unknown> | undefined {
  const example = structure(JSON.parse(text) as object)
  return eventPattern(text)(example) ? example : undefined
}

function structure(pattern: object): Record<string, unknown> {
  const members = Object.entries(pattern).flatMap(
    ([name, wanted]: [string, unknown]): [string, unknown][] => {
      if (name === '$or' && Array.isArray(wanted))
        return Object.entries(structure(Object(wanted[0]) as object))
      if (!Array.isArray(wanted)) return [[name, structure(Object(wanted) as object)]]
      const value = valueFor(wanted[0])
      return value === undefined ? [] : [[name, value]]
    },
  )
  return Object.fromEntries(members)
}

const usual = 'sample'

/** @returns undefined for a value that may not be there */
function valueFor(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry
  const [[operator, given] = ['', undefined]] = Object.entries(entry) as [string, unknown][]
  switch (operator) {
    case 'exists':
      return given === true ? usual : undefined
    case 'numeric':
      return numberIn(given as (string | number)[])
    case 'cidr':
      return String(given).split('/')[0]
    case 'wildcard':
      return String(given).replaceAll('*', usual)
    case 'anything-but':
      return usual
    default:
      return typeof given === 'string' ? given : Object.values(Object(given) as object)[0]
  }
}

/** A number at a bound, or in the middle of two. */
function numberIn([first, bound, , other]: (string | number)[]): number {
  if (typeof bound !== 'number') return 0
  if (typeof other === 'number') return (bound + other) / 2
  if (first === '>') return bound + 1
  return first === '<' ? bound - 1 : bound
}
