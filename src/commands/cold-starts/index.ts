import * as Flags from '@oclif/core/flags'
import { oneLoggedFunction } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { logSpanFlags } from '../../cli/flags/log-span.ts'
import { sinceFlag } from '../../cli/flags/moment.ts'
import { LogReadingCommand } from '../../cli/log-reading-command.ts'
import { systemClock } from '../../cli/run/clock.ts'
import { readPriceFile } from '../../config/price-file.ts'
import { coldStartsText } from '../../ui/results/cold-starts.ts'
import { scanText } from '../../ui/results/logs/query.ts'
import { type ColdStarts, readColdStarts } from '../../workflows/cold-starts/read-cold-starts.ts'
import { pricesFrom } from '../../workflows/cost/given-cost.ts'

/** How often a person is told how far the query is, milliseconds. */
const tellEveryMs = 3000

export default class ColdStartsCommand extends LogReadingCommand {
  static override summary = "Measure the starts of a function's environments, their price, and what helps."
  static override description =
    'Asks Logs Insights about the lines that Lambda ends requests with, in text or JSON; AWS charges by the bytes that it reads.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --since 30d',
    '<%= config.bin %> <%= command.id %> checkout --env prod --since deploy --json',
  ]
  static override args = oneLoggedFunction
  static override flags = {
    ...environmentFlags,
    ...logSpanFlags,
    since: sinceFlag({
      description:
        'the start: a duration back from now, a time, or deploy for the first traffic of the last release',
      default: { agoMs: 24 * 3_600_000 },
      defaultHelp: async () => '1d',
    }),
    prices: Flags.string({
      description: 'a file with prices of your own, by Region',
      env: 'LAMBDACTL_PRICES',
      helpValue: 'FILE',
    }),
  }

  async run(): Promise<ColdStarts> {
    const { args, flags } = await this.parse(ColdStartsCommand)
    const table = pricesFrom(flags.prices === undefined ? undefined : await readPriceFile(flags.prices))
    const { run, target, span } = await this.openOne(flags, args.function)
    const { start: since, until = run.clock.now() } = span
    let told = systemClock.elapsed()
    const starts = await readColdStarts(run, target, { since, until, table }, (state) => {
      if (systemClock.elapsed() - told < tellEveryMs) return
      told = systemClock.elapsed()
      this.tell(`the query goes on: ${scanText(state)}`)
    })
    this.show(coldStartsText(starts, this.width))
    return starts
  }
}
