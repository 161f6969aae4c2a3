import { EnvironmentCommand, targetOf } from '../cli/environment-command.ts'
import { severalFunctions } from '../cli/flags/args.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { durationFlag } from '../cli/flags/values.ts'
import { historyText } from '../ui/results/history.ts'
import { history, type PastRelease } from '../workflows/history.ts'

const thirtyDaysMs = 30 * 24 * 3_600_000

export default class History extends EnvironmentCommand {
  static override summary = 'List past releases with time, author, commit, outcome and reason.'
  static override description =
    'Reads the journal in CloudWatch Logs (/lambdactl/releases), so every machine shows the same.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> --env prod --since 24h --json',
  ]
  static override args = severalFunctions
  static override flags = {
    ...environmentFlags,
    since: durationFlag({
      description: 'the time span, back from now',
      default: thirtyDaysMs,
      defaultHelp: async () => '720h',
    }),
  }

  async run(): Promise<PastRelease[]> {
    const { args, flags } = await this.parse(History)
    const { environment, functions } = await this.locate(flags, args.function ?? [])
    const run = await this.quickRun(environment, flags)
    const found: PastRelease[] = []
    for (const each of functions) {
      const releases = await history(run, targetOf(environment, each), flags.since)
      this.show(historyText(each.name, releases, this.width))
      found.push(...releases)
    }
    return found
  }
}
