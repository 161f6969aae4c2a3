import { asLambdactlError, isCode } from '../../errors/error.ts'
import type { PublishedVersion } from '../../ports/functions.ts'
import type { Run, Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'

/** A function's versions, the newest first; empty, with a warning, if listing them is not permitted. */
export async function readVersions(run: Run, target: Target): Promise<PublishedVersion[]> {
  try {
    return await run.aws.functions.versions(target.lambdaName)
  } catch (error) {
    if (!isCode(error, 'NOT_PERMITTED')) throw error
    const text = `lambdactl does not know which version of ${target.lambdaName} it published last: ${asLambdactlError(error).message}`
    warn(run, target, text)
    return []
  }
}
