import { isUnanswered } from '../../errors/after-a-call.ts'
import { asLambdactlError, LambdactlError } from '../../errors/error.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'

/**
 * Reads the alias. While AWS does not answer, the last seen alias counts, which is reported once until AWS answers.
 *
 * @throws LambdactlError CONFLICT if the alias was deleted
 */
export function patientReader(run: Run, target: Target): (last: AliasState) => Promise<AliasState> {
  let isTroubled = false
  return async (last) => {
    try {
      const alias = await run.aws.aliases.get(target.lambdaName, target.alias)
      if (!alias) throw deleted(target)
      isTroubled = false
      return alias
    } catch (error) {
      if (!isUnanswered(error)) throw error
      const text = `AWS did not answer, lambdactl asks again: ${asLambdactlError(error).message}`
      if (!isTroubled) warn(run, target, text)
      isTroubled = true
      return last
    }
  }
}

function deleted(target: Target): LambdactlError {
  const what = `Something deleted the alias ${target.alias} of ${target.lambdaName}, and its release with it.`
  return new LambdactlError('CONFLICT', what, {
    next: [`See its state: ${commandFor(target, 'status')}`],
  })
}
