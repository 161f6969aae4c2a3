import chalk from 'chalk'
import { count } from '../../../text/figures.ts'
import { plainLine } from '../../../text/plain.ts'
import type { LogsView } from '../model/logs-view.ts'
import { rateOf } from '../model/rate.ts'
import type { Trouble } from '../model/trouble.ts'
import type { Ranked } from './as-many-as-fit.ts'

/** A tail that is less behind is on time, milliseconds. */
const onTimeMs = 3000

/** The facts of the status row, in the order in which they are shown. */
export function statusFacts(view: LogsView): Ranked[] {
  const { figures, trouble } = view
  const { requests, failed, canary } = figures.requests
  return [
    ...troubleFacts(trouble, figures.behindMs),
    ...chosenFacts(view),
    ...functionsFact(figures.functions, view.size.columns),
    { text: rateText(rateOf(figures.arrivals)), rank: 3 },
    ...liveFact(view),
    ...readFacts(figures, trouble),
    ...(requests === 0 || canary.length > 0
      ? []
      : [{ text: `${count(requests, 'request')}, ${failed} failed`, rank: 2 }]),
  ]
}

/** The reasons why a tail does not give all lines at once. */
function troubleFacts({ unanswered, gaps, denied }: Trouble, behindMs: number): Ranked[] {
  const all = Array.from(unanswered.values())
  const word = all.some(({ isThrottled }) => isThrottled) ? 'throttled' : 'no answer'
  return [
    ...(all.length > 0 ? [chalk.yellow(word)] : []),
    ...(behindMs > onTimeMs ? [chalk.yellow(`behind by ${spanText(behindMs)}`)] : []),
    ...(gaps > 0 ? [chalk.red(`lines missing in ${count(gaps, 'gap')}`)] : []),
    ...(denied > 0 ? [chalk.red(`${count(denied, 'group')} not permitted`)] : []),
  ].map((text) => ({ text, rank: 0 }))
}

/** `9 s`, `12 min`. */
function spanText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}

/** The choice of lines, as far as it is not all. */
function chosenFacts({ criteria: { filter, least, solo, muted } }: LogsView): Ranked[] {
  return [
    filter.trim() === '' ? '' : `/${filter}`,
    least === undefined ? '' : `${least} and above`,
    solo === undefined ? '' : `only ${solo}`,
    muted.size === 0 ? '' : `without ${Array.from(muted).join(', ')}`,
  ]
    .filter((fact) => fact !== '')
    .map((fact) => ({ text: chalk.cyan(plainLine(fact)), rank: 1 }))
}

/** The names take a third of the row at most. */
function functionsFact(functions: readonly string[], columns: number): Ranked[] {
  if (functions.length === 0) return []
  const names = functions.map(plainLine).join(', ')
  return [{ text: names.length <= columns / 3 ? names : count(functions.length, 'function'), rank: 7 }]
}

function rateText(rate: number): string {
  const lines = Math.round(rate)
  return `${lines.toLocaleString('en')} ${lines === 1 ? 'line' : 'lines'}/s`
}

function readFacts({ lines, late }: { lines: number; late: number }, { gaps }: Trouble): Ranked[] {
  return [
    { text: `${lines.toLocaleString('en')} read`, rank: 5 },
    ...(late > 0 ? [{ text: `${late.toLocaleString('en')} late`, rank: 6 }] : []),
    ...(gaps > 0 ? [] : [{ text: '0 missing', rank: 8 }]),
  ]
}

/** Polling gives the lines that Live Tail leaves out. */
function liveFact({ figures: { live }, trouble }: LogsView): Ranked[] {
  if (!live || trouble.live === 'off') return []
  const state = { whole: 'Live Tail', sampled: 'Live Tail sampled', interrupted: 'Live Tail interrupted' }
  return [{ text: `${state[trouble.live]}, recovered ${live.recovered.toLocaleString('en')}`, rank: 4 }]
}
