import type { ErrorCode } from '../../errors/codes.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { Asked } from '../../sandbox/own/ask-sandbox.ts'
import type { FoundKey } from '../sandbox-key/key-file.ts'
import { chooseRunning, type WantedSandbox } from './choose-running.ts'

interface Refusal {
  error: { code: ErrorCode; message: string; next: string[] }
}

/**
 * The sandbox of this user at a port, or the only one.
 *
 * @throws LambdactlError NOT_FOUND if none runs, USAGE if there are several
 */
export function requireRunning(wanted: WantedSandbox): FoundKey {
  const { port } = wanted
  const found = chooseRunning(wanted)
  if (found) return found
  const where = port === undefined ? 'is running' : `is running at port ${port}`
  throw new LambdactlError('NOT_FOUND', `No sandbox of yours ${where}.`, {
    next: ['Start one: lambdactl sandbox start --detach', 'See those that run: lambdactl sandbox status'],
  })
}

/**
 * Asks a sandbox about itself.
 *
 * @throws LambdactlError UNREACHABLE if it gives no answer; its own refusal
 */
export async function askOwn<Answer>({ port, accessKey }: FoundKey, asked: Asked): Promise<Answer> {
  const { askSandbox } = await import('../../sandbox/own/ask-sandbox.ts')
  const { isRefused, body } = await askSandbox({ port, accessKey }, asked).catch((cause: unknown) => {
    throw unanswered(port, cause)
  })
  if (!isRefused) return body as Answer
  const { code, message, next } = (body as Refusal).error
  throw new LambdactlError(code, message, { next })
}

function unanswered(port: number, cause: unknown): LambdactlError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new LambdactlError('UNREACHABLE', `The sandbox at port ${port} gives no answer: ${why}.`, {
    next: ['It may be of an older lambdactl: stop it with `lambdactl sandbox stop`, and start it again.'],
    cause,
  })
}
