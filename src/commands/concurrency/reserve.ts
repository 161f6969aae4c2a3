import { ConcurrencyCommand } from '../../cli/concurrency-command.ts'
import { amountArg, oneFunction } from '../../cli/flags/args.ts'
import { dryRunFlag, yesFlag } from '../../cli/flags/change.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { changeText } from '../../ui/results/concurrency/status.ts'
import { reserveConcurrency } from '../../workflows/concurrency/reserve.ts'
import type { ConcurrencyChange } from '../../workflows/concurrency/status.ts'

export default class ConcurrencyReserve extends ConcurrencyCommand {
  static override summary = 'Reserve concurrency for a function, or remove the reservation.'
  static override description =
    'A reservation is also a limit: 0 throttles every invocation; `concurrency stop` does that with a reason, and remembers what was there. Limits are checked before AWS is asked.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout 50 --env prod',
    '<%= config.bin %> <%= command.id %> checkout none --env prod',
  ]
  static override args = {
    ...oneFunction,
    amount: amountArg({
      description: 'concurrent executions, or none to remove the reservation',
      required: true,
    }),
  }
  static override flags = { ...environmentFlags, ...dryRunFlag, ...yesFlag }

  async run(): Promise<ConcurrencyChange> {
    const { args, flags } = await this.parse(ConcurrencyReserve)
    const wanted = { amount: args.amount, dryRun: flags['dry-run'] }
    const made = await this.changeFunction(flags, args.function, 'change the concurrency of', (run, target) =>
      reserveConcurrency(run, target, wanted),
    )
    this.show(changeText(made, this.width))
    return made
  }
}
