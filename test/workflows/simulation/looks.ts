import type { Minute } from '../../../src/release/plan/comparison.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'
import type { AlarmState, AliasState, Verdict } from '../../../src/release/values/observed.ts'
import { failsAlone } from './scenario.ts'

/** The outcome of a process' look, by the answers that it was given: known apart from the engine's own verdict. */
export interface Look {
  alias: 'pending' | 'read' | 'trouble'
  alarms: 'pending' | 'trouble' | Verdict['outcome']
  /** Of the candidate, as far as it was counted. */
  invocations: number
  /** The latest that the process' own clock said since. */
  clock: number
}

/** The parts of a process that looks change. */
interface Looking {
  plan: Plan | undefined
  look: Look | undefined
  beside: unknown
  failing: boolean
  hasFailed: boolean
  /** It was told of an alarm that would have failed a release which had not gone past it. */
  excused: boolean
}

/** The engine reads the alias first, and the alarms in the same breath. */
export async function lookAtAlias(
  process: Looking,
  read: () => Promise<AliasState | undefined>,
): Promise<AliasState | undefined> {
  const look: Look = { alias: 'pending', alarms: 'pending', invocations: 0, clock: 0 }
  if (process.plan?.alarms.length === 0) look.alarms = 'pass'
  process.look = look
  process.beside = undefined
  try {
    const alias = await read()
    look.alias = 'read'
    return alias
  } catch (error) {
    look.alias = 'trouble'
    throw error
  }
}

/** @param begunAt when each release read its alarms first, by id */
export async function lookAtAlarms(
  process: Looking,
  names: readonly string[],
  begunAt: ReadonlyMap<string, number>,
  read: () => Promise<AlarmState[]>,
): Promise<AlarmState[]> {
  const { look, plan } = process
  if (!look || !plan) return read()
  look.alarms = 'trouble'
  const alarms = await read()
  const failing = alarms.filter((alarm) => failsAlone(alarm, plan))
  // An alarm from before a release that went past it is not the candidate's doing; any later one may be.
  const excused = failing.filter(({ since }) => plan.breakglass && since <= (begunAt.get(plan.id) ?? 0))
  if (excused.length > 0) process.excused = true
  look.alarms = meaningOf(names, alarms, plan, failing.length > excused.length)
  if (look.alarms === 'fail') process.failing = process.hasFailed = true
  return alarms
}

/** Counts what the candidate had, by the answer that was given. */
export async function lookAtInvocations({ look }: Looking, read: () => Promise<Minute[]>): Promise<Minute[]> {
  const minutes = await read()
  if (look)
    look.invocations = minutes.map(({ candidate }) => candidate.invocations).reduce((a, b) => a + b, 0)
  return minutes
}

function meaningOf(
  names: readonly string[],
  alarms: readonly AlarmState[],
  { insufficientData }: Plan,
  fails: boolean,
): Verdict['outcome'] {
  if (fails) return 'fail'
  const holds = insufficientData === undefined || insufficientData === 'inconclusive'
  const lacksData = alarms.some(({ condition }) => condition === 'INSUFFICIENT_DATA')
  return alarms.length < names.length || (lacksData && holds) ? 'inconclusive' : 'pass'
}
