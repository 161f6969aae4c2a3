import type { Standing } from '../../release/decision/standing.ts'
import type { AlarmCondition } from '../../release/values/observed.ts'
import type { TrafficSum } from '../metrics/traffic.ts'
import { type LastRelease, type Onset, speaksAgainst } from './onset.ts'
import { type Trouble, worstFirst } from './trouble.ts'

/** An alarm as it was read, with its reason in short words. */
interface LookedAlarm {
  name: string
  condition: AlarmCondition
  /** The last change of the condition, milliseconds since the epoch. */
  since: number
  words: string
  /** Absent without a release on record. */
  onset?: Onset
  /** The one metric that it watches; absent for an expression. */
  metric?: { name: string }
}

interface Unread {
  message: string
  next: readonly string[]
}

/** The traffic of a version by the alias. */
export interface VersionTraffic extends TrafficSum {
  version: string
  /** Its share of the alias's traffic now. */
  percent: number
}

/** The state of a function that troubles are looked for in. */
export interface Looked {
  state: 'ready' | 'changing' | 'failed' | 'missing' | 'unknown'
  /** Lambda's reason for `failed`. */
  stateReason: string | undefined
  stopped: { summary: string; next: string } | undefined
  /** Event source mappings that a person has paused; absent for none. */
  paused?: { summary: string; next: string }
  /** Undefined without an alias. */
  standing: Standing | undefined
  alarms: readonly LookedAlarm[]
  missingAlarms: readonly string[]
  /** The names of the alarms that `alarms ensure` makes. */
  ensured: readonly string[]
  /** The reason why the function is `unknown`; undefined for any other. */
  unread: Unread | undefined
  /** The reason why its alarms could not be read; absent if they were. */
  unreadAlarms?: Unread
  /** The reason why the figures of the last minutes could not be read; absent if they were. */
  unreadFigures?: Unread
  release: LastRelease | undefined
  /** Absent if its figures were not read. */
  traffic: { versions: readonly VersionTraffic[]; all: TrafficSum; minutes: number } | undefined
  wayBack: { to: string | undefined; summary: string | undefined } | undefined
  /** Commands to copy. */
  commands: {
    rollback: string
    errors: string
    concurrency: string
    deploy: string
    doctor: string
    ensure: string
  }
}

/** Finds what is wrong with a function, the worst first. */
export function findTroubles(looked: Looked): Trouble[] {
  if (looked.state === 'missing') {
    return [warning('missing', 'the function is not deployed here', looked.commands.deploy)]
  }
  if (looked.state === 'unknown') return unread('unread', 'the function', looked.unread, looked)
  return worstFirst([
    ...looked.alarms.filter(({ condition }) => condition === 'ALARM').map((alarm) => firing(alarm, looked)),
    ...stopped(looked),
    ...paused(looked),
    ...failed(looked),
    ...failing(looked),
    ...throttled(looked),
    ...standing(looked),
    ...unread('alarms-unknown', 'the alarms', looked.unreadAlarms, looked),
    ...unread('figures-unknown', 'the figures of the last minutes', looked.unreadFigures, looked),
    ...looked.missingAlarms.map((name) => missingAlarm(name, looked)),
    ...lost(looked),
  ])
}

function warning(kind: Trouble['kind'], summary: string, ...next: string[]): Trouble {
  return { kind, severity: 'warning', summary, next }
}

function critical(kind: Trouble['kind'], summary: string, ...next: string[]): Trouble {
  return { kind, severity: 'critical', summary, next }
}

function missingAlarm(name: string, { ensured, commands }: Looked): Trouble {
  const next = ensured.includes(name) ? commands.ensure : commands.doctor
  return warning('alarm-missing', `the alarm ${name} does not exist here`, next)
}

/** A function that could not be read may have any trouble, alarms may fire, and requests may fail. */
function unread(
  kind: Trouble['kind'],
  what: string,
  why: Unread | undefined,
  { commands }: Looked,
): Trouble[] {
  if (!why) return []
  const next = why.next.length > 0 ? why.next : [commands.doctor]
  return [warning(kind, `${what} could not be read: ${why.message.replace(/\.$/, '')}`, ...next)]
}

