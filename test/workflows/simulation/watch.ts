import type { ErrorCode } from '../../../src/errors/codes.ts'
import { asLambdactlError, isCode, LambdactlError } from '../../../src/errors/error.ts'
import { bakes, type Plan } from '../../../src/release/plan/plan.ts'
import { movedSince } from '../../../src/release/values/moved.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import {
  inProgress,
  type Phase,
  parseRecord,
  type ReleaseRecord,
  waitsForPerson,
} from '../../../src/release/values/record.ts'
import { isSameAlias } from '../../../src/release/values/same-alias.ts'
import type { Cloud } from './cloud.ts'
import { isVerb, type Process } from './process.ts'
import { wrongsOfRollback } from './rollbacks.ts'
import { failed, shareOf } from './rules.ts'
import { wrongsBeside } from './wrongs-beside.ts'
import { wrongsOfHooks, wrongsOfHooksAtEnd } from './wrongs-of-hooks.ts'
import { wrongsOfCold, wrongsOfTime } from './wrongs-of-surroundings.ts'

/** Sees every change of a life as it takes effect, and says what must not be. */
export interface Watch {
  /** The wrongs so far; empty when there are none. */
  wrongs: string[]
  /** Somebody moved the alias by hand, and no person's verb has asked for it since. */
  foreign: boolean
  /** Somebody moved it, perhaps to where lambdactl had put it: nobody can tell that from its own place. */
  movedTo(alias: AliasState | undefined): void
  /** The phases that each release reached, by its id. */
  reached: Map<string, Set<Phase>>
  wrote(process: Process, before: AliasState | undefined, after: AliasState): void
  ended(process: Process, alias: AliasState | undefined, outcome: string, failure: unknown): void
}

/**
 * @param plans by release
 * @param now true time
 * @param isWarm whether all environments of a version are ready
 */
export function watch(
  plans: ReadonlyMap<string, Plan>,
  now: () => number,
  { journal, missing }: Pick<Cloud, 'journal' | 'missing'>,
  isWarm: (version: string) => boolean,
): Watch {
  /** When the alias came to where it is. */
  let entered = Number.NEGATIVE_INFINITY
  let put: AliasState | undefined
  const made: Watch = {
    wrongs: [],
    foreign: false,
    movedTo(alias) {
      made.foreign = !(alias && put && isSameAlias(alias, put))
    },
    reached: new Map(),
    wrote(process, before, after) {
      const record = parseRecord(after.description)
      const wrongs = record
        ? [
            ...wrongsOfState(after, record, made.foreign && process.kind === 'hold', {
              plan: plans.get(record.id),
              missing,
            }),
            ...(process.isDeaf ? [] : wrongsOfTime(process, before, after, record, now())),
            ...wrongsOfRollback(process, before),
            ...(isVerb(process)
              ? []
              : wrongsOfEngine(process, before, after, record, { foreign: made.foreign, missing })),
            ...(isVerb(process) ? [] : wrongsBeside(process, before, after, record)),
            ...(isVerb(process)
              ? []
              : wrongsOfHooks(process, before, after, record, journal.get(record.id) ?? [], entered)),
            ...(isVerb(process) ? [] : wrongsOfCold(process, before, after, isWarm)),
          ]
        : [`wrote a Description that is no record: ${after.description}`]
      made.wrongs.push(...wrongs.map((wrong) => `${process.name}: ${wrong}`))
      if (record) reach(made.reached, record)
      if (process.kind !== 'hold') made.foreign = false
      process.failing = false
      process.looksSinceFailure = undefined
      if (record?.phase === 'rolled-back') process.rolledBack = true
      entered = now()
      put = after
      process.updates += 1
      if (process.look) process.look = undefined
      process.beside = undefined
    },
    ended(process, alias, outcome, failure) {
      const wrongs =
        failure === undefined
          ? wrongsOfSuccess(process, made, outcome)
          : wrongsOfFailure(process, failure, alias)
      if (!isVerb(process)) wrongs.push(...wrongsOfHooksAtEnd(process, failure))
      if (!isVerb(process)) wrongs.push(...wrongsOfFailing(process, alias, failure, made.foreign))
      made.wrongs.push(...wrongs.map((wrong) => `${process.name}: ${wrong}`))
    },
  }
  return made
}

