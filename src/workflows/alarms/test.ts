import { LambdactlError } from '../../errors/error.ts'
import { type Evidence, evidenceOf, readFor } from '../../operation/alarms/evidence.ts'
import { alarmsOn, isOfScaling } from '../../operation/alarms/watching.ts'
import type { SeenAlarm } from '../../ports/alarms.ts'
import type { SeriesQuery, SeriesSpan } from '../../ports/metrics.ts'
import type { WholeAlarm } from '../../release/values/alarms.ts'
import type { AlarmMetric } from '../../release/values/observed.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { requireNoRelease } from './require-no-release.ts'

/** The time of the real data, milliseconds. */
const evidenceMs = 24 * 3_600_000
/** CloudWatch carries actions out within seconds; the time to wait for them, and between two looks, milliseconds. */
const patienceMs = 20_000
const lookMs = 1000

/** An alarm, and how far real data prove it. */
export interface ExaminedAlarm {
  alarm: SeenAlarm
  /** Undefined if its values can't be computed here. */
  evidence: Evidence | undefined
}

/** An alarm after its test. */
export interface TestedAlarm {
  name: string
  condition: SeenAlarm['condition']
  /** In the unit of its metric. */
  threshold?: number
  evidence: Evidence | null
  /** ARNs that it informs when it fires; empty if its actions are off. */
  informs: readonly string[]
  /** Absent if it was not made to fire: `firing` already, or the test only looked. */
  fired?: {
    /** CloudWatch's sentences about its actions. */
    actions: string[]
    /** Whether all actions were carried out. */
    succeeded: boolean
  }
}

/** The result of a test of a function's alarms. */
export interface AlarmsTest {
  function: string
  lambdaName: string
  alias: string
  /** Milliseconds since the epoch. */
  from: number
  /** Exclusive; milliseconds since the epoch. */
  until: number
  alarms: TestedAlarm[]
}

/**
 * Finds the alarms to test, and reads the real data of each; changes nothing.
 *
 * @param names short or whole names; none: all that watch the function
 * @throws LambdactlError CONFLICT during a release, NOT_FOUND for an alarm that does not watch the function
 */
export async function examineAlarms(
  run: Run,
  target: Target,
  names: readonly string[],
): Promise<ExaminedAlarm[]> {
  await requireNoRelease(run, target, rolledBack)
  const watching = alarmsOn(target.lambdaName, await run.aws.alarmSettings.all())
  const wanted = names.map((name) => target.ensuredAlarms?.[name] ?? name)
  const missing = wanted.filter((name) => !watching.some((alarm) => alarm.name === name))
  if (missing.length > 0) throw unwatched(target, `the alarm ${missing.join(', ')}`)
  const alarms = watching.filter((alarm) =>
    wanted.length === 0 ? !isOfScaling(alarm) : wanted.includes(alarm.name),
  )
  if (alarms.length === 0) {
    const but = watching.length > 0 ? ', except those of its scaling policies,' : ''
    throw unwatched(target, `an alarm${but}`)
  }
  const evidence = await readEvidence(run, alarms)
  return alarms.map((alarm) => ({ alarm, evidence: evidence.get(alarm.name) }))
}

const rolledBack = 'and an alarm that fires would roll it back'

function unwatched(target: Target, which: string): LambdactlError {
  return new LambdactlError(
    'NOT_FOUND',
    `CloudWatch does not have ${which} on the metrics of ${target.lambdaName} here.`,
    {
      next: [
        `List its alarms: ${commandFor(target, 'alarms list')}`,
        `Make those of the file: ${commandFor(target, 'alarms ensure')}`,
      ],
    },
  )
}

/** An alarm whose values can be read. */
interface Readable {
  name: string
  definition: WholeAlarm
  metrics: readonly AlarmMetric[]
}

/** Reads the alarms of each period together: a sum of 5 minutes says nothing against the limit of one. */
async function readEvidence(run: Run, alarms: readonly SeenAlarm[]): Promise<Map<string, Evidence>> {
  const until = run.clock.now()
  const wanted = alarms.flatMap(({ name, definition }): Readable[] => {
    const series = definition && readFor(definition)
    return series ? [{ name, definition, metrics: series.flatMap(({ metric }) => metric ?? []) }] : []
  })
  const byPeriod = Map.groupBy(wanted, ({ metrics: [first] }) => first?.periodMs ?? 60_000)
  const read = [...byPeriod].map(([periodMs, group]) =>
    readTogether(run, group, { from: until - evidenceMs, until, periodMs }),
  )
  return new Map((await Promise.all(read)).flat())
}

