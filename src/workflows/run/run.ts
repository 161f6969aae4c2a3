import { LambdactlError } from '../../errors/error.ts'
import type { NamedConfig } from '../../errors/next-step.ts'
import { shellWord } from '../../errors/shell-word.ts'
import type { Tools } from '../../packaging/model/types.ts'
import type { Aws } from '../../ports/aws.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RunCommand } from '../../ports/commands.ts'
import type { Commands } from '../../release/decision/standing.ts'
import type { ReleaseEvent, Stage } from '../../release/history/event.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { Actor } from '../../release/values/actor.ts'

/** The dependencies of a workflow: AWS, time, programs, the user's interrupt, and the receiver of events. */
export interface Run {
  aws: Aws
  clock: Clock
  runCommand: RunCommand
  /** As in `Tools`. */
  bundler?: Tools['bundler']
  /** Aborted by Ctrl-C, with an `OnInterrupt` as the reason. */
  signal: AbortSignal
  /** True while a person is asked about an interrupt: until the answer, no candidate gets more traffic. */
  isAsked?: () => boolean
  emit(event: ReleaseEvent): void
  /** Whether a person sees the versions' figures as they change; absent: nobody does, and none are read. */
  isWatched?(): boolean
  /** The configuration file, as advice names it. */
  config: NamedConfig
  /** The person or system for whom the process says that it acts; undefined for none. */
  actor?: Actor | undefined
}

/** The function and alias of a release. */
export interface Target {
  /** The name in `lambdactl.yaml`, which events carry. */
  function: string
  /** The environment of `lambdactl.yaml`; empty without that file. */
  environment: string
  /** The name in Lambda. */
  lambdaName: string
  alias: string
  /** Present for a function that another tool makes; tells whether lambdactl gives its versions concurrency. */
  codeOnly?: { readonly provisions: boolean }
  /** The names in CloudWatch of the alarms that `alarms ensure` makes, by the names in the file; absent for none. */
  ensuredAlarms?: Readonly<Record<string, string>>
  /** The flags that named the place, ready for a shell; printed commands repeat them. */
  placeFlags?: readonly string[]
  /** The flags that name the place without a file. */
  wholePlaceFlags?: readonly string[]
  /** The AWS CLI for the same place. */
  awsCli?: () => AwsCli
  /** The other flags of a release, ready for a shell. */
  releaseFlags?: readonly string[]
}

/** The beginning and end of an AWS CLI command, ready for a shell: with its variables, and the flags of its place. */
export interface AwsCli {
  program: string
  flags: readonly string[]
}

/** Reports the work for a target from now on. */
export function begin(
  { emit }: Pick<Run, 'emit'>,
  { function: name }: Pick<Target, 'function'>,
  stage: Stage,
): void {
  emit({ function: name, event: 'stage', stage })
}

/** A command about a target, ready to copy and run: `lambdactl rollback checkout --env prod`. */
export function commandFor(target: Commanded, verb: string, ...more: string[]): string {
  const { function: name, environment, placeFlags = [] } = target
  const where = environment === '' ? [] : ['--env', environment]
  return ['lambdactl', verb, name, ...where, ...placeFlags, ...more].join(' ')
}

/**
 * The next step if a function or its alias does not exist yet.
 *
 * @param what the target, or the command that deploys several
 */
export function deployFirst(what: Commanded | string): string {
  return `Deploy it first: ${typeof what === 'string' ? what : commandFor(what, 'deploy')}`
}

/**
 * A command of the AWS CLI at the target's place, ready for a shell.
 *
 * @param operation as in `lambda get-function`
 */
export function awsCommand(target: Target, operation: string, words: readonly string[]): string {
  const { program, flags } = target.awsCli?.() ?? { program: 'aws', flags: [] }
  return [program, operation, ...words.map(shellWord), ...flags].join(' ')
}

/** The release's own command line, with more flags. */
export function sameCommand(target: Target, { strategy }: Pick<Plan, 'strategy'>, ...more: string[]): string {
  const verb = strategy === 'all-at-once' ? 'deploy' : 'canary'
  return commandFor(target, verb, ...more, ...(target.releaseFlags ?? []))
}

/** The parts of a target that its commands name. */
type Commanded = Pick<Target, 'function' | 'environment' | 'placeFlags'>

/** The commands that an explanation of a target's alias advises. */
export function commandsFor(target: Target): Commands {
  return {
    approve: commandFor(target, 'canary approve'),
    deploy: commandFor(target, 'deploy'),
    errors: commandFor(target, 'logs errors'),
    resume: commandFor(target, 'canary resume'),
    rollback: commandFor(target, 'rollback'),
  }
}

/**
 * Does work that may be abandoned at any point, and stops waiting for it when the user interrupts. After that no work
 * begins.
 *
 * @throws LambdactlError INTERRUPTED
 */
export async function interruptible<Result>(
  signal: AbortSignal,
  work: () => Promise<Result>,
  failure: () => LambdactlError = interrupted,
): Promise<Result> {
  if (signal.aborted) throw failure()
  const { promise, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(failure())
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work(), promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** The error for an interrupt before any traffic moved. */
export function interrupted(): LambdactlError {
  return new LambdactlError('INTERRUPTED', 'Interrupted before any traffic moved: the alias did not change.')
}
