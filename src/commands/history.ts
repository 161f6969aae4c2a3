import { EnvironmentCommand, targetOf } from '../cli/environment-command.ts'
import { severalFunctions } from '../cli/flags/args.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { durationFlag } from '../cli/flags/values.ts'
import { webFlag } from '../cli/output/output-flags.ts'
import { historyText } from '../ui/results/history/history.ts'
import { histories, type Past } from '../workflows/history/history.ts'

const thirtyDaysMs = 30 * 24 * 3_600_000

export default class History extends EnvironmentCommand {
  static override summary =
    'List past releases, and other operations on functions, with time, author, outcome and reason.'
  static override description =
    'Shows releases, stops and starts, paused and resumed triggers, prunes, destroys, and changes of concurrency, triggers and alarms. Reads the journal in CloudWatch Logs (/lambdactl/releases), so every machine shows the same.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> --env prod --since 24h --json',
  ]
  static override args = severalFunctions
  static override flags = {
    ...environmentFlags,
    ...webFlag,
    since: durationFlag({
      description: 'the time span, back from now',
      default: thirtyDaysMs,
      defaultHelp: async () => '720h',
    }),
  }

  async run(): Promise<{ entries: Past[] } | undefined> {
    const { args, flags } = await this.parse(History)
    const { environment, functions } = await this.locate(flags, args.function ?? [])
    const run = await this.quickRun(environment, flags)
    const targets = functions.map((each) => targetOf(environment, each))
    if (flags.web) return this.showPages(run, targets, 'releases')
    const found = await histories(run, targets, flags.since)
    for (const [index, { name }] of functions.entries())
      this.show(historyText(name, found[index] ?? [], this.width))
    return { entries: found.flat() }
  }
}