async function readTogether(
  run: Run,
  group: readonly Readable[],
  span: SeriesSpan,
): Promise<[name: string, evidence: Evidence][]> {
  const queries = group.flatMap(({ metrics }) => metrics.map(toQuery))
  const read = await run.aws.metrics.series(queries, span)
  let next = 0
  return group.map(({ name, definition, metrics }) => {
    const points = read.slice(next, (next += metrics.length)).map(({ points: own }) => own)
    return [name, evidenceOf(definition, points)]
  })
}

function toQuery({ name: metric, statistic = 'Sum', dimensions }: AlarmMetric): SeriesQuery {
  const { FunctionName, Resource, ExecutedVersion } = dimensions
  const qualifier = Resource?.split(':')[1]
  return {
    metric,
    statistic,
    of: {
      ...(FunctionName !== undefined && { function: FunctionName }),
      ...(qualifier !== undefined && { qualifier }),
      ...(ExecutedVersion !== undefined && { version: ExecutedVersion }),
    },
  }
}

/** The alarms that a test would have fire: those that fire already prove themselves. */
export function toFire(examined: readonly ExaminedAlarm[]): SeenAlarm[] {
  return examined.flatMap(({ alarm }) => (alarm.condition === 'ALARM' ? [] : [alarm]))
}

/**
 * Has each alarm fire for a moment, and puts its state back; one after the other, so that an interrupt ends the rest. An
 * alarm that has begun to fire since it was examined is left as it is.
 */
export async function fireAlarms(
  run: Run,
  target: Target,
  examined: readonly ExaminedAlarm[],
): Promise<AlarmsTest> {
  const alarms: TestedAlarm[] = []
  for (const each of examined) alarms.push(await testOne(run, target, each))
  return toResult(run, target, alarms)
}

async function testOne(run: Run, target: Target, examined: ExaminedAlarm): Promise<TestedAlarm> {
  if (examined.alarm.condition === 'ALARM' || run.signal.aborted) return toTested(examined)
  await requireNoRelease(run, target, rolledBack)
  const [alarm = examined.alarm] = await run.aws.alarmSettings.named([examined.alarm.name])
  const tested = toTested({ ...examined, alarm })
  return alarm.condition === 'ALARM' ? tested : { ...tested, fired: await fire(run, alarm) }
}

/** The result of a test that only looked. */
export function lookedAt(run: Run, target: Target, examined: readonly ExaminedAlarm[]): AlarmsTest {
  return toResult(run, target, examined.map(toTested))
}

function toResult(run: Run, target: Target, alarms: TestedAlarm[]): AlarmsTest {
  const { function: name, lambdaName, alias } = target
  const until = run.clock.now()
  return { function: name, lambdaName, alias, from: until - evidenceMs, until, alarms }
}

function toTested({ alarm, evidence }: ExaminedAlarm): TestedAlarm {
  const { name, condition, definition, actions, actionsAreOn } = alarm
  return {
    name,
    condition,
    ...(definition?.threshold !== undefined && { threshold: definition.threshold }),
    evidence: evidence ?? null,
    informs: actionsAreOn ? actions : [],
  }
}

async function fire(run: Run, alarm: SeenAlarm): Promise<NonNullable<TestedAlarm['fired']>> {
  const { alarmSettings } = run.aws
  const since = run.clock.now()
  try {
    await alarmSettings.setState(alarm.name, 'ALARM', 'A test by lambdactl alarms test: there is no fault')
    const expected = alarm.actionsAreOn ? alarm.actions.length : 0
    const actions = expected === 0 ? [] : await awaitActions(run, alarm.name, { since, expected })
    const succeeded =
      actions.length >= expected && actions.every((summary) => summary.startsWith('Successfully'))
    return { actions, succeeded }
  } finally {
    await alarmSettings.setState(
      alarm.name,
      alarm.condition,
      'Put back after a test by lambdactl alarms test',
    )
  }
}

/** The sentences about an alarm's actions, as soon as all are there or the patience ends. */
async function awaitActions(
  run: Run,
  name: string,
  { since, expected }: { since: number; expected: number },
): Promise<string[]> {
  const from = run.clock.elapsed()
  for (;;) {
    // The history has CloudWatch's times, which this machine knows only roughly.
    const found = await run.aws.alarmSettings.actions(name, since - lookMs)
    const isOver = run.clock.elapsed() - from >= patienceMs || run.signal.aborted
    if (found.length >= expected || isOver) return found.map(({ summary }) => summary)
    await run.clock.pause(lookMs, run.signal)
  }
}
