import { randomUUID } from 'node:crypto'
import { mask } from '../../output/mask.ts'
import { worstOf } from '../outcomes.ts'
import type { Outcome } from '../part.ts'

/**
 * The outputs `outcome`, `version`, `previous` and `release-id` of a step of GitHub Actions, and all outcomes as JSON in
 * `outcomes`. With several functions the first four are those of the one that went worst.
 */
export function outputText(outcomes: readonly Outcome[]): string {
  const worst = worstOf(outcomes)
  const lines = {
    outcome: worst?.outcome,
    version: worst?.version,
    previous: worst?.previous,
    'release-id': worst?.release,
    outcomes: JSON.stringify(
      outcomes.map(({ notes: _, course: __, begun: ___, isByHand: ____, ...part }) => part),
    ),
  }
  return Object.entries(lines)
    .map(([name, value = '']) => {
      // A delimiter that no value can have keeps a value from making another output.
      const end = `end-${randomUUID()}`
      return `${name}<<${end}\n${mask(value)}\n${end}\n`
    })
    .join('')
}
