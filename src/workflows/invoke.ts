import { LambdactlError } from '../errors/error.ts'
import type { InvocationResult } from '../ports/functions.ts'
import type { Run, Target } from './run.ts'

export type { InvocationResult } from '../ports/functions.ts'

/**
 * Invokes a function once and waits for the answer.
 *
 * @param version undefined: through the alias, as traffic comes
 * @param payload JSON text
 * @throws LambdactlError USAGE when the payload is no JSON, NOT_FOUND
 */
export async function invokeFunction(
  run: Run,
  target: Target,
  version: string | undefined,
  payload: Uint8Array,
): Promise<InvocationResult> {
  requireJson(payload)
  return run.aws.functions.invoke(target.lambdaName, version ?? target.alias, payload)
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
