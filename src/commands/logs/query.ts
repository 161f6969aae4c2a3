import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { oneLoggedFunction } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { logSpanFlags } from '../../cli/flags/log-span.ts'
import { queryOf, savedQueryFlag } from '../../cli/flags/saved-query.ts'
import { LogReadingCommand } from '../../cli/log-reading-command.ts'
import { systemClock } from '../../cli/run/clock.ts'
import { queryCsv, queryText, scanText } from '../../ui/results/logs/query.ts'
import { type QueryResult, queryLogs } from '../../workflows/logs/query-logs.ts'

/** How often a person is told how far the query is, milliseconds. */
const tellEveryMs = 3000

export default class LogsQuery extends LogReadingCommand {
  static override summary = "Ask CloudWatch Logs Insights about a function's log."
  static override description =
    'Runs a query of your own, or a saved one, over the log group of the function. AWS charges by the bytes that it reads. If the command is interrupted or fails, it stops the query.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod --saved errors',
    '<%= config.bin %> <%= command.id %> checkout --env prod --saved slowest --since 1d --output csv',
    `<%= config.bin %> <%= command.id %> checkout 'filter order.total > 100 | stats count(*) by bin(5m)' --env prod`,
  ]
  static override args = {
    ...oneLoggedFunction,
    query: Args.string({ description: 'a query in the language of Logs Insights' }),
  }
  static override flags = {
    ...environmentFlags,
    ...logSpanFlags,
    saved: savedQueryFlag(),
    limit: Flags.integer({
      description: 'the most rows',
      default: 1000,
      min: 1,
      max: 10_000,
      helpValue: 'N',
    }),
    output: Flags.option({
      description: 'a table for a person, or comma-separated values',
      options: ['table', 'csv'] as const,
      default: 'table',
    })(),
  }

  async run(): Promise<QueryResult & { query: string }> {
    const { args, flags } = await this.parse(LogsQuery)
    const query = queryOf(args.query, flags.saved)
    const { run, target, span } = await this.openOne(flags, args.function)
    const { start: since, until = run.clock.now() } = span
    let told = systemClock.elapsed()
    const asked = { query, since, until, limit: flags.limit }
    const result = await queryLogs(run, target, asked, (state) => {
      if (systemClock.elapsed() - told < tellEveryMs) return
      told = systemClock.elapsed()
      this.tell(`the query goes on: ${scanText(state)}`)
    })
    if (flags.output === 'csv' && result.rows.length > 0) this.showAsIs(queryCsv(result))
    else if (flags.output === 'csv') this.tell(queryText(result, this.width))
    else this.show(queryText(result, this.width))
    return { query, ...result }
  }
}
