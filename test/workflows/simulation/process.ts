import { usualConfig } from '../../../src/errors/next-step.ts'
import type { ReleaseEvent } from '../../../src/release/history/event.ts'
import type { Hooks } from '../../../src/release/plan/hooks.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import type { Run } from '../../../src/workflows/run/run.ts'
import type { Cloud } from './cloud.ts'
import type { Dice } from './dice.ts'
import type { RanHook } from './hooks.ts'
import type { Look } from './looks.ts'
import type { OtherTool } from './other-tool.ts'
import { awsOf } from './process-aws.ts'
import { runHook } from './run-hook.ts'
import type { Timeline } from './timeline.ts'
import { hear, learning, randomLie, timeOf, type Walled } from './wall.ts'
import { fateOf, type Weather } from './weather.ts'

/** A lambdactl that runs somewhere, with a clock of its own. */
export interface Process extends Walled {
  name: string
  /** `hold` is a person's verb that leaves the alias where it is. */
  kind: 'release' | 'resume' | 'verb' | 'hold'
  run: Run
  /** A rollback that goes nowhere where a rollback was the last that happened. */
  isPlainRollback: boolean
  /** The release that it carries; known of a resumed one once it has read the plan. */
  plan: Plan | undefined
  look: Look | undefined
  /** The result of its last look at another tool's function since its last change, by the answers that it was given. */
  beside: 'pending' | 'same' | 'moved' | undefined
  /** It was told that a gate failed, and has not changed the alias since. */
  failing: boolean
  /** It was ever told so. */
  hasFailed: boolean
  /** It saw an alarm that its release went past. */
  excused: boolean
  /** It was told that a hook failed, and how often it has looked since. */
  looksSinceFailure: number | undefined
  /** Of its configuration. */
  commands: Hooks
  hooks: RanHook[]
  /** It rolled its release back. */
  rolledBack: boolean
  /** Its changes that took effect. */
  updates: number
  /** Its last change took effect, and it was told so. */
  answered: boolean
  /** A person is asked how to go on; whether one was when its last change was sent. */
  isAsked: boolean
  sentAsked: boolean
  dead: boolean
  /** Until when its laptop sleeps: true time. */
  asleepUntil: number
  /** Its how manieth effect it does not survive; 0 for none. */
  diesAt: number
  effects: number
  /** Resolves when it ended, in whatever way. */
  over: PromiseWithResolvers<void>
  interrupts: AbortController
}

/** Where processes live, and who is told of what they do. */
export interface Surroundings {
  dice: Dice
  time: Timeline
  weather: Weather
  cloud: Cloud
  /** Who else changes the function; undefined if it is lambdactl's own. */
  tool: OtherTool | undefined
  /** Somebody made a call that no simulated process makes. */
  strange: (call: string) => void
  /** When each release read its alarms first, by id: true time. */
  begunAt: Map<string, number>
  /** A change took effect. */
  wrote: (process: Process, before: AliasState | undefined, after: AliasState) => void
  /** For the story; the text is made only where somebody listens. */
  tell: (process: Process, text: () => string) => void
}

export function startProcess(
  around: Surroundings,
  about: Pick<Process, 'name' | 'kind' | 'plan' | 'skewMs' | 'isDeaf' | 'diesAt'>,
): Process {
  const interrupts = new AbortController()
  const { time } = around
  const process: Process = {
    ...about,
    isPlainRollback: false,
    time: learning(time, () => process),
    heard: 0,
    look: undefined,
    beside: undefined,
    failing: false,
    hasFailed: false,
    excused: false,
    looksSinceFailure: undefined,
    commands: {},
    hooks: [],
    rolledBack: false,
    updates: 0,
    answered: false,
    isAsked: false,
    sentAsked: false,
    dead: false,
    asleepUntil: 0,
    effects: 0,
    over: Promise.withResolvers(),
    interrupts,
    run: {
      aws: awsOf(
        around,
        () => process,
        (name, effect) => perform(around, process, name, effect),
      ),
      clock: {
        now: () => {
          const now = timeOf(time, process)
          if (process.look && now > process.look.clock) process.look.clock = now
          return now
        },
        elapsed: () => time.now(),
        sleep: (ms, signal) => sleep(around, process, ms, signal),
        realMs: (ms) => ms,
        pause: (ms, signal) => sleep(around, process, ms, signal),
      },
      runCommand: (command) =>
        runHook(around, process, command, (ms, signal) => wait(around, process, ms, signal)),
      signal: interrupts.signal,
      config: usualConfig,
      isAsked: () => process.isAsked,
      emit: (event) => emit(around, process, event),
    },
  }
  return process
}

