import { asLambdactlError } from '../../../src/errors/error.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'
import { planConcurrency } from '../../../src/release/plan/provisioned.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import { inProgress, parseRecord } from '../../../src/release/values/record.ts'
import { failed } from '../../../src/workflows/ending/ended.ts'
import { resultOf } from '../../../src/workflows/ending/result-of.ts'
import { warmVersions } from '../../../src/workflows/provisioned/warm-candidate.ts'
import { type Resuming, resume } from '../../../src/workflows/resume.ts'
import { rollBack } from '../../../src/workflows/roll-back.ts'
import { releaseIdleAfter } from '../../../src/workflows/rollout/release-idle-concurrency.ts'
import type { ReleaseResult } from '../../../src/workflows/run/release-result.ts'
import type { Run } from '../../../src/workflows/run/run.ts'
import { type SteeringVerb, steerRelease } from '../../../src/workflows/steer-release.ts'
import { rollOut } from '../canary.ts'
import { target } from '../world.ts'
import { randomCommands } from './hooks.ts'
import { type Process, type Surroundings, startProcess } from './process.ts'
import { perhapsPast, randomPlan } from './scenario.ts'
import { randomSkew } from './wall.ts'
import type { Watch } from './watch.ts'

/** A life, and who is in it. */
export interface Life extends Surroundings {
  plans: Map<string, Plan>
  watch: Watch
  processes: Process[]
  /** How each process ended, by name. */
  outcomes: Map<string, string>
  nextVersion: number
  /** When the last tick said that something is due next. */
  nextDue: number
}

/** Those that still work. */
export function alive({ processes, outcomes }: Life): Process[] {
  return processes.filter(({ name, dead }) => !dead && !outcomes.has(name))
}

function newProcess(life: Life, kind: Process['kind'], plan?: Plan): Process {
  const { dice: chance, time, weather } = life
  const isCalm = time.now() >= weather.clearsAt
  const process = startProcess(life, {
    name: String.fromCodePoint(65 + life.processes.length),
    kind,
    plan,
    skewMs: randomSkew(chance),
    isDeaf: !isCalm && chance.chance(0.02),
    diesAt:
      !isCalm && chance.chance(kind === 'release' || kind === 'resume' ? 0.35 : 0.05)
        ? chance.between(1, 60)
        : 0,
  })
  life.processes.push(process)
  return process
}

/** Runs a workflow in a process, and has its end judged. */
async function carryOut(life: Life, process: Process, work: () => Promise<string>): Promise<void> {
  let failure: unknown
  let outcome: string
  try {
    outcome = await work()
  } catch (error) {
    failure = error
    outcome = asLambdactlError(error).code
  }
  if (process.dead) return
  life.outcomes.set(process.name, outcome)
  life.tell(process, () => `ends: ${outcome}${failure instanceof Error ? `, ${failure.message}` : ''}`)
  life.watch.ended(process, life.cloud.alias(), outcome, failure)
  process.over.resolve()
}

/** Runs it until it ends or dies. */
async function until(life: Life, process: Process, work: () => Promise<string>): Promise<string> {
  void carryOut(life, process, work)
  await process.over.promise
  return life.outcomes.get(process.name) ?? 'died'
}

function randomFollowing({ dice: chance }: Life, process: Process, watches: boolean): Resuming {
  process.commands = randomCommands(chance)
  return { watch: watches, hooks: process.commands }
}

export function startFirst(life: Life): Promise<string> {
  const plan = life.plans.get('aaa') as Plan
  const process = newProcess(life, 'release', plan)
  const alias = life.cloud.alias()
  const following = randomFollowing(life, process, life.dice.chance(0.8))
  return until(life, process, async () => {
    // Between the read and the first shift lie a package and its proof.
    if (life.dice.chance(0.2)) await process.run.clock.sleep(life.dice.between(0, 5000))
    return (await beginWarm(process.run, plan, alias, following)).outcome
  })
}

/** Takes a plan in, with the alarms as they are now. */
export function planned({ dice: chance, time, cloud: aws, plans, begunAt, tool }: Life, bare: Plan): Plan {
  const past = perhapsPast(chance, bare, aws.alarms(bare.alarms))
  const plan = tool ? { ...past, beside: tool.beside() } : past
  plans.set(plan.id, plan)
  begunAt.set(plan.id, time.now())
  return plan
}

/** As a release does between its packaging and its end. */
async function beginWarm(
  run: Run,
  plan: Plan,
  alias: AliasState | undefined,
  following: Resuming,
): Promise<ReleaseResult> {
  const release = { run, target, plan }
  const begin = async () => rollOut(release, await warmVersions(release, alias), following)
  const ended = await begin().catch(failed)
  await releaseIdleAfter(release, ended)
  return resultOf(release, ended)
}

/** Another release, begun from what the alias is now if it is free. */
export async function startRelease(life: Life): Promise<string> {
  const alias = life.cloud.alias()
  if (alias?.weight || inProgress(parseRecord(alias?.description ?? ''))) return 'refused'
  if (life.tool && !life.tool.state(undefined)) return 'refused'
  const id = `b${life.nextVersion}`
  life.cloud.missing.delete(String(life.nextVersion))
  const provisioned = planConcurrency(life.cloud.provisioned.list(), alias, undefined)
  const plan = planned(life, {
    ...randomPlan(life.dice, id, String(life.nextVersion), alias),
    ...(provisioned ? { provisioned } : {}),
  })
  life.nextVersion += 1
  const process = newProcess(life, 'release', plan)
  const following = randomFollowing(life, process, true)
  return until(life, process, async () => {
    if (life.dice.chance(0.5)) await process.run.clock.sleep(life.dice.between(0, 10_000))
    return (await beginWarm(process.run, plan, alias, following)).outcome
  })
}

/** Something that carries the release on. */
export function startResume(life: Life, watches: boolean): Promise<string> {
  const process = newProcess(life, 'resume')
  const following = randomFollowing(life, process, watches)
  return until(life, process, async () => {
    const { outcome, next } = await resume(process.run, target, following)
    if (next !== undefined) life.nextDue = next
    return outcome
  })
}

const verbs: readonly (SteeringVerb | 'rollback')[] = [
  'approve',
  'approve',
  'pause',
  'promote',
  'step',
  'abort',
  'rollback',
]

/** @param to for a rollback to this version; undefined: by chance */
export function startVerb(life: Life, verb = life.dice.pick(verbs), to?: string): Promise<string> {
  const process = newProcess(life, verb === 'pause' || verb === 'approve' ? 'hold' : 'verb')
  life.tell(process, () => `begins: ${verb}`)
  return until(life, process, async () => {
    if (verb === 'rollback') {
      const options = to === undefined ? life.dice.pick([{}, {}, {}, { again: true }, { to: '2' }]) : { to }
      process.isPlainRollback = Object.keys(options).length === 0
      return (await rollBack(process.run, target, { ...options, reason: 'by hand' })).outcome
    }
    const { changed } = await steerRelease(process.run, target, {
      verb,
      reason: life.dice.pick([undefined, 'lunch 🍜']),
    })
    return changed ? verb : 'unchanged'
  })
}
