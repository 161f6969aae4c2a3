import { notImplemented } from '../../protocol/accepting.ts'
import { listOf, type Statement } from './document.ts'
import { matchesPattern } from './wildcards.ts'

/** The facts of a request by their lower-case keys, as in `aws:sourceip`. */
export type Context = ReadonlyMap<string, readonly string[]>

type Test = (given: string, wanted: string) => boolean

const same: Test = (given, wanted) => given === wanted
const like: Test = (given, wanted) => matchesPattern(given, wanted)
const caseless: Test = (given, wanted) => given.toLowerCase() === wanted.toLowerCase()
const compared =
  (test: (given: number, wanted: number) => boolean, numberOf: (text: string) => number = Number): Test =>
  (given, wanted) =>
    test(numberOf(given), numberOf(wanted))

/** The operators that the sandbox evaluates; each but Null may end with IfExists. */
const tests: Readonly<Record<string, Test>> = {
  StringEquals: same,
  StringEqualsIgnoreCase: caseless,
  StringLike: like,
  ArnEquals: like,
  ArnLike: like,
  Bool: caseless,
  NumericEquals: compared((a, b) => a === b),
  NumericLessThan: compared((a, b) => a < b),
  NumericLessThanEquals: compared((a, b) => a <= b),
  NumericGreaterThan: compared((a, b) => a > b),
  NumericGreaterThanEquals: compared((a, b) => a >= b),
  DateLessThan: compared((a, b) => a < b, Date.parse),
  DateGreaterThan: compared((a, b) => a > b, Date.parse),
}

const negations: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
}

/** Tells whether all conditions of a statement hold. @throws ServiceError 501 for an operator that the sandbox lacks */
export function holds({ Condition = {} }: Statement, context: Context): boolean {
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      holdsOne(operator, context.get(key.toLowerCase()), listOf(wanted).map(String)),
    ),
  )
}

function holdsOne(
  operator: string,
  given: readonly string[] | undefined,
  wanted: readonly string[],
): boolean {
  if (operator === 'Null') return wanted.includes(String(given === undefined))
  const name = operator.replace(/IfExists$/, '')
  const negated = negations[name]
  const test = tests[negated ?? name]
  if (!test) throw notImplemented(`the condition operator ${operator}`)
  if (given === undefined) return operator.endsWith('IfExists') || negated !== undefined
  const isFound = given.some((value) => wanted.some((each) => test(value, each)))
  return negated === undefined ? isFound : !isFound
}

/** The keys that the conditions of a statement ask for. */
export function keysOf({ Condition = {} }: Statement): string[] {
  return Object.values(Condition).flatMap((keys) => Object.keys(keys))
}