function firing(alarm: LookedAlarm, { release, wayBack, commands }: Looked): Trouble {
  const { name, since, words, onset } = alarm
  const when = onset?.summary ?? `since ${new Date(since).toISOString()}`
  const isRollbackFirst = onset && release && speaksAgainst(onset, release) && wayBack?.to !== undefined
  const next = [...(isRollbackFirst ? [commands.rollback] : []), lookFurther(alarm, commands)]
  return critical('alarm', `the alarm ${name} fires ${when}: ${words}`, ...next)
}

/** A throttled request has no log line, so the log can't tell why an alarm on throttles fires. */
function lookFurther({ metric, onset, since }: LookedAlarm, commands: Looked['commands']): string {
  if (metric?.name === 'Throttles') return commands.concurrency
  if (onset?.when === 'after') return failuresOf(onset, commands)
  return `${commands.errors} --since ${minuteOf(since - lookBackMs)}`
}

/** The failures of the version that a release brought. */
function failuresOf(
  { version, wentLive }: Pick<LastRelease, 'version' | 'wentLive'>,
  { errors }: Looked['commands'],
): string {
  return `${errors} --version ${version} --since ${minuteOf(wentLive)}`
}

/** The failures that made an alarm fire began earlier: its period, and the minutes until CloudWatch has evaluated it. */
const lookBackMs = 10 * 60_000

/** `2026-11-27T02:40Z` */
function minuteOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16)}Z`
}

function stopped({ stopped: by }: Looked): Trouble[] {
  return by ? [critical('stopped', by.summary, by.next)] : []
}

function paused({ paused: by }: Looked): Trouble[] {
  return by ? [warning('paused', by.summary, by.next)] : []
}

function failed({ state, stateReason, commands }: Looked): Trouble[] {
  if (state !== 'failed') return []
  const why = stateReason === undefined ? '' : `: ${stateReason}`
  return [critical('failed', `Lambda could not create or update the function${why}`, commands.deploy)]
}

/** From this share of failed invocations on a version is in trouble, if it had so many at least. */
const manyErrors = 0.05
const fewInvocations = 10

function failing({ traffic, release, commands }: Looked): Trouble[] {
  const bad = (traffic?.versions ?? []).filter(
    ({ errorRate = 0, invocations = 0 }) => errorRate >= manyErrors && invocations >= fewInvocations,
  )
  return bad.map(({ version, errorRate = 0, invocations = 0 }) => {
    const share = `${Number((errorRate * 100).toPrecision(2))}%`
    const of = `${invocations.toLocaleString('en')} invocations in ${traffic?.minutes} min`
    return critical(
      'errors',
      `version ${version} fails in ${share} of ${of}`,
      release?.version === version
        ? failuresOf(release, commands)
        : `${commands.errors} --version ${version} --since ${traffic?.minutes}m`,
    )
  })
}

function throttled({ traffic, commands, stopped: by }: Looked): Trouble[] {
  const { throttles = 0 } = traffic?.all ?? {}
  if (throttles === 0 || by) return []
  const requests = `${throttles.toLocaleString('en')} request${throttles === 1 ? '' : 's'}`
  return [
    warning('throttles', `Lambda throttled ${requests} in ${traffic?.minutes} min`, commands.concurrency),
  ]
}

function standing({ standing: at, commands }: Looked): Trouble[] {
  if (!at) return [warning('no-alias', 'it has no alias yet', commands.deploy)]
  const next = [...(at.next ?? [])]
  if (at.phase === 'paused' || at.phase === 'awaiting-approval')
    return [warning('waiting', at.summary, ...next)]
  return at.phase === 'moved' ? [warning('moved', at.summary, ...next)] : []
}

function lost({ wayBack, commands }: Looked): Trouble[] {
  if (!wayBack || wayBack.to !== undefined || wayBack.summary === undefined) return []
  return [warning('no-way-back', wayBack.summary, commands.deploy)]
}
