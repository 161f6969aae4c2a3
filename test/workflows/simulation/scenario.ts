import type { Plan, Step } from '../../../src/release/plan/plan.ts'
import type { AlarmCondition, AlarmState, AliasState } from '../../../src/release/values/observed.ts'
import { formatRecord, parseRecord } from '../../../src/release/values/record.ts'
import { start } from '../world.ts'
import type { Dice } from './dice.ts'
import { randomHooks } from './hooks.ts'

/** An alarm's conditions, each from a time on, counted from the start; undefined: it does not exist. */
export type Script = readonly { after: number; condition: AlarmCondition | undefined; reason: string }[]

const holds = [1000, 2500, 5000, 5000, 10_000, 20_000, 60_000] as const

/** A random plan for the candidate, from the alias as it is, as a release makes one. */
export function randomPlan(dice: Dice, id: string, candidate: string, alias: AliasState | undefined): Plan {
  const before = parseRecord(alias?.description ?? '')?.held ?? []
  const alarms = dice.chance(0.1) ? [] : dice.chance(0.3) ? ['errors', 'latency'] : ['errors']
  const steps = alias && dice.chance(0.75) ? randomSteps(dice) : []
  return {
    id,
    strategy: steps.length > 0 ? dice.pick(['canary', 'linear']) : 'all-at-once',
    candidate,
    stable: alias?.version,
    held: alias ? [alias.version, ...before.filter((version) => version !== alias.version)] : [],
    steps,
    bakeMs: alias && alarms.length > 0 && dice.chance(0.7) ? dice.pick(holds) : 0,
    alarms: alias ? alarms : [],
    ...(dice.chance(0.3) ? { insufficientData: dice.pick(['inconclusive', 'pass', 'fail'] as const) } : {}),
    ...randomHooks(dice, !alias),
  }
}

/**
 * The plan of a release that may go past its gates, as people do when an alarm fires already.
 *
 * @param alarms as they are when it begins
 */
export function perhapsPast(dice: Dice, plan: Plan, alarms: readonly AlarmState[]): Plan {
  const firing = alarms.filter((alarm) => failsAlone(alarm, plan))
  if (plan.stable === undefined || !dice.chance(firing.length > 0 ? 0.8 : 0.05)) return plan
  const excused = firing.map(({ name, since }) => ({ alarm: name, since }))
  return { ...plan, breakglass: { reason: dice.pick(['incident 42', 'now | or\nnever']), firing: excused } }
}

/** Whether an alarm fails a release, had that not gone past it. */
export function failsAlone({ condition }: AlarmState, { insufficientData }: Plan): boolean {
  return condition === 'ALARM' || (condition === 'INSUFFICIENT_DATA' && insufficientData === 'fail')
}

/** One to four, in hundredths of percent. */
function randomSteps(dice: Dice): Step[] {
  const count = dice.between(1, 4)
  const hundredths = new Set(Array.from({ length: count }, () => dice.between(1, 9999)))
  return [...hundredths]
    .toSorted((a, b) => a - b)
    .map((share) => ({
      percent: share / 100,
      holdMs: dice.chance(0.02) ? 0 : dice.pick(holds),
      ...(dice.chance(0.1) ? { approval: true } : {}),
      ...(dice.chance(0.1) ? { invocations: dice.pick([1, 100, 1000]) } : {}),
    }))
}

/** The alias before everything: usually one that a release left, or one that knows of none; rarely none. */
export function randomAlias(dice: Dice): Omit<AliasState, 'revisionId'> | undefined {
  if (dice.chance(0.03)) return undefined
  const alias = { name: 'live', version: '9' }
  if (dice.chance(0.3)) return { ...alias, description: dice.pick(['', 'Production. Do not touch.']) }
  const held = ['9', '7', '6', '4', '2'].slice(0, dice.between(1, 5))
  const description = formatRecord({
    id: 'before',
    strategy: 'canary',
    phase: 'done',
    step: 2,
    steps: 2,
    candidate: '9',
    held,
    since: start - 1e6,
  })
  return { ...alias, description }
}

const moods: readonly (readonly (AlarmCondition | undefined)[])[] = [
  ['OK'],
  ['OK'],
  ['OK', 'OK', 'OK', 'OK', 'ALARM', 'INSUFFICIENT_DATA', undefined],
  ['OK', 'ALARM'],
  ['OK', 'INSUFFICIENT_DATA'],
]

const reasons = [
  'Threshold Crossed: 1 datapoint [7.0] was greater than the threshold (5.0).',
  'it\u0000is | so\n\n'.repeat(20),
  '🔥'.repeat(200),
  '',
]

/** A random script; one that flaps changes every few hundred milliseconds. */
export function randomScript(dice: Dice, lengthMs: number): Script {
  const mood = dice.pick(moods)
  const flaps = dice.chance(0.1)
  const count = mood.length === 1 ? 1 : dice.between(1, flaps ? 20 : 5)
  const longest = flaps ? 4000 : lengthMs
  const first = dice.chance(0.75) ? 'OK' : dice.pick([...mood, 'ALARM' as const])
  const rest = Array.from({ length: count }, () => ({
    after: dice.between(0, longest),
    condition: dice.pick(mood),
    reason: dice.pick(reasons),
  }))
  return [{ after: -1, condition: first, reason: 'it was so' }, ...rest].toSorted((a, b) => a.after - b.after)
}

/** A change of an alias by hand; a field that is not given stays, as in AWS. */
export function randomHand(dice: Dice, { version, description }: AliasState): Partial<AliasState> {
  const record = parseRecord(description)
  const candidate = record?.candidate ?? '8'
  // Where the last step is paused, the switch by hand looks as a paused bake does: that alone can't be told.
  const isLastPause = record?.phase === 'paused' && record.step === record.steps
  const change = dice.pick<Partial<AliasState> & { clear?: true }>([
    { version: '99' },
    { version: '99', clear: true },
    { version: record?.held[0] ?? version, clear: true },
    ...(isLastPause ? [] : [{ version: candidate, clear: true as const }]),
    { weight: { version: '98', percent: 5 } },
    ...(candidate === version ? [] : [{ weight: { version: candidate, percent: 33.333 } }]),
    {},
  ])
  const kept = dice.pick([undefined, undefined, '', 'moved by hand', description.slice(0, 40)])
  const { clear, ...moved } = change
  return {
    ...moved,
    ...(clear ? { weight: undefined } : {}),
    ...(kept === undefined ? {} : { description: kept }),
  } as Partial<AliasState>
}