/** It does nothing any more, and what it waits for never comes. */
export function die({ tell }: Surroundings, process: Process, how: string): void {
  if (process.dead) return
  process.dead = true
  tell(process, () => `dies: ${how}`)
  process.over.resolve()
}

function never(): Promise<never> {
  return new Promise(() => undefined)
}

/** True for what a person asks for, and false for what carries a release. */
export function isVerb({ kind }: Process): boolean {
  return kind === 'verb' || kind === 'hold'
}

/** Waits, and longer while the laptop sleeps. */
function wait({ time }: Surroundings, process: Process, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      const late = process.asleepUntil - time.now()
      if (late > 0) time.after(late, wake)
      else if (!process.dead) resolve()
    }
    signal?.addEventListener('abort', wake, { once: true })
    time.after(ms, wake)
  })
}

/** True when this is the effect that the process does not survive. */
function isLast(process: Process): boolean {
  process.effects += 1
  return process.effects === process.diesAt
}

async function perform<Answer>(
  around: Surroundings,
  process: Process,
  name: string,
  effect: () => Answer,
): Promise<Answer> {
  if (process.dead) return never()
  const { dice, time, weather, tell } = around
  time.count()
  around.tool?.meanwhile()
  const { before, after, error, takesEffect } = fateOf(dice, weather, name, time.now())
  const sentAt = time.now()
  const last = isLast(process)
  if (last && dice.chance(0.5)) {
    die(around, process, `before its ${name} took effect`)
    return never()
  }
  if (before > 0) await wait(around, process, before)
  const come = () => outcome(around, process, name, effect, error, takesEffect)
  if (error && !takesEffect) {
    tell(process, () => `${name} fails before it takes effect: ${error.message}`)
    if (after > 0) await wait(around, process, after)
    throw error
  }
  const toldAt = time.now()
  const { answer, refused } = come()
  if (last) {
    die(around, process, `after its ${name} took effect`)
    return never()
  }
  if (after > 0) await wait(around, process, after)
  if (error) throw error
  // A refusal is an answer too.
  hear(time, process, sentAt, toldAt, time.now() < weather.clearsAt ? randomLie(dice) : 0)
  if (refused) throw refused
  return answer as Answer
}

function outcome<Answer>(
  { tell }: Surroundings,
  process: Process,
  name: string,
  effect: () => Answer,
  error: Error | undefined,
  takesEffect: boolean | undefined,
): { answer?: Answer; refused?: Error } {
  try {
    const answer = effect()
    if (error && takesEffect) tell(process, () => `the answer of ${name} is lost: ${error.message}`)
    return { answer }
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown
    tell(process, () => `${name} is refused: ${thrown.message}`)
    return { refused: thrown }
  }
}

async function sleep(
  around: Surroundings,
  process: Process,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (process.dead) return never()
  const { dice, time, weather } = around
  time.count()
  if (isLast(process)) {
    die(around, process, 'in its sleep')
    return never()
  }
  if (signal?.aborted) return undefined
  const isDisturbed = time.now() < weather.clearsAt && weather.rate > 0 && dice.chance(weather.rate / 10)
  const oversleeps = isDisturbed ? dice.between(1000, 300_000) : 0
  return wait(around, process, ms + oversleeps, signal)
}

function emit(around: Surroundings, process: Process, event: ReleaseEvent): void {
  const { dice, time, weather, tell } = around
  if (process.dead) return
  tell(process, () => `tells: ${described(event)}`)
  if (isLast(process)) die(around, process, `as it tells that it ${event.event}`)
  const isTold = event.event === 'warning' || isVerb(process) || time.now() >= weather.clearsAt
  if (!isTold && weather.rate > 0 && dice.chance(weather.rate / 20)) {
    tell(process, () => 'that can not be told: boom')
    throw new Error('boom: nobody listens')
  }
  if (event.event === 'planned') process.plan = event.plan
  if (event.event === 'observed' && process.looksSinceFailure !== undefined) process.looksSinceFailure += 1
}

function described(event: ReleaseEvent): string {
  switch (event.event) {
    case 'observed':
      return `observed ${event.verdict.outcome} (${event.verdict.reason.slice(0, 60)})`
    case 'warning':
      return event.text
    case 'hook':
      return `hook ${event.hook} ${event.state}`
    case 'warming':
    case 'cooled':
      return `${event.event} ${event.version}`
    default:
      return event.event
  }
}
