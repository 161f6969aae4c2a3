import type { ErrorCode } from '../../errors/codes.ts'
import { LambdactlError } from '../../errors/error.ts'
import { sentence } from '../../errors/sentence.ts'
import type { Outcome } from '../../release/decision/outcome.ts'
import { standing } from '../../release/decision/standing.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { AliasState } from '../../release/values/observed.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'
import { commandFor, commandsFor, type Target } from '../run/run.ts'
import type { Ended } from './ended.ts'

// Decides which error the end of a release is, and its next steps; no other code does.

type EndedBy<How extends Ended['how']> = Extract<Ended, { how: How }>
type BadEnd = Exclude<Ended, { how: 'done' | 'waiting' }>

/** Returns the error for an end that is not the candidate's success. */
export function errorOfEnd(target: Target, plan: Plan, ended: BadEnd): LambdactlError {
  switch (ended.how) {
    case 'paused':
      return paused(target, ended)
    case 'rolled-back':
      return rolledBack(target, plan, ended)
    case 'taken-back':
      return takenBack(target, ended)
    case 'rolled-back-elsewhere':
      return rolledBackElsewhere(target, ended)
    case 'left':
      return left(target, ended)
    case 'unused':
      return unused(plan)
    case 'failed':
      return ended.error
  }
}

function paused(target: Target, { awaitsApproval, reason, byInterrupt }: EndedBy<'paused'>): LambdactlError {
  const how = awaitsApproval ? 'awaits approval' : 'is paused'
  const howOn = awaitsApproval ? 'Let it go on' : 'Start its step, or its bake, again'
  const what = `The release of ${target.alias} of ${target.lambdaName} ${how}: ${sentence(reason)}`
  return new LambdactlError(byInterrupt ? 'INTERRUPTED' : 'PAUSED', what, {
    next: [
      seeHowItStands(target),
      `${howOn}: ${commandFor(target, 'canary approve')}`,
      `Or start it again, and carry it on from here: ${commandFor(target, 'canary resume', '--approve')}`,
      `Give it all traffic now, without its remaining steps: ${commandFor(target, 'canary promote')}`,
      `End it: ${commandFor(target, 'canary abort')}`,
    ],
  })
}

function rolledBack(
  target: Target,
  { candidate }: Plan,
  { version, reason, byInterrupt }: EndedBy<'rolled-back'>,
): LambdactlError {
  const what = `${backOn(target, version)}: ${reason}.`
  if (byInterrupt) return new LambdactlError('INTERRUPTED', what)
  return new LambdactlError('ROLLED_BACK', what, {
    next: [seeFailures(target, candidate), `See all about it: ${commandFor(target, 'canary report')}`],
  })
}

/** No gate caused it, so its message and exit code are those of the failure. */
function takenBack(target: Target, { version, failure }: EndedBy<'taken-back'>): LambdactlError {
  const { code, message, next } = failure
  const what = `${backOn(target, version)}, since its release could not continue. ${message}`
  return new LambdactlError(code, what, { next: [...next, seeHowItStands(target)] })
}

function backOn({ alias, lambdaName }: Target, version: string): string {
  return `Alias ${alias} of ${lambdaName} is back on version ${version}`
}

function rolledBackElsewhere(
  target: Target,
  { alias, record }: EndedBy<'rolled-back-elsewhere'>,
): LambdactlError {
  const because = record.reason ? `: ${record.reason}` : ''
  const who = record.strategy === 'rollback' ? `Rollback ${record.id}` : 'Another process'
  const what = `${who} put alias ${target.alias} of ${target.lambdaName} back on version ${alias.version}${because}.`
  const isNumber = record.candidate !== '$LATEST'
  return new LambdactlError('ROLLED_BACK', what, {
    next: [seeHowItStands(target), ...(isNumber ? [seeFailures(target, record.candidate)] : [])],
  })
}

function seeFailures(target: Target, candidate: string): string {
  const errors = commandFor(target, 'logs errors', '--version', candidate, '--since', '1h')
  return `See the candidate's failures: ${errors}`
}

function left(target: Target, { reason }: EndedBy<'left'>): LambdactlError {
  const what = `The release stopped, and did not change the alias: ${reason}.`
  return new LambdactlError('CONFLICT', what, { next: [seeHowItStands(target)] })
}

function unused({ candidate }: Plan): LambdactlError {
  const what = `Version ${candidate} got no traffic, since another function of the command failed.`
  return new LambdactlError('PREFLIGHT_FAILED', what, {
    next: ['Correct the failure, then run the command again.'],
  })
}

/** The release is done, so the message begins with it; the exit code is that of the failure. */
export function withoutTriggers(
  { alias, lambdaName }: Target,
  { candidate }: Pick<Plan, 'candidate'>,
  { code, message, next }: LambdactlError,
): LambdactlError {
  const what = `Version ${candidate} has all traffic of ${alias} of ${lambdaName}, and its release is done; its triggers are not. ${message}`
  return new LambdactlError(code, what, { next })
}

type NotDone = Exclude<Outcome, 'done'>

/**
 * The error code for each outcome of a release that is not done. A release that goes on counts as paused: more is to
 * come.
 */
export const outcomeCodes: Record<NotDone, ErrorCode> = {
  'rolled-back': 'ROLLED_BACK',
  waiting: 'PAUSED',
  going: 'PAUSED',
  moved: 'CONFLICT',
}

const leads: Record<NotDone, string> = {
  'rolled-back': 'The release was rolled back: ',
  waiting: '',
  going: '',
  moved: 'The release no longer controls the alias: ',
}

/**
 * Returns the error for a release that is not done, by how its alias stands: for commands that did not carry it
 * themselves.
 */
export function errorOfOutcome(
  target: Target,
  alias: AliasState,
  record: ReleaseRecord | undefined,
  outcome: NotDone,
): LambdactlError {
  const { summary, next = [] } = standing(alias, record, commandsFor(target))
  return new LambdactlError(outcomeCodes[outcome], `${leads[outcome]}${summary}`, {
    release: record?.id,
    next: [
      seeHowItStands(target),
      ...(outcome === 'rolled-back' ? [`See why: ${commandFor(target, 'canary report')}`] : []),
      ...next,
    ],
  })
}

function seeHowItStands(target: Target): string {
  return `See its state: ${commandFor(target, 'status')}`
}
