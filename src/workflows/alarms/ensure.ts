import { LambdactlError } from '../../errors/error.ts'
import { definitionsOf } from '../../operation/alarms/definitions.ts'
import { differencesOf } from '../../operation/alarms/differences.ts'
import { alarmNames, type WantedAlarms } from '../../operation/alarms/kinds.ts'
import { type AlarmChange, type FoundAlarm, planAlarms } from '../../operation/alarms/plan.ts'
import { awsCommand, type Run, type Target } from '../run/run.ts'
import { serviceTag } from './service-tag.ts'

/** A function, and the alarms that the file wants for it. */
export interface EnsureAsked {
  target: Target
  wanted: WantedAlarms
}

/** The changes of one function's alarms. */
export interface EnsuredFunction {
  function: string
  lambdaName: string
  alias: string
  changes: AlarmChange[]
}

export interface Ensured {
  functions: EnsuredFunction[]
  dryRun: boolean
  /** The commands that undo the changes, in any order; empty without changes. */
  undo: string[]
}

/** The changes to make, and the target of each function. */
export interface EnsurePlan {
  service: string
  functions: readonly (EnsuredFunction & { target: Target })[]
}

/**
 * Reads the alarms by the names that are lambdactl's, and plans their changes. Nothing is changed.
 *
 * @throws LambdactlError CONFLICT if somebody else has an alarm of such a name
 */
export async function planEnsure(
  run: Run,
  asked: readonly EnsureAsked[],
  service: string,
): Promise<EnsurePlan> {
  const found = await findOurs(run, asked)
  const functions = asked.map(({ target, wanted }) => {
    const { function: name, lambdaName, alias } = target
    const names = new Set(alarmNames(target))
    const own = found.filter((alarm) => names.has(alarm.name))
    const changes = planAlarms(definitionsOf(target, wanted), own, service)
    return { target, function: name, lambdaName, alias, changes }
  })
  const taken = functions.flatMap(({ target, changes }) =>
    changes.flatMap((change) => (change.kind === 'taken' ? [{ target, change }] : [])),
  )
  if (taken.length > 0) throw takenBy(taken, service)
  return { service, functions }
}

/** Tags are read only of alarms that differ, one call each: who made an alarm that is as wanted does not matter. */
async function findOurs({ aws }: Run, asked: readonly EnsureAsked[]): Promise<FoundAlarm[]> {
  const seen = await aws.alarmSettings.named(asked.flatMap(({ target }) => alarmNames(target)))
  const wanted = new Map(
    asked
      .flatMap(({ target, wanted: own }) => definitionsOf(target, own))
      .map((alarm) => [alarm.name, alarm]),
  )
  return Promise.all(
    seen.map(async (alarm) => {
      const { name, arn, definition } = alarm
      const want = wanted.get(name)
      const isAsWanted = want && definition && differencesOf(definition, want).length === 0
      const tags = isAsWanted ? {} : await aws.alarmSettings.tags(alarm)
      return { name, arn, definition, service: tags[serviceTag] }
    }),
  )
}

type Taken = { target: Target; change: Extract<AlarmChange, { kind: 'taken' }> }

function takenBy(taken: readonly Taken[], service: string): LambdactlError {
  const [first] = taken
  const names = taken.map(
    ({ change: { name, by } }) =>
      `${name} (${by === undefined ? 'not made by lambdactl' : `of the service ${by}`})`,
  )
  const next = first
    ? [
        `To leave one to lambdactl, which then sets it as the file says: ${awsCommand(first.target, 'cloudwatch tag-resource', ['--resource-arn', first.change.arn, '--tags', `Key=${serviceTag},Value=${service}`])}`,
        'To keep it where it is, switch that alarm off in the file, as in alarms: {errors: false}, and name it in release.alarms.',
      ]
    : []
  const message = `Nothing was changed: these alarms exist already, and are not those of the service ${service}: ${names.join(', ')}.`
  return new LambdactlError('CONFLICT', message, { next })
}

/** Whether there is anything to change. */
export function hasChanges({ functions }: EnsurePlan): boolean {
  return functions.some(({ changes }) => changes.some(({ kind }) => kind !== 'same'))
}
