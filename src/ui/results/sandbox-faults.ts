import { durationWords } from '../../release/values/duration.ts'
import type { Fault, FaultKind } from '../../sandbox/faults/fault.ts'
import { count } from '../text/figures.ts'
import { plainLine } from '../text/plain.ts'

/** The effect of each fault, for help. */
export const faultWords: Readonly<Record<FaultKind, string>> = {
  throttle: 'refuses an operation because of its rate',
  error: 'fails an operation with the 5xx of its service',
  latency: 'answers an operation later, by --by',
  drop: 'carries an operation out, then closes the connection without an answer',
  page: 'answers with an HTML page, as a sign-in page of a network does, and carries nothing out',
  'late-logs': 'makes new events of a log group visible later, by --by',
  'late-metrics': 'makes new values of a metric or namespace visible later, by --by',
  'freeze-alarms': 'keeps alarms in their state: they are not evaluated',
  'fail-provisioning': 'fails the initialisation of provisioned environments of a function',
  kill: 'kills the environments of a function at once, and later each that gets an event',
}

/** `1  throttle UpdateAlias  2 times left, struck 1 time`: a line for each fault. */
export function faultsText(faults: readonly Fault[]): string {
  if (faults.length === 0) return 'The sandbox has no faults.'
  return faults.map(faultLine).join('\n')
}

/** `1  throttle UpdateAlias  2 times left, struck 1 time` */
export function faultLine(fault: Fault): string {
  const { byMs, leftMs, timesLeft, struck } = fault
  const limits = [
    ...(timesLeft === undefined ? [] : [`${count(timesLeft, 'time')} left`]),
    ...(leftMs === undefined ? [] : [`${durationWords(leftMs)} left`]),
    ...(timesLeft === undefined && leftMs === undefined ? ['until it is cleared'] : []),
    ...(struck === 0 ? ['not struck'] : [`struck ${count(struck, 'time')}`]),
  ]
  const by = byMs === undefined ? '' : ` by ${durationWords(byMs)}`
  return `${nameOf(fault)}${by}  (${limits.join(', ')})`
}

/** `1  throttle UpdateAlias on shop:live` */
function nameOf({ id, kind, target, on }: Fault): string {
  return `${id}  ${kind} ${plainLine(target)}${on === undefined ? '' : ` on ${plainLine(on)}`}`
}

/** The faults that have been cleared. */
export function clearedText(faults: readonly Fault[]): string {
  if (faults.length === 0) return 'There was no such fault: nothing to clear.'
  return faults.map((fault) => `cleared ${nameOf(fault)}  (struck ${count(fault.struck, 'time')})`).join('\n')
}
