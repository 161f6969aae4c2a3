import { ConcurrencyCommand } from '../../cli/concurrency-command.ts'
import { amountArg, oneFunction } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { type ConcurrencyStatus, reserveConcurrency } from '../../workflows/concurrency.ts'

export default class ConcurrencyReserve extends ConcurrencyCommand {
  static override summary = 'Reserve concurrency for a function, or remove the reservation.'
  static override description = 'A reservation is also a limit: 0 throttles every invocation.'
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
  static override flags = environmentFlags

  async run(): Promise<ConcurrencyStatus> {
    const { args, flags } = await this.parse(ConcurrencyReserve)
    return this.onFunction(flags, args.function, (run, target) =>
      reserveConcurrency(run, target, args.amount),
    )
  }
}
