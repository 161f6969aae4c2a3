import { LambdactlError } from '../../errors/error.ts'
import type { NamedConfig } from '../../errors/next-step.ts'
import type { Aws } from '../../ports/aws.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RunCommand } from '../../ports/commands.ts'
import type { Commands } from '../../release/decision/standing.ts'
import type { ReleaseEvent, Stage } from '../../release/history/event.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { Actor } from '../../release/values/actor.ts'

/** The means of a workflow: AWS, time, programs, the user's interrupt, and the place to tell what happens. */
export interface Run {
  aws: Aws
  clock: Clock
  runCommand: RunCommand
  /** Aborted by Ctrl-C, with an `OnInterrupt` as the reason. */
  signal: AbortSignal
  /** True while a person is asked what an interrupt is to do: until they have answered, no candidate gets more traffic. */
  isAsked?: () => boolean
  emit(event: ReleaseEvent): void
  /** Tells whether a person sees the figures of versions as they change; absent: nobody does, and none are read. */
  isWatched?(): boolean
  /** The configuration file, as advice names it. */
  config: NamedConfig
  /** Whom the process says that it acts for; undefined where it says nothing. */
  actor?: Actor | undefined
}

/** The function and alias that a release works on. */
export interface Target {
  /** The name in `lambdactl.yaml`, which events carry. */
  function: string
  /** The environment of `lambdactl.yaml`. */
  environment: string
  /** The name in Lambda. */
  lambdaName: string
  alias: string
  /** The flags by which a person said where to act, ready for a shell: what is printed as a command repeats them. */
  placeFlags?: readonly string[]
  /** The flags that name the place where no file does. */
  wholePlaceFlags?: readonly string[]
  /** The AWS CLI at the same place. */
  awsCli?: () => AwsCli
  /** The other flags of a release, ready for a shell. */
  releaseFlags?: readonly string[]
}

/** How a command of the AWS CLI begins and ends, ready for a shell: with the variables that it needs, and the flags of its place. */
export interface AwsCli {
  program: string
  flags: readonly string[]
}

/** Tells what is done for a target from now on. */
export function begin(
  { emit }: Pick<Run, 'emit'>,
  { function: name }: Pick<Target, 'function'>,
  stage: Stage,
): void {
  emit({ function: name, event: 'stage', stage })
}

/** A command line about a target that can be copied and run: `lambdactl rollback checkout --env prod`. */
export function commandFor(target: Commanded, verb: string, ...more: string[]): string {
  const { function: name, environment, placeFlags = [] } = target
  return ['lambdactl', verb, name, '--env', environment, ...placeFlags, ...more].join(' ')
}

/** The release's own command line, with more flags. */
export function sameCommand(target: Target, { strategy }: Pick<Plan, 'strategy'>, ...more: string[]): string {
  const verb = strategy === 'all-at-once' ? 'deploy' : 'canary'
  return commandFor(target, verb, ...more, ...(target.releaseFlags ?? []))
}

/** The part of a target that its commands name. */
type Commanded = Pick<Target, 'function' | 'environment' | 'placeFlags'>

/** The commands that an explanation of a target's alias advises. */
export function commandsFor(target: Target): Commands {
  return {
    approve: commandFor(target, 'canary approve'),
    deploy: commandFor(target, 'deploy'),
    resume: commandFor(target, 'canary resume'),
    rollback: commandFor(target, 'rollback'),
  }
}

/**
 * Does work that may be abandoned at any point, and stops waiting for it as soon as the user interrupts. After that no
 * work begins.
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

/** The error of an interrupt before any traffic moved. */
export function interrupted(): LambdactlError {
  return new LambdactlError('INTERRUPTED', 'Interrupted before any traffic moved: the alias is where it was.')
}
