import * as Flags from '@oclif/core/flags'
import { oneLoggedFunction } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { logSpanFlags, oneVersionFlags } from '../../cli/flags/log-span.ts'
import { LogReadingCommand } from '../../cli/log-reading-command.ts'
import { requestsCsv, requestsText } from '../../ui/logs/lists/requests.ts'
import { listRequests, type RequestList } from '../../workflows/logs/requests/list-requests.ts'

export default class LogsRequests extends LogReadingCommand {
  static override summary = "List a function's requests with version, duration, memory, init and error."
  static override description =
    'Reads the log of all versions and environments, puts the lines of each request together, and ends with counts and percentiles.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --since 1d --slow --limit 10',
    '<%= config.bin %> <%= command.id %> checkout --env prod --errors --version 42',
  ]
  static override args = oneLoggedFunction
  static override flags = {
    ...environmentFlags,
    ...logSpanFlags,
    ...oneVersionFlags,
    errors: Flags.boolean({ description: 'only failed requests' }),
    cold: Flags.boolean({ description: 'only requests that waited for the start of an environment' }),
    slow: Flags.boolean({ description: 'the slowest requests first; default: in the order of time' }),
    limit: Flags.integer({
      description: 'the number of requests that are shown; --json and csv have all',
      default: 50,
      min: 1,
      helpValue: 'N',
    }),
    output: Flags.option({
      description: 'a table for a person, or comma-separated values',
      options: ['table', 'csv'] as const,
      default: 'table',
    })(),
  }

  async run(): Promise<RequestList> {
    const { args, flags } = await this.parse(LogsRequests)
    const { run, target, span } = await this.openOne(flags, args.function)
    const { errors: failed, cold, slow, limit: most } = flags
    const listing = { ...span, failed, cold, slow }
    const list = await listRequests(run, target, listing, this.readingTeller())
    if (flags.output === 'csv') this.showAsIs(requestsCsv(list))
    else this.show(requestsText(list, { most, isSlowFirst: slow }, this.width))
    return { ...list, requests: list.requests.map((request) => this.withTrace(request)) }
  }
}
