import { LambdactlError } from '../../errors/error.ts'
import { sentence } from '../../errors/sentence.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { ReleaseResult } from '../run/release-options.ts'
import { commandFor, type Target } from '../run/run.ts'
import type { Ended } from './ended.ts'

/** Whose end it is. */
interface Ending {
  target: Target
  plan: Plan
}

/**
 * Turns the end of a release into its result: the one place that says which error an end is, and what to do next.
 *
 * @throws LambdactlError ROLLED_BACK, PAUSED, INTERRUPTED, CONFLICT, ROLLBACK_FAILED; any other code for what kept the
 * release from being carried on
 */
export function resultOf({ target, plan }: Ending, ended: Ended): ReleaseResult {
  const result = { function: target.function, version: plan.candidate, previous: plan.stable }
  switch (ended.how) {
    case 'done':
      return { ...result, outcome: 'released' }
    case 'waiting':
      return { ...result, outcome: 'waiting', next: ended.next }
    case 'paused':
      throw paused(target, ended)
    case 'rolled-back':
      throw rolledBack(target, plan, ended)
    case 'taken-back':
      throw takenBack(target, ended)
    case 'rolled-back-elsewhere':
      throw rolledBackElsewhere(target, ended)
    case 'left':
      throw left(target, ended)
    case 'unused':
      throw unused(plan)
    case 'failed':
      throw ended.error
  }
}

type EndedBy<How extends Ended['how']> = Extract<Ended, { how: How }>

function paused(target: Target, { awaitsApproval, reason, byInterrupt }: EndedBy<'paused'>): LambdactlError {
  const how = awaitsApproval ? 'awaits approval' : 'is paused'
  const howOn = awaitsApproval ? 'Let it go on' : 'Let its step, or its bake, begin again'
  const what = `The release of ${target.alias} of ${target.lambdaName} ${how}: ${sentence(reason)}`
  return new LambdactlError(byInterrupt ? 'INTERRUPTED' : 'PAUSED', what, {
    next: [
      seeHowItStands(target),
      `${howOn}: ${commandFor(target, 'canary approve')}`,
      `Or do so, and carry it on from here: ${commandFor(target, 'canary resume', '--approve')}`,
      `Give it everything, whatever its steps have yet to show: ${commandFor(target, 'canary promote')}`,
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
  const logs = commandFor(target, 'logs tail', '--version', candidate, '--since', '10m', '--no-follow')
  return new LambdactlError('ROLLED_BACK', what, { next: [`See why: ${logs}`] })
}

/** No gate had to do with it, so it is told, and exits, as what it failed with. */
function takenBack(target: Target, { version, failure }: EndedBy<'taken-back'>): LambdactlError {
  const { code, message, next } = failure
  const what = `${backOn(target, version)}, since its release could not be carried on. ${message}`
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
  return new LambdactlError('ROLLED_BACK', what, { next: [seeHowItStands(target)] })
}

function left(target: Target, { reason }: EndedBy<'left'>): LambdactlError {
  const what = `The release stopped, and left the alias alone: ${reason}.`
  return new LambdactlError('CONFLICT', what, { next: [seeHowItStands(target)] })
}

function unused({ candidate }: Plan): LambdactlError {
  const what = `Version ${candidate} got no traffic, since another function of the command failed.`
  return new LambdactlError('PREFLIGHT_FAILED', what, {
    next: ['Put right what failed, then run the command again.'],
  })
}

function seeHowItStands(target: Target): string {
  return `See how it stands: ${commandFor(target, 'status')}`
}
