import { isCode, LambdactlError } from '../../errors/error.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { awsCommand, commandFor, type Run, type Target } from './run.ts'
import { warn } from './warn.ts'

/** A function that accepts no invocation, and the next steps, one sentence each. */
export interface Stopped {
  summary: string
  next: string
}

/** Describes a function that is stopped by a reserved concurrency of 0. */
export function stoppedOf(
  target: Target,
  { reserved }: Pick<FunctionState, 'reserved'>,
): Stopped | undefined {
  if (reserved !== 0) return undefined
  return {
    summary: 'stopped by hand: its reserved concurrency is 0, so Lambda refuses every invocation',
    next: startAgain(target),
  }
}

/** Adds the command that starts the function again to the error of an invocation; returns other errors unchanged. */
export function explainStopped(target: Target, error: unknown): unknown {
  if (!isCode(error, 'STOPPED')) return error
  const { code, message, brief, cause } = error
  return new LambdactlError(code, message, { next: [startAgain(target)], brief, cause })
}

/** Warns after a rollback that the function serves no traffic with any version. */
export function warnOfStopped(run: Run, target: Target, state: FunctionState): void {
  const stopped = stoppedOf(target, state)
  if (!stopped) return
  const text = `${target.lambdaName} is ${stopped.summary}. ${stopped.next}`
  warn(run, target, text)
}

function startAgain(target: Target): string {
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
