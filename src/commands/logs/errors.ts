import * as Flags from '@oclif/core/flags'
import { oneLoggedFunction } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { logSpanFlags, oneVersionFlags } from '../../cli/flags/log-span.ts'
import { LogReadingCommand } from '../../cli/log-reading-command.ts'
import { errorsCsv, errorsText } from '../../ui/logs/lists/errors.ts'
import { type ErrorList, listErrors } from '../../workflows/logs/requests/list-errors.ts'

export default class LogsErrors extends LogReadingCommand {
  static override summary = "Group a function's failed requests by their error, with a sample of each."
  static override description =
    'Failures are of one kind if their error differs only in numbers and ids, and comes from the same place in the code. Each kind is shown with its count, its versions, and the last lines of one request.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --candidate --since deploy',
  ]
  static override args = oneLoggedFunction
  static override flags = {
    ...environmentFlags,
    ...logSpanFlags,
    ...oneVersionFlags,
    output: Flags.option({
      description: 'a table for a person, or comma-separated values',
      options: ['table', 'csv'] as const,
      default: 'table',
    })(),
  }

  async run(): Promise<ErrorList> {
    const { args, flags } = await this.parse(LogsErrors)
    const { run, target, span } = await this.openOne(flags, args.function)
    const list = await listErrors(run, target, span, this.readingTeller())
    if (flags.output === 'csv') this.showAsIs(errorsCsv(list))
    else this.show(errorsText(list))
    const groups = list.groups.map((group) => ({ ...group, sample: this.withTrace(group.sample) }))
    return { ...list, groups }
  }
}
