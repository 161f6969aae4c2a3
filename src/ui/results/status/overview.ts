import chalk from 'chalk'
import { type Trouble, troubledFirst } from '../../../operation/incident/trouble.ts'
import type { AliasState } from '../../../release/values/observed.ts'
import type { FunctionStatus } from '../../../workflows/incident/status.ts'
import type { StatusLook } from '../../../workflows/incident/watch-status.ts'
import { count } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'
import { type Column, table } from '../../text/table.ts'
import { phaseColour, statusText } from './status.ts'
import { countText, millisecondsText, minutesOf, rateText, sparklineOf } from './traffic.ts'
import { troubleColour, troubleSummary, troubleWords } from './troubles.ts'

/**
 * Several functions for a person: one line each, the troubled ones first, and the first ten of these with the worst
 * trouble and what to do.
 *
 * @param width of the terminal, in columns
 */
export function overviewText(statuses: readonly FunctionStatus[], width: number): string {
  const sorted = troubledFirst(statuses, (status) => ({ ...status, isMoving: isMoving(status) }))
  const shown = cells.filter(({ from = 0 }) => width >= from)
  const rows = sorted.map((status) => shown.map(({ of }) => of(status)))
  const head = shown.map(({ head: title }) => chalk.dim(title(statuses)))
  const below = [[], ...sorted.map((status, index) => (index < mostTold ? troubleBelow(status) : []))]
  return [
    ...table(
      [head, ...rows],
      shown.map(({ column = {} }) => column),
      { width, below },
    ),
    ...unknownLines(statuses),
    sumLine(statuses),
  ].join('\n')
}

/** So many functions are told with their trouble and what to do; all have their line. */
const mostTold = 10

/** The heading above the functions of an environment. */
export function environmentHead(name: string): string {
  return chalk.bold.underline(plainLine(name))
}

/** One function in full, or several with a line each. */
export function watchedText({ statuses }: Pick<StatusLook, 'statuses'>, width: number): string {
  const [only] = statuses
  return only && statuses.length === 1 ? statusText(only, width) : overviewText(statuses, width)
}

interface Cell {
  head: (statuses: readonly FunctionStatus[]) => string
  of: (status: FunctionStatus) => string
  column?: Column
  /** The width from which on there is room for it, in columns. */
  from?: number
}

const right = { align: 'right' } as const

const cells: readonly Cell[] = [
  { head: () => 'state', of: worstWord },
  { head: () => 'function', of: (status) => chalk.bold(plainLine(status.function)), column: { least: 16 } },
  { head: () => 'traffic', of: ({ alias }) => sharesText(alias) },
  {
    head: (statuses) => {
      const recent = statuses.find((status) => status.recent)?.recent
      return recent ? `last ${minutesOf(recent)} min` : ''
    },
    of: ({ recent }) => (recent ? sparklineOf(recent, recent.all) : ''),
    from: 100,
  },
  {
    head: () => 'invoked',
    of: ({ recent }) => (recent ? countText(recent.all.invocations) : ''),
    column: right,
    from: 70,
  },
  { head: () => 'errors', of: ({ recent }) => (recent ? rateText(recent.all) : ''), column: right },
  {
    head: () => 'p99',
    of: ({ recent }) => (recent ? slowestText(recent.versions) : ''),
    column: right,
    from: 70,
  },
  {
    head: () => 'throttled',
    of: ({ recent }) => (recent ? countText(recent.all.throttles) : ''),
    column: right,
    from: 80,
  },
]

/** The worst trouble of a function with a stop and a pause, or the phase of its release, in a few words. */
export function worstWord({ state, standing, troubles }: FunctionStatus): string {
  const [worst] = troubles
  if (worst && !(worst.kind === 'waiting' && standing)) {
    const told = [worst, ...troubles.slice(1).filter(isByHand)]
    return told.map((trouble) => troubleColour(trouble)(troubleWords[trouble.kind])).join(', ')
  }
  if (!standing) return state
  return phaseColour(standing.phase, false)(standing.phase)
}

/** A person did it, and another one has to know: stopped, or its triggers are paused. */
function isByHand({ kind }: Trouble): boolean {
  return kind === 'stopped' || kind === 'paused'
}

/** `v41 90% v42 10%`, `v42`. */
function sharesText(alias: AliasState | undefined): string {
  if (!alias) return ''
  const { version, weight } = alias
  return weight ? `v${version} ${100 - weight.percent}% v${weight.version} ${weight.percent}%` : `v${version}`
}

function slowestText(versions: NonNullable<FunctionStatus['recent']>['versions']): string {
  const known = versions.flatMap(({ p99Ms }) => (p99Ms === undefined ? [] : [p99Ms]))
  return millisecondsText(known.length === 0 ? undefined : Math.max(...known))
}

/** The word in the line of the function says it all, or a line below all functions has the reason. */
const toldElsewhere: ReadonlySet<Trouble['kind']> = new Set([
  'missing',
  'no-alias',
  'alarms-unknown',
  'figures-unknown',
])

function troubleBelow({ troubles }: FunctionStatus): string[] {
  const [worst, ...others] = troubles
  if (!worst || toldElsewhere.has(worst.kind)) return []
  const told = [worst, ...others.filter(isByHand)]
  const rest = troubles.length - told.length
  const more = rest > 0 ? ` (and ${count(rest, 'more trouble')})` : ''
  return told.flatMap((trouble, index) => [
    `    ${troubleSummary(trouble)}${index === 0 ? more : ''}`,
    ...trouble.next.slice(0, 1).map((step) => `    ${chalk.cyan('→')} ${step}`),
  ])
}

/** Whether a release is under way. */
function isMoving({ standing }: Pick<FunctionStatus, 'standing'>): boolean {
  const phase = standing?.phase
  return phase === 'shifting' || phase === 'approved' || phase === 'baking'
}

function unknownLines(statuses: readonly FunctionStatus[]): string[] {
  const figures = new Set(statuses.flatMap(({ recentUnknown = [] }) => recentUnknown))
  const alarms = new Set(statuses.flatMap(({ alarmsUnknown = [] }) => alarmsUnknown))
  const pauses = new Set(statuses.flatMap(({ pausedUnknown = [] }) => pausedUnknown))
  return [
    ...[...figures].map((reason) => `  no figures: ${reason}`),
    ...[...alarms].map((reason) => `  ${chalk.red('alarms unknown')}: ${plainLine(reason)}`),
    ...[...pauses].map((reason) => `  ${chalk.yellow('paused triggers unknown')}: ${plainLine(reason)}`),
  ]
}

/** `  50 functions: 2 with trouble, 1 with a release under way`. */
function sumLine(statuses: readonly FunctionStatus[]): string {
  const troubled = statuses.filter(({ troubles }) => troubles.length > 0).length
  const moving = statuses.filter(isMoving).length
  const parts = [
    ...(troubled > 0 ? [`${troubled} with trouble`] : ['no trouble found']),
    ...(moving > 0 ? [`${moving} with a release under way`] : []),
  ]
  return `  ${count(statuses.length, 'function')}: ${parts.join(', ')}`
}
