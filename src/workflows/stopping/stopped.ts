import { isCode, LambdactlError } from '../../errors/error.ts'
import { type Stop, stopWords } from '../../operation/concurrency/stop.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { awsCommand, commandFor, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { findStop } from './stop-journal.ts'

/** A function that accepts no invocation, and the next steps, one sentence each. */
export interface Stopped {
  summary: string
  next: string
  /** Who stopped it by `concurrency stop`, when and why; absent if it was stopped in another way. */
  stop?: Stop
}

/**
 * Describes a function that is stopped by a reserved concurrency of 0: by whom, since when and why, if lambdactl stopped
 * it. Undefined for any other function; only for a stopped one AWS is called.
 */
export async function stoppedOf(
  run: Run,
  target: Target,
  { reserved }: { reserved?: number | undefined },
): Promise<Stopped | undefined> {
  if (reserved !== 0) return undefined
  const stop = await findStop(run, target)
  const how = 'its reserved concurrency is 0, so Lambda refuses every invocation'
  const next = startAgain(target, stop)
  if (stop === 'unread')
    return { summary: `stopped: ${how}; the record of who stopped it can't be read`, next }
  if (!stop) return { summary: `stopped by hand: ${how}`, next }
  return { summary: `${stopWords(stop)} (${lastOnRecord}; ${how})`, next, stop }
}

/** Lambda does not tell since when 0 is reserved: somebody may have ended that stop by hand, and another have stopped it again. */
const lastOnRecord = 'the last stop on record'

/**
 * Adds who stopped the function, and the command that starts it again, to the error of an invocation; returns other
 * errors unchanged.
 */
export async function explainStopped(run: Run, target: Target, error: unknown): Promise<unknown> {
  if (!isCode(error, 'STOPPED')) return error
  const { code, message, brief, cause } = error
  const stop = await findStop(run, target)
  const told = stop && stop !== 'unread' ? `${message} It was ${stopWords(stop)} (${lastOnRecord})` : message
  return new LambdactlError(code, told, { next: [startAgain(target, stop)], brief, cause })
}

/** Warns after a rollback that the function serves no traffic with any version. */
export async function warnOfStopped(run: Run, target: Target, state: FunctionState): Promise<void> {
  const stopped = await stoppedOf(run, target, state)
  if (!stopped) return
  const text = `${target.lambdaName} is ${stopped.summary}. ${stopped.next}`
  warn(run, target, text)
}

/** The next step that starts a function again; a record that can't be read now may still have what was there. */
export function startAgain(target: Target, stop: Stop | 'unread' | undefined): string {
  if (stop === 'unread')
    return `To start it again once the record can be read: ${commandFor(target, 'concurrency start')}`
  if (stop)
    return `To start it again, with the concurrency it had: ${commandFor(target, 'concurrency start')}`
  if (target.codeOnly) {
    const byHand = awsCommand(target, 'lambda delete-function-concurrency', [
      '--function-name',
      target.lambdaName,
    ])
    return `The tool that makes it sets its reserved concurrency. To start it again by hand: ${byHand}`
  }
  const start = commandFor(target, 'concurrency reserve', 'none')
  return `To start it again (a number in place of none limits its concurrent invocations): ${start}`
}
