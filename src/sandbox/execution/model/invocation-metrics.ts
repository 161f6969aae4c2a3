import type { Datum } from '../../telemetry.ts'
import type { Concurrency } from './concurrency.ts'

/** The called function with the way of the call; it decides about the dimensions. */
export interface Called {
  functionName: string
  /** The alias or version of the call. */
  qualifier: string | undefined
  executedVersion: string
  /** The call's start, milliseconds since the epoch. */
  timestamp: number
}

/** The result of an invocation that ran. */
export interface Ran {
  failed: boolean
  durationMs: number
  /** The concurrency at the start, including this invocation. */
  concurrency: Concurrency
  /**
   * Only for a version with provisioned concurrency: whether it ran there, or had to run elsewhere since all of it was
   * busy.
   */
  provisioned: 'served' | 'spilled' | undefined
}

type Dimensions = Readonly<Record<string, string>>

/** The metrics of an invocation that ran, in the AWS/Lambda namespace. */
export function invocationMetrics(called: Called, ran: Ran): Datum[] {
  const counts: [string, number][] = [
    ['Invocations', 1],
    ['Errors', ran.failed ? 1 : 0],
    ['Throttles', 0],
  ]
  if (ran.provisioned === 'served') counts.push(['ProvisionedConcurrencyInvocations', 1])
  if (ran.provisioned === 'spilled') counts.push(['ProvisionedConcurrencySpilloverInvocations', 1])
  return [
    ...dimensionSets(called).flatMap((dimensions) => [
      ...counts.map(([name, value]) => datum(called, name, dimensions, value)),
      { ...datum(called, 'Duration', dimensions, ran.durationMs), unit: 'Milliseconds' },
    ]),
    ...concurrencyMetrics(called, ran.concurrency),
  ]
}

function concurrencyMetrics(called: Called, concurrency: Concurrency): Datum[] {
  const { ofRegion, ofFunction, unreserved, claimed, provisioned } = concurrency
  const { functionName: FunctionName } = called
  return [
    datum(called, 'ConcurrentExecutions', {}, ofRegion),
    datum(called, 'ConcurrentExecutions', { FunctionName }, ofFunction),
    datum(called, 'UnreservedConcurrentExecutions', {}, unreserved),
    datum(called, 'ClaimedAccountConcurrency', {}, claimed),
    ...(provisioned ? provisionedMetrics(called, provisioned) : []),
  ]
}

/** A version's provisioned concurrency has no figure for the whole Region. */
function provisionedMetrics(
  called: Called,
  { busy, configured }: NonNullable<Concurrency['provisioned']>,
): Datum[] {
  const [, ...sets] = dimensionSets(called)
  return sets.flatMap((dimensions) => [
    datum(called, 'ProvisionedConcurrentExecutions', dimensions, busy),
    datum(called, 'ProvisionedConcurrencyUtilization', dimensions, busy / configured),
  ])
}

/** A throttled request counts in Throttles only; it is no invocation. */
export function throttleMetrics(called: Called): Datum[] {
  return dimensionSets(called).map((dimensions) => datum(called, 'Throttles', dimensions, 1))
}

/** The sets of dimensions: none, the function, the called resource, and for an alias the version that ran. */
export function dimensionSets(called: Called): Dimensions[] {
  const { functionName: FunctionName, qualifier, executedVersion: ExecutedVersion } = called
  const sets: Dimensions[] = [{}, { FunctionName }]
  if (qualifier === undefined) return sets
  const Resource = `${FunctionName}:${qualifier}`
  sets.push({ FunctionName, Resource })
  if (isAlias(qualifier)) sets.push({ FunctionName, Resource, ExecutedVersion })
  return sets
}

function isAlias(qualifier: string): boolean {
  return qualifier !== '$LATEST' && !/^\d+$/.test(qualifier)
}

function datum(called: Called, name: string, dimensions: Dimensions, value: number): Datum {
  return { namespace: 'AWS/Lambda', name, dimensions, value, unit: 'Count', timestamp: called.timestamp }
}
