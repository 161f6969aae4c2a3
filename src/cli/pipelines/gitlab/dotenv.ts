import { mask } from '../../output/mask.ts'
import { worstOf } from '../outcomes.ts'
import type { Outcome } from '../part.ts'

/**
 * The outcome as a dotenv report, which gives its variables to the later jobs of a pipeline in GitLab; with several
 * functions that of the one that went worst.
 */
export function dotenvText(outcomes: readonly Outcome[]): string {
  const worst = worstOf(outcomes)
  const variables = {
    RELEASE_OUTCOME: worst?.outcome,
    RELEASE_VERSION: worst?.version,
    RELEASE_PREVIOUS: worst?.previous,
    RELEASE_ID: worst?.release,
  }
  // GitLab takes a value as it is, to the end of its line; a shell that reads the file must find no code in it.
  return Object.entries(variables)
    .map(([name, value = '']) => `${name}=${mask(value).replace(/[^\w.-]/g, '')}\n`)
    .join('')
}
