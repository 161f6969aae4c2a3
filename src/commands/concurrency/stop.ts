import { ConcurrencyCommand } from '../../cli/concurrency-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { dryRunFlag } from '../../cli/flags/change.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { recordedFlag, saying } from '../../cli/flags/values.ts'
import { stopText } from '../../ui/results/concurrency/stopping.ts'
import { type StopResult, stopFunction } from '../../workflows/concurrency/stop.ts'

export default class ConcurrencyStop extends ConcurrencyCommand {
  static override summary = 'Stop all invocations of a function, and remember the concurrency it had.'
  static override description =
    'Removes its provisioned concurrency, then reserves 0, and records who, when and why in the journal. Running invocations end by themselves. `concurrency start` puts back exactly what was there, from any machine.'
  static override examples = [
    "<%= config.bin %> <%= command.id %> checkout --env prod --reason 'it empties the orders table'",
  ]
  static override args = oneFunction
  static override flags = {
    ...environmentFlags,
    ...dryRunFlag,
    reason: recordedFlag({ description: 'why, for those who find it stopped', required: true }),
  }

  async run(): Promise<StopResult> {
    const { args, flags } = await this.parse(ConcurrencyStop)
    const options = { reason: saying(flags.reason, 'a reason for --reason'), dryRun: flags['dry-run'] }
    const result = await this.onFunction(flags, args.function, (run, target) =>
      stopFunction(run, target, options),
    )
    this.show(stopText(result))
    return result
  }
}
