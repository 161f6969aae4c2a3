import type { StateValue } from '@aws-sdk/client-cloudwatch'
import { validationError } from '../query/errors.ts'

/** The rule of a composite alarm, parsed. */
export type AlarmRule =
  | { kind: 'constant'; value: boolean }
  | { kind: 'state'; state: StateValue; alarm: string }
  | { kind: 'not'; operand: AlarmRule }
  | { kind: 'and' | 'or'; left: AlarmRule; right: AlarmRule }

const token =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|([^\s")]+))\s*\)|(AND|OR|NOT|TRUE|FALSE)\b|([()]))/y

/** CloudWatch's limits: characters; and alarms, constants and parentheses together. */
const longestRule = 10_240
const mostElements = 500

type Token = { state: StateValue; alarm: string } | string

/**
 * Parses `ALARM("checkout-errors") OR NOT (OK(latency) AND TRUE)`; NOT binds closest, then AND, then OR.
 *
 * @throws ServiceError ValidationError
 */
export function parseAlarmRule(text: string): AlarmRule {
  const tokens = tokenize(text)
  if (tokens.filter(isElement).length > mostElements) {
    throw validationError(`AlarmRule must have at most ${mostElements} elements.`)
  }
  let position = 0

  function either(): AlarmRule {
    let left = both()
    while (tokens[position] === 'OR') {
      position++
      left = { kind: 'or', left, right: both() }
    }
    return left
  }
  function both(): AlarmRule {
    let left = single()
    while (tokens[position] === 'AND') {
      position++
      left = { kind: 'and', left, right: single() }
    }
    return left
  }
  function single(): AlarmRule {
    const next = tokens[position++]
    if (next === 'NOT') return { kind: 'not', operand: single() }
    if (next === 'TRUE' || next === 'FALSE') return { kind: 'constant', value: next === 'TRUE' }
    if (next === '(') {
      const inner = either()
      if (tokens[position++] !== ')') throw malformed(text)
      return inner
    }
    if (typeof next === 'object') return { kind: 'state', ...next }
    throw malformed(text)
  }

  const rule = either()
  if (position < tokens.length) throw malformed(text)
  return rule
}

/** Whether a rule holds; a name that nobody knows has no state. `stateOf` takes names and ARNs. */
export function holds(rule: AlarmRule, stateOf: (alarm: string) => StateValue | undefined): boolean {
  switch (rule.kind) {
    case 'constant':
      return rule.value
    case 'state':
      return stateOf(rule.alarm) === rule.state
    case 'not':
      return !holds(rule.operand, stateOf)
    case 'and':
      return holds(rule.left, stateOf) && holds(rule.right, stateOf)
    case 'or':
      return holds(rule.left, stateOf) || holds(rule.right, stateOf)
  }
}

/** The alarms that a rule names. */
export function alarmsOf(rule: AlarmRule): string[] {
  switch (rule.kind) {
    case 'constant':
      return []
    case 'state':
      return [rule.alarm]
    case 'not':
      return alarmsOf(rule.operand)
    default:
      return [...alarmsOf(rule.left), ...alarmsOf(rule.right)]
  }
}

function tokenize(text: string): Token[] {
  if (text.length > longestRule) {
    throw validationError(`AlarmRule must have at most ${longestRule} characters.`)
  }
  const tokens: Token[] = []
  const trimmed = text.trimEnd()
  token.lastIndex = 0
  while (token.lastIndex < trimmed.length) {
    const match = token.exec(trimmed)
    if (!match) throw malformed(text)
    const [, state, quoted, bare, word, parenthesis] = match
    if (state)
      tokens.push({ state: state as StateValue, alarm: quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '' })
    else tokens.push(word ?? parenthesis ?? '')
  }
  return tokens
}

function isElement(one: Token): boolean {
  return one !== 'AND' && one !== 'OR' && one !== 'NOT'
}

function malformed(text: string): Error {
  return validationError(`AlarmRule must be a valid rule expression; got: ${text}`)
}
