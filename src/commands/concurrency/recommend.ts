import * as Flags from '@oclif/core/flags'
import { ConcurrencyCommand } from '../../cli/concurrency-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { durationFlag } from '../../cli/flags/values.ts'
import { adviceText } from '../../ui/results/concurrency/recommend.ts'
import { type ConcurrencyAdvice, recommendConcurrency } from '../../workflows/concurrency/recommend.ts'
import { commandFor } from '../../workflows/run/run.ts'

const weekMs = 7 * 24 * 3_600_000

export default class ConcurrencyRecommend extends ConcurrencyCommand {
  static override summary = 'Recommend reserved and provisioned concurrency from the observed load.'
  static override description =
    "Takes the peak of CloudWatch and Little's law (rate × duration) with a head-room, and shows the monthly price of each choice. Says what data is missing."
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout --since 24h --headroom 50 --env prod',
  ]
  static override args = oneFunction
  static override flags = {
    ...environmentFlags,
    since: durationFlag({
      description: 'how long back the load is observed; default: 168h, a week',
      default: weekMs,
      defaultHelp: async () => '168h',
    }),
    headroom: Flags.integer({
      description: 'the share that is added to the peak; default: 20',
      min: 0,
      max: 400,
      default: 20,
      helpValue: 'PERCENT',
    }),
  }

  async run(): Promise<ConcurrencyAdvice> {
    const { args, flags } = await this.parse(ConcurrencyRecommend)
    const options = { sinceMs: flags.since, headroom: flags.headroom / 100 }
    const { advice, target } = await this.onFunction(flags, args.function, async (run, on) => ({
      advice: await recommendConcurrency(run, on, options),
      target: on,
    }))
    this.show(adviceText(advice, this.width, (verb, ...words) => commandFor(target, verb, ...words)))
    return advice
  }
}
