import { LambdactlError } from '../../errors/error.ts'
import { hasInOrder } from '../grammar/wildcards.ts'
import type { FaultKind, FaultSpec, RequestFaultKind } from './fault.ts'

interface Rule {
  /** Whether the kind delays something, and so needs a duration. */
  delays: boolean
  /** Whether the kind strikes single events, so that they can be counted. */
  counts: boolean
  /** Whether the kind can be narrowed to a resource; the target of the others is the resource. */
  narrows: boolean
}

const rules: Readonly<Record<FaultKind, Rule>> = {
  throttle: { delays: false, counts: true, narrows: true },
  error: { delays: false, counts: true, narrows: true },
  latency: { delays: true, counts: true, narrows: true },
  drop: { delays: false, counts: true, narrows: true },
  page: { delays: false, counts: true, narrows: true },
  'late-logs': { delays: true, counts: false, narrows: false },
  'late-metrics': { delays: true, counts: false, narrows: true },
  'freeze-alarms': { delays: false, counts: false, narrows: false },
  'fail-provisioning': { delays: false, counts: true, narrows: false },
  kill: { delays: false, counts: true, narrows: false },
}

const ofRequests: ReadonlySet<string> = new Set<RequestFaultKind>([
  'throttle',
  'error',
  'latency',
  'drop',
  'page',
])

type Unproven = Partial<Record<keyof FaultSpec, unknown>>

/**
 * Checks a fault from outside.
 *
 * @param operations the operations of the sandbox, each by `service:Operation`
 * @throws LambdactlError USAGE
 */
export function checkFault(given: Unproven, operations: readonly string[]): FaultSpec {
  const { kind, target = '*', on, byMs, forMs, times } = given
  const rule = Object.entries(rules).find(([known]) => known === kind)?.[1]
  if (!rule) {
    throw wrong(`There is no fault ${JSON.stringify(kind)}.`, [
      `The faults are ${Object.keys(rules).join(', ')}.`,
    ])
  }
  if (typeof target !== 'string' || target === '') throw wrong('The target of a fault is empty.')
  const name = String(kind)
  if (rule.delays && byMs === undefined) throw wrong(`The fault ${name} needs a delay.`, ['Add --by 5s.'])
  if (!rule.delays && byMs !== undefined) throw wrong(`The fault ${name} has no delay.`, ['Remove --by.'])
  if (!rule.counts && times !== undefined) {
    throw wrong(`The fault ${name} lasts, so it can't be counted.`, ['Limit it with --for 30s.'])
  }
  requireNarrowing(rule, name, on)
  for (const [field, value] of Object.entries({ byMs, forMs, times })) requireWhole(field, value)
  if (ofRequests.has(name)) requireOperation(target, operations)
  return given as FaultSpec
}

function requireNarrowing({ narrows }: Rule, kind: string, on: unknown): void {
  if (on === undefined) return
  if (typeof on !== 'string' || on === '')
    throw wrong('The resource of a fault is empty.', ['Name it: --on shop'])
  if (narrows) return
  throw wrong(`The fault ${kind} can't be narrowed: its target is the resource.`, [
    `Name it as the target: lambdactl sandbox fault ${kind} ${on}`,
  ])
}

/** The longest time of a fault: Node's timers take no longer delay, milliseconds. */
const longest = 2_147_483_647

function requireWhole(field: string, value: unknown): void {
  if (value === undefined || (Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= longest))
    return
  throw wrong(`A fault needs a whole number from 1 to ${longest} for ${field}, got ${JSON.stringify(value)}.`)
}

/** A misspelled operation would never fail, and nobody would know why. */
function requireOperation(target: string, operations: readonly string[]): void {
  if (operations.some((operation) => hits(target, namesOf(operation)))) return
  throw wrong(`No operation of the sandbox matches ${target}.`, [
    'Name an operation as AWS spells it, such as UpdateAlias, logs:FilterLogEvents or lambda:*.',
  ])
}

/** The names of an operation in targets: with its service and without. */
export function namesOf(operation: string): string[] {
  return [operation, operation.slice(operation.indexOf(':') + 1)]
}

/** Tells whether a target, in which `*` stands for any text, means something of these names. */
export function hits(target: string, names: readonly string[]): boolean {
  const parts = target.split('*')
  return names.some((name) => hasInOrder(name, parts))
}

function wrong(
  message: string,
  next = ['See what it takes: lambdactl sandbox fault --help'],
): LambdactlError {
  return new LambdactlError('USAGE', message, { next })
}
