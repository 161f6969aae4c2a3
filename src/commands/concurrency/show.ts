import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, targetOf } from '../../cli/environment-command.ts'
import { severalFunctions } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { durationFlag } from '../../cli/flags/values.ts'
import { webFlag } from '../../cli/output/output-flags.ts'
import { overviewText } from '../../ui/results/concurrency/overview.ts'
import { type ConcurrencyOverview, showConcurrency } from '../../workflows/concurrency/show.ts'
import { commandFor } from '../../workflows/run/run.ts'

export default class ConcurrencyShow extends EnvironmentCommand {
  static override summary = 'Show reserved and provisioned concurrency, and how much of it was used.'
  static override description =
    'Reads the account, the functions and their metrics: the largest concurrency, throttles, how busy provisioned environments were, the time that a burst takes, and what a function takes from the others.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --env prod',
    '<%= config.bin %> <%= command.id %> checkout --since 24h --burst 3000 --env prod',
  ]
  static override args = severalFunctions
  static override flags = {
    ...environmentFlags,
    ...webFlag,
    since: durationFlag({
      description: 'how long back the figures go; default: 1h',
      default: 3_600_000,
      defaultHelp: async () => '1h',
    }),
    burst: Flags.integer({
      description:
        'concurrent executions of a burst to foretell; default: the most that the function can have',
      min: 1,
      helpValue: 'N',
    }),
  }

  async run(): Promise<ConcurrencyOverview | undefined> {
    const { args, flags } = await this.parse(ConcurrencyShow)
    const { environment, functions } = await this.locate(flags, args.function ?? [])
    const run = await this.quickRun(environment, flags)
    const targets = functions.map((fn) => targetOf(environment, fn))
    if (flags.web) return this.showPages(run, targets, 'concurrency')
    const overview = await showConcurrency(run, targets, { sinceMs: flags.since, burst: flags.burst })
    const commandOf = (name: string, verb: string) => {
      const target = targets.find((one) => one.function === name)
      return target ? commandFor(target, verb) : ''
    }
    this.show(overviewText(overview, this.width, commandOf))
    for (const { code } of overview.errors) this.exitAs(code)
    return overview
  }
}
