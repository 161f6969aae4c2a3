import { isCode, LambdactlError } from '../../errors/error.ts'
import { selectAlarms } from '../../gates/alarms/selection.ts'
import { alarmsOn, type Sight, sightOf } from '../../operation/alarms/watching.ts'
import type { SeenAlarm } from '../../ports/alarms.ts'
import type { AlarmSelector } from '../../release/values/alarms.ts'
import type { AlarmCondition, AlarmState } from '../../release/values/observed.ts'
import type { Run, Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { serviceTag } from './service-tag.ts'

/** A function, and the alarms that gate its releases. */
export interface ListAsked {
  target: Target
  gates: readonly AlarmSelector[]
}

/** An alarm that watches a function, or gates its releases. */
export interface ListedAlarm extends Sight {
  name: string
  condition: AlarmCondition
  /** Milliseconds since the epoch. */
  since: number
  /** CloudWatch's own. */
  reason: string
  metric?: AlarmState['metric']
  /** Whether it gates releases by `release.alarms`. */
  gates: boolean
  /** The service whose file made it; absent if lambdactl did not, or its tags may not be read. */
  service?: string
}

export interface ListedFunction {
  function: string
  lambdaName: string
  alias: string
  /** Those that fire first. */
  alarms: ListedAlarm[]
  /** Alarms of `release.alarms` that do not exist here, as the file writes them. */
  missing: string[]
  /** The short names of the alarms that the file wants. */
  wanted: string[]
  /** The names of alarms that the file wants and that do not exist here. */
  unmade: string[]
}

const urgency: Readonly<Record<AlarmCondition, number>> = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 }

/** Lists the alarms of functions; all alarms of the Region are read once. */
export async function listAlarms(run: Run, asked: readonly ListAsked[]): Promise<ListedFunction[]> {
  const all = await run.aws.alarmSettings.all()
  const tags = new Map<string, string>()
  const ours = asked.flatMap(({ target }) => Object.values(target.ensuredAlarms ?? {}))
  for (const alarm of all.filter(({ name }) => ours.includes(name))) {
    const of = await tagsOf(run, alarm)
    if (of instanceof LambdactlError) {
      const [{ target } = { target: { function: alarm.name } }] = asked
      warn(run, target, `The alarms that lambdactl made are unknown. ${of.message}`)
      break
    }
    const service = of[serviceTag]
    if (service !== undefined) tags.set(alarm.name, service)
  }
  return asked.map((each) => listed(each, all, tags))
}

/** A list is worth having without the tags. @returns the error if the caller may not read them */
async function tagsOf(
  run: Run,
  alarm: SeenAlarm,
): Promise<Readonly<Record<string, string>> | LambdactlError> {
  try {
    return await run.aws.alarmSettings.tags(alarm)
  } catch (error) {
    if (isCode(error, 'NOT_FOUND')) return {}
    if (isCode(error, 'NOT_PERMITTED')) return error
    throw error
  }
}

function listed(
  { target, gates }: ListAsked,
  all: readonly SeenAlarm[],
  services: ReadonlyMap<string, string>,
): ListedFunction {
  const { function: name, lambdaName, alias, ensuredAlarms = {} } = target
  const { alarms: gating, unfound } = selectAlarms(gates, all)
  const gateNames = new Set(gating.map((alarm) => alarm.name))
  const watching = alarmsOn(lambdaName, all)
  const others = all.filter((alarm) => gateNames.has(alarm.name) && !watching.includes(alarm))
  const alarms = [...watching, ...others].map((alarm) => {
    const service = services.get(alarm.name)
    return {
      name: alarm.name,
      condition: alarm.condition,
      since: alarm.since,
      reason: alarm.reason,
      ...(alarm.metric && { metric: alarm.metric }),
      ...sightOf(alarm, target),
      gates: gateNames.has(alarm.name),
      ...(service !== undefined && { service }),
    }
  })
  const existing = new Set(all.map((alarm) => alarm.name))
  return {
    function: name,
    lambdaName,
    alias,
    alarms: alarms.toSorted((one, other) => urgency[one.condition] - urgency[other.condition]),
    missing: unfound.map(({ wanted }) => wanted),
    wanted: Object.keys(ensuredAlarms),
    unmade: Object.values(ensuredAlarms).filter((each) => !existing.has(each)),
  }
}
