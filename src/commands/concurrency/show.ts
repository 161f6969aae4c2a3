import { ConcurrencyCommand } from '../../cli/concurrency-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { concurrencyText } from '../../ui/results/concurrency.ts'
import { type ConcurrencyStatus, readConcurrency } from '../../workflows/concurrency/status.ts'

export default class ConcurrencyShow extends ConcurrencyCommand {
  static override summary = "Show a function's reserved and provisioned concurrency."
  static override examples = ['<%= config.bin %> <%= command.id %> checkout --env prod']
  static override args = oneFunction
  static override flags = environmentFlags

  async run(): Promise<ConcurrencyStatus> {
    const { args, flags } = await this.parse(ConcurrencyShow)
    const status = await this.onFunction(flags, args.function, readConcurrency)
    this.show(concurrencyText(status, this.width))
    return status
  }
}
