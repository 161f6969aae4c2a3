import chalk from 'chalk'
import { durationWords } from '../../../release/values/duration.ts'
import type {
  ConcurrencyOverview,
  ShownConcurrency,
  ShownProvisioned,
} from '../../../workflows/concurrency/show.ts'
import { count } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'
import { table } from '../../text/table.ts'
import { scalingText } from './autoscale.ts'
import { qualifierText, reservedText } from './status.ts'

/** From so many functions on, each has one line. */
const mostInDetail = 3

/**
 * The concurrency of functions for a person.
 *
 * @param commandOf the command that looks further or mends, for a function and a verb as in `concurrency start`
 */
export function overviewText(
  overview: ConcurrencyOverview,
  width: number,
  commandOf: (name: string, verb: string) => string,
): string {
  const { functions } = overview
  const blocks =
    functions.length > mostInDetail
      ? [listText(functions, width)]
      : functions.map((one) => detailText(one, overview, width))
  const troubled = functions.flatMap((one) => nextText(one, overview, commandOf))
  const unread = overview.errors.flatMap(({ next }) => next.map((step) => `  → ${step}`))
  return [...blocks, accountText(overview, width), ...troubled, ...new Set(unread)].join('\n')
}

function detailText(one: ShownConcurrency, { account, unread }: ConcurrencyOverview, width: number): string {
  const title = `${chalk.bold(one.function)} ${chalk.dim(`(${one.lambdaName})`)}`
  if (!one.exists) return `${title} does not exist here`
  const { reserved, provisioned, scaled, peak, throttles, ceiling, takes } = one
  const rows = [
    ['reserved', reservedText(reserved ?? undefined)],
    ['used', peak === null ? noValue(unread) : usedText(peak, ceiling)],
    ...(provisioned.length === 0 ? [['provisioned', 'none']] : []),
    ...provisioned.map((each) => ['provisioned', provisionedText(each)]),
    ...scaled.map((each) => ['scaled', `${qualifierText(each.qualifier)}: ${scalingText(each)}`]),
    ['throttled', throttles === null ? 'no value' : count(throttles, 'request')],
    ['burst', burstText(one)],
    ['takes', `${takes} of the account's ${account.limit} from all other functions, used or not`],
  ]
  return [title, ...table(rows, [{}, { wraps: true }], { width })].join('\n')
}

/** A part that was not read is named below; whether something ran is not known then. */
function noValue(unread: readonly string[]): string {
  return unread.length > 0 ? 'no value' : 'no value: nothing ran, or CloudWatch has none yet'
}

function usedText(peak: number, ceiling: number): string {
  const share = ceiling === 0 ? '' : ` (${Math.round((peak / ceiling) * 100)}%)`
  return `at most ${peak} of ${ceiling}${share}`
}

function provisionedText({ qualifier, requested, available, status, ...one }: ShownProvisioned): string {
  const { reason, utilization, spillover } = one
  const why = reason ? ` (${plainLine(reason)})` : ''
  const busy = utilization === null ? 'no value how busy' : `at most ${Math.round(utilization * 100)}% busy`
  const spilled = spillover ? `, ${count(spillover, 'invocation')} found none free` : ''
  return `${available} of ${requested} ready on ${qualifierText(qualifier)}, ${status}${why}, ${busy}${spilled}`
}

function burstText({ burst: { to, warm, ms, ceiling } }: ShownConcurrency): string {
  const beyond = to > ceiling ? `; all above ${ceiling} is throttled` : ''
  const ready = warm > 0 ? `, with ${warm} ready` : ''
  const amount = Math.min(to, ceiling)
  const time = ms === 0 ? 'can start at once' : `take ${durationWords(ms)} to start`
  return `${count(amount, 'environment')} ${time}${ready} (1,000 each 10 s a function)${beyond}`
}

function accountText({ account, from, until, unread }: ConcurrencyOverview, width: number): string {
  const { limit, unreserved, peak, reservedElsewhere } = account
  const used = peak === null ? 'no value how many were used' : `at most ${peak} used`
  const elsewhere = reservedElsewhere > 0 ? `, ${reservedElsewhere} reserved by functions not shown` : ''
  const rows = [
    ['account', `${limit} concurrent executions, ${unreserved} unreserved, ${used}${elsewhere}`],
    ['figures', `of the last ${durationWords(until - from)}`],
    ...unread.map((text) => ['unread', plainLine(text)]),
  ]
  return table(rows, [{ width: 11 }, { wraps: true }], { width }).join('\n')
}

function listText(functions: readonly ShownConcurrency[], width: number): string {
  const rows = functions
    .toSorted((one, other) => Number(isTroubled(other)) - Number(isTroubled(one)))
    .map((one) => [
      chalk.bold(one.function),
      one.exists ? (one.reserved === null ? 'shared' : `${one.reserved} reserved`) : 'does not exist here',
      one.exists ? `peak ${one.peak ?? '?'}` : '',
      one.provisioned.length > 0 ? `${readyOf(one)} provisioned` : '',
      one.scaled.length > 0 ? 'scaled' : '',
      one.throttles ? chalk.red(`${one.throttles} throttled`) : '',
      one.reserved === 0 ? chalk.red('stopped') : '',
    ])
  return table(rows, [{}, { align: 'right' }, { align: 'right' }, { align: 'right' }, {}, {}, {}], {
    width,
  }).join('\n')
}

function readyOf({ provisioned }: ShownConcurrency): string {
  const ready = provisioned.reduce((sum, { available }) => sum + available, 0)
  return `${ready}/${provisioned.reduce((sum, { requested }) => sum + requested, 0)}`
}

function isTroubled(one: ShownConcurrency): boolean {
  return one.reserved === 0 || (one.throttles ?? 0) > 0 || spilledOf(one) > 0 || hasFailed(one)
}

function spilledOf({ provisioned }: ShownConcurrency): number {
  return provisioned.reduce((sum, { spillover }) => sum + (spillover ?? 0), 0)
}

function hasFailed({ provisioned }: ShownConcurrency): boolean {
  return provisioned.some(({ status }) => status === 'FAILED')
}

function nextText(
  one: ShownConcurrency,
  { account }: ConcurrencyOverview,
  commandOf: (name: string, verb: string) => string,
): string[] {
  const { function: name, reserved, stop, stopUnread, throttles } = one
  const arrow = (why: string, verb: string) => [`  → ${why}: ${commandOf(name, verb)}`]
  if (reserved === 0 && stop)
    return arrow(`${name} is stopped (${plainLine(stop.reason)})`, 'concurrency start')
  if (reserved === 0 && stopUnread)
    return arrow(`${name} is stopped, and the record of who did it can't be read`, 'concurrency start')
  if (reserved === 0) return arrow(`${name} is stopped by hand`, 'status')
  if (hasFailed(one)) return arrow(`environments of ${name} fail to start`, 'logs errors')
  if (throttles && !hasReachedLimit(one, account))
    return arrow(`${name} was throttled below its limit; a stop that has ended may be the cause`, 'status')
  if (throttles) return arrow(`${name} was throttled`, 'concurrency recommend')
  if (spilledOf(one) > 0)
    return arrow(`invocations of ${name} found no free environment`, 'concurrency recommend')
  return []
}

/** Without a figure nobody can tell that it has not. */
function hasReachedLimit(
  { reserved, peak }: ShownConcurrency,
  account: ConcurrencyOverview['account'],
): boolean {
  const used = reserved === null ? account.peak : peak
  return used === null || used >= (reserved ?? account.unreserved)
}