function reach(reached: Watch['reached'], { id, phase }: ReleaseRecord): void {
  const phases = reached.get(id) ?? new Set()
  reached.set(id, phases.add(phase))
}

/** Whatever writes it, the alias is where its record says, and an ended release leaves no weights. */
function wrongsOfState(
  alias: AliasState,
  record: ReleaseRecord,
  mayBeMoved: boolean,
  { plan, missing }: { plan: Plan | undefined; missing: ReadonlySet<string> },
): string[] {
  const { version, weight, description } = alias
  const step = plan?.steps[record.step - 1]
  const rules: [boolean, string][] = [
    [
      !/<|HTML|token|answer is not/.test(record.reason ?? ''),
      `has a proxy's words on record: ${record.reason}`,
    ],
    [description.length <= 256, 'wrote a Description that is too long'],
    [inProgress(record) || weight === undefined, `left weights when it was ${record.phase}`],
    [mayBeMoved || !movedSince(alias, record), `wrote a record (${record.phase}) that is not where it says`],
    [
      mayBeMoved || weight === undefined || weight.percent === step?.percent,
      `wrote ${weight?.percent}%, which is not what step ${record.step} says`,
    ],
    [!waitsForPerson(record) || record.reason !== undefined, `${record.phase} without a reason`],
    [
      !plan || missing.size > 0 || isRightlyHeld(record, plan),
      `wrote the wrong way back: ${record.held.join(' ')}`,
    ],
    [record.phase !== 'done' || version === record.candidate, `is done on ${version}`],
  ]
  return failed(rules)
}

function isRightlyHeld({ held, phase }: ReleaseRecord, plan: Plan): boolean {
  const before = plan.held.slice(0, 5)
  const right = phase === 'done' ? [plan.candidate, ...before].slice(0, 5) : before
  return held.join() === right.join()
}

function wrongsOfEngine(
  process: Process,
  before: AliasState | undefined,
  after: AliasState,
  record: ReleaseRecord,
  { foreign, missing }: { foreign: boolean; missing: ReadonlySet<string> },
): string[] {
  const { plan, look } = process
  if (!plan) return ['moved an alias without a plan']
  const last = before && parseRecord(before.description)
  const begins = last?.id !== plan.id
  const had = shareOf(before, plan.candidate)
  const has = shareOf(after, plan.candidate)
  const from = begins ? 0 : (last?.step ?? 0)
  const nextShare = plan.steps[from]?.percent ?? 100
  // The look that only ends a release without a bake needs no data of an alarm.
  const isLast = last?.phase === 'baking' && !bakes(plan) && look?.alarms !== 'fail'
  const isPassed = look?.alias === 'read' && (look.alarms === 'pass' || isLast)
  const step = plan.steps[from - 1]
  const isStep = last?.phase === 'shifting' && step !== undefined
  const held = last?.phase === 'baking' ? plan.bakeMs : isStep ? step.holdMs : 0
  const movesOn = !begins && (has > had || record.phase === 'done')
  const wayBack = plan.held.find((version) => !missing.has(version))
  const rules: [boolean, string][] = [
    [record.id === plan.id, `wrote the record of ${record.id}`],
    [
      begins ? process.kind === 'release' && process.updates === 0 : !foreign,
      "overwrote somebody else's change",
    ],
    [has <= had || has <= nextShare, `gave the candidate ${has}% after ${had}%, more than its next step`],
    [!movesOn || !process.sentAsked, 'moved on while a person was asked how to'],
    [!movesOn || isPassed, `moved on without a look that passed: ${JSON.stringify(look)}`],
    [!movesOn || !last || !waitsForPerson(last), 'moved on from a pause that nobody ended'],
    [!movesOn || !isStep || !step.approval, 'moved on without the approval that its step asks for'],
    [
      !movesOn || !isStep || (look?.invocations ?? 0) >= (step.invocations ?? 0),
      `moved on after ${look?.invocations} of ${step?.invocations} invocations`,
    ],
    [
      record.phase !== 'awaiting-approval' || (isStep && step.approval === true && isPassed),
      'asked for an approval that was not due',
    ],
    [!movesOn || (look?.clock ?? 0) >= (last?.since ?? 0) + held, 'moved on before its step was over'],
    [
      !process.failing || begins || (record.phase === 'rolled-back' && after.version === wayBack),
      `did not roll back after a gate had failed, but was ${record.phase}`,
    ],
    [
      process.failing || !blamesAlarm(record),
      `rolled back by an alarm that did not count: ${record.reason?.slice(0, 60)}`,
    ],
    [last?.id !== plan.id || inProgress(last), `changed a release that was ${last?.phase} already`],
  ]
  return failed(rules)
}

