import type { AlarmCheck } from '../../../gates/alarms/checks.ts'
import type { Plan } from '../../../release/plan/plan.ts'
import type { Check } from '../../../release/values/check.ts'
import { commandFor, type Run, sameCommand, type Target } from '../../run/run.ts'
import { makeAlarm, treatMissingData } from './command.ts'

/** The checks of alarms, with commands that solve their problems. */
export async function withRemedies(
  run: Run,
  target: Target,
  plan: Plan,
  checks: readonly AlarmCheck[],
): Promise<Check[]> {
  return Promise.all(
    checks.map(async ({ fault, ...check }) => {
      const next = fault ? await remedy(run, target, plan, fault) : []
      return next.length > 0 ? { ...check, next } : check
    }),
  )
}

async function remedy(
  run: Run,
  target: Target,
  plan: Plan,
  fault: NonNullable<AlarmCheck['fault']>,
): Promise<string[]> {
  switch (fault.kind) {
    case 'none':
      return threeWays(run, target, plan)
    case 'missing':
      if (isEnsured(target, fault.alarm)) return [`Make the alarm: ${commandFor(target, 'alarms ensure')}`]
      return [`Make the alarm: ${makeAlarm(target, fault.alarm)}`]
    case 'another': {
      const own = ownName(target, fault.alarm)
      return [
        `Make one for ${target.alias} of this function: ${makeAlarm(target, own)}`,
        `Then name ${own} in place of ${fault.alarm}, ${places(run, target, plan, own)}.`,
      ]
    }
    case 'no-data':
      return fromNoData(run, target, fault.alarm)
    case 'firing':
      return []
  }
}

function isEnsured({ ensuredAlarms = {} }: Target, name: string): boolean {
  return Object.values(ensuredAlarms).includes(name)
}

/** The ways on for a release without a gate: an alarm, a comparison, or breakglass, which each refusal mentions. */
function threeWays(run: Run, target: Target, plan: Plan): string[] {
  const short = Object.keys(target.ensuredAlarms ?? {})
  const name = short.length > 0 ? short.join(', ') : ownName(target)
  const isCanary = plan.strategy !== 'all-at-once'
  const release =
    isCanary && short.length === 0
      ? `or with alarms: [${name}] in ${settings(run, target)}: ${sameCommand(target, plan, '--alarm', name)}`
      : `with alarms: [${name}] in ${settings(run, target)}: ${sameCommand(target, plan)}`
  const make =
    short.length > 0
      ? `Make the alarms of the file: ${commandFor(target, 'alarms ensure')}`
      : `Make an alarm: ${makeAlarm(target, name)}`
  return [
    make,
    `Then release under it, ${release}`,
    `Or compare the two versions of a canary, with compare: true in ${settings(run, target)}: ${sameCommand(target, isCanary ? plan : { strategy: 'canary' })}`,
  ]
}

function places(run: Run, target: Target, { strategy }: Plan, name: string): string {
  const inFile = `in ${settings(run, target)}: alarms: [${name}]`
  return strategy === 'all-at-once' ? inFile : `with --alarm ${name} or ${inFile}`
}

function settings({ config }: Run, { function: name }: Target): string {
  return `functions.${name}.release of ${config.name}`
}

/** The name for an alarm of this alias alone, different from a taken one. */
function ownName({ lambdaName, alias }: Target, taken?: string): string {
  const name = `${lambdaName}-${alias}-errors`
  return name === taken ? `${name}-2` : name
}

/**
 * No command if missing data are no breach already: then the alarm has not been evaluated yet. None for an alarm that
 * fires below its threshold either: it would be silent without any data.
 */
async function fromNoData(run: Run, target: Target, name: string): Promise<string[]> {
  const inTool = 'TreatMissingData: notBreaching in the definition of the alarm'
  // A caller without permission to read it again gets only the property's name.
  const found = await run.aws.alarms.definition(name).catch(() => undefined)
  if (found?.missingData === 'notBreaching' || found?.comparison.startsWith('LessThan')) return []
  if (!found) return [`An alarm on errors has no data while nothing fails: set ${inTool}.`]
  return [
    `An alarm on errors has no data while nothing fails: set ${inTool}, or: ${treatMissingData(target, found)}`,
  ]
}
