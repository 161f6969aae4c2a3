import * as Flags from '@oclif/core/flags'
import { LambdactlError } from '../../errors/error.ts'
import { type SavedName, savedNames, savedQueries } from '../../logs/insights/saved-queries.ts'

/** A flag that takes the name of a saved query. */
export const savedQueryFlag = Flags.option({
  description: `a saved query: ${savedNames.map((name) => `${name} (${savedQueries[name].about})`).join(', ')}`,
  options: savedNames,
})

/** @throws LambdactlError USAGE unless there is one query */
export function queryOf(own: string | undefined, saved: SavedName | undefined): string {
  if (own !== undefined && saved === undefined) return own
  if (own === undefined && saved !== undefined) return savedQueries[saved].query
  const what = own === undefined ? 'There is no query.' : 'There are two queries: an own one and a saved one.'
  throw new LambdactlError('USAGE', what, {
    next: [
      `Name a saved one with --saved: ${savedNames.join(', ')}.`,
      "Or give your own in quotes: 'fields @timestamp, @message | limit 20'",
    ],
  })
}
