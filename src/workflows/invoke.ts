import { asLambdactlError, isCode, LambdactlError } from '../errors/error.ts'
import type { InvocationResult } from '../ports/functions.ts'
import { explainNoVersion } from './alias/explain-missing.ts'
import { deployFirst, type Run, type Target } from './run/run.ts'
import { warn } from './run/warn.ts'
import { explainStopped } from './stopping/stopped.ts'

export type { InvocationResult } from '../ports/functions.ts'

/**
 * Invokes a function once and waits for the answer.
 *
 * @param version undefined: through the alias, like traffic
 * @param payload JSON text
 * @throws LambdactlError USAGE if the payload is no JSON, NOT_FOUND, STOPPED
 */
export async function invokeFunction(
  run: Run,
  target: Target,
  version: string | undefined,
  payload: Uint8Array,
): Promise<InvocationResult> {
  requireJson(payload)
  if (target.codeOnly) await learnSecrets(run, target, version ?? target.alias)
  try {
    return await run.aws.functions.invoke(target.lambdaName, version ?? target.alias, payload)
  } catch (error) {
    const explained = await explainStopped(run, target, error)
    if (version !== undefined) throw await explainNoVersion(run, target, version, explained)
    throw explainUndeployed(target, explained)
  }
}

/**
 * Reads the version that will run. Another tool sets its variables, and output masks the secret ones among those that
 * were read. An invocation does not fail for it.
 */
async function learnSecrets(run: Run, target: Target, qualifier: string): Promise<void> {
  try {
    await run.aws.functions.get(target.lambdaName, qualifier)
  } catch (error) {
    const { kind, message } = asLambdactlError(error)
    if (kind !== 'user') throw error
    warn(run, target, `The output may show secrets that another tool gave ${target.function}. ${message}`)
  }
}

/** A person who has just written a function usually wants to try it. */
function explainUndeployed(target: Target, error: unknown): unknown {
  if (!isCode(error, 'NOT_FOUND')) return error
  const { code, message, brief, cause } = error
  const next = `${deployFirst(target)}; or check the Region and the account.`
  return new LambdactlError(code, message, { next: [next], brief, cause })
}

function requireJson(payload: Uint8Array): void {
  try {
    JSON.parse(Buffer.from(payload).toString('utf8'))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new LambdactlError('USAGE', `The payload must be JSON, but it can't be parsed: ${why}.`, {
      next: [
        'Give a file with one JSON value, or pipe it in: echo \'{"name": "Ada"}\' | lambdactl invoke … --payload -',
      ],
      cause,
    })
  }
}