function blamesAlarm({ phase, reason = '' }: ReleaseRecord): boolean {
  return phase === 'rolled-back' && /^alarm \w+ (?:is in ALARM|has no data)/.test(reason)
}

function wrongsOfSuccess({ kind, plan, name }: Process, { reached }: Watch, outcome: string): string[] {
  if (kind !== 'release' || !plan) return []
  const phases = reached.get(plan.id)
  return failed([
    [phases !== undefined, `${name} said that it went well, and nothing moved`],
    [outcome !== 'released' || phases?.has('done') === true, `${name} said that it released, and never did`],
  ])
}

/** The ways in which following a release ends. */
const followed: readonly ErrorCode[] = ['ROLLED_BACK', 'PAUSED', 'INTERRUPTED', 'CONFLICT', 'ROLLBACK_FAILED']
/** The errors that may come before anything was changed, or to a person who asks for one change. */
const said: readonly ErrorCode[] = [
  'AWS_UNAVAILABLE',
  'UNREACHABLE',
  'NOT_AUTHENTICATED',
  'NOT_PERMITTED',
  'AWS_REFUSED',
  'PREFLIGHT_FAILED',
  'NOT_FOUND',
  'CONFLICT',
  'ROLLBACK_FAILED',
  'INTERRUPTED',
  'UPDATE_FAILED',
  'BUG',
]

function wrongsOfFailure(process: Process, failure: unknown, alias: AliasState | undefined): string[] {
  const { kind, plan, updates, answered, hasFailed, hooks } = process
  const { code, message } = asLambdactlError(failure)
  const follows = kind === 'resume' ? plan !== undefined : updates > 0
  const allowed =
    !isVerb(process) && follows && plan?.stable !== undefined ? followed : [...said, ...followed]
  const rules: [boolean, string][] = [
    // An error that keeps a release from being carried on is told once the release was taken back.
    [allowed.includes(code) || hasEnded(alias, plan), `ended with ${code}: ${message}`],
    [
      !follows || isVerb(process) || failure instanceof LambdactlError,
      `threw what is no LambdactlError: ${message}`,
    ],
    [
      code !== 'ROLLED_BACK' ||
        hasFailed ||
        hooks.some(({ outcome }) => outcome === 'fail') ||
        // Somebody else put it back.
        !message.startsWith('Alias '),
      `exits as by a gate, and none has failed: ${message}`,
    ],
    [!isVerb(process) || !answered, `was told that its change was made, and failed with ${code}: ${message}`],
  ]
  return failed(rules)
}

/** Of this release, nothing is left that somebody would have to watch. */
function hasEnded(alias: AliasState | undefined, plan: Plan | undefined): boolean {
  const record = parseRecord(alias?.description ?? '')
  return record?.id !== plan?.id || !inProgress(record)
}

/** A process that knows of a failed gate does not leave the release in progress, unless it says that it had to. */
function wrongsOfFailing(
  { failing, plan, dead }: Process,
  alias: AliasState | undefined,
  failure: unknown,
  foreign: boolean,
): string[] {
  if (isCode(failure, 'ROLLBACK_FAILED')) return []
  const record = alias && parseRecord(alias.description)
  const isOurs = plan !== undefined && record?.id === plan.id && inProgress(record) && !foreign
  return failing && !dead && isOurs ? ['left a release whose gate it knew to fail'] : []
}
