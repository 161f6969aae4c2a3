import type { StateValue } from '@aws-sdk/client-cloudwatch'
import { parseOperations } from '../../grammar/operations.ts'
import { cutIntoTokens, tokensInOrder, unescaped } from '../../grammar/tokens.ts'
import { validationError } from '../query/errors.ts'

/** The rule of a composite alarm, parsed. */
export type AlarmRule =
  | { kind: 'constant'; value: boolean }
  | { kind: 'state'; state: StateValue; alarm: string }
  | { kind: 'not'; operand: AlarmRule }
  | { kind: 'and' | 'or'; left: AlarmRule; right: AlarmRule }

const token =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|([^\s")]+))\s*\)|(AND|OR|NOT|TRUE|FALSE)\b|([()]))/y

/** CloudWatch's limits: characters, and the sum of alarms, constants and parentheses. */
const longestRule = 10_240
const mostElements = 500

type Token = { state: StateValue; alarm: string } | string

/**
 * Parses `ALARM("checkout-errors") OR NOT (OK(latency) AND TRUE)`; NOT binds closest, then AND, then OR.
 *
 * @throws ServiceError ValidationError
 */
export function parseAlarmRule(text: string): AlarmRule {
  const found = tokenize(text)
  if (found.filter(isElement).length > mostElements) {
    throw validationError(`AlarmRule must have at most ${mostElements} elements.`)
  }
  const tokens = tokensInOrder(found)

  const either = (): AlarmRule => parseOperations(tokens, ['OR'], both, joined)
  const both = (): AlarmRule => parseOperations(tokens, ['AND'], single, joined)
  function single(): AlarmRule {
    const next = tokens.next()
    if (next === 'NOT') return { kind: 'not', operand: single() }
    if (next === 'TRUE' || next === 'FALSE') return { kind: 'constant', value: next === 'TRUE' }
    if (next === '(') {
      const inner = either()
      if (tokens.next() !== ')') throw malformed(text)
      return inner
    }
    if (typeof next === 'object') return { kind: 'state', ...next }
    throw malformed(text)
  }

  const rule = either()
  if (!tokens.areOver()) throw malformed(text)
  return rule
}

function joined(operator: 'AND' | 'OR', left: AlarmRule, right: AlarmRule): AlarmRule {
  return { kind: operator === 'AND' ? 'and' : 'or', left, right }
}

/** Tells whether a rule is true; an unknown alarm has no state. `stateOf` takes names and ARNs. */
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

/** The alarm's name in a rule's operand, which is a name or an ARN. */
export function nameOf(alarm: string): string {
  return alarm.startsWith('arn:') ? alarm.split(':').slice(6).join(':') : alarm
}

function tokenize(text: string): Token[] {
  if (text.length > longestRule) {
    throw validationError(`AlarmRule must have at most ${longestRule} characters.`)
  }
  const tokens = cutIntoTokens(text, token)
  if (!tokens) throw malformed(text)
  return tokens.map(([, state, quoted, bare, word, parenthesis]) => {
    if (!state) return word ?? parenthesis ?? ''
    return { state: state as StateValue, alarm: quoted === undefined ? (bare ?? '') : unescaped(quoted) }
  })
}

function isElement(one: Token): boolean {
  return one !== 'AND' && one !== 'OR' && one !== 'NOT'
}

function malformed(text: string): Error {
  return validationError(`AlarmRule must be a valid rule expression; got: ${text}`)
}
