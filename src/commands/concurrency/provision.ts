import * as Flags from '@oclif/core/flags'
import { ConcurrencyCommand } from '../../cli/concurrency-command.ts'
import { amountArg, oneFunction } from '../../cli/flags/args.ts'
import { dryRunFlag, yesFlag } from '../../cli/flags/change.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { changeText } from '../../ui/results/concurrency/status.ts'
import { provisionConcurrency } from '../../workflows/concurrency/provision.ts'
import type { ConcurrencyChange } from '../../workflows/concurrency/status.ts'

export default class ConcurrencyProvision extends ConcurrencyCommand {
  static override summary = 'Keep environments of a function warm, or release them.'
  static override description =
    "Waits until they are READY. They belong to one version, by default the alias's: an alias with provisioned concurrency of its own would have to hand it over in its next release."
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout 10 --env prod',
    '<%= config.bin %> <%= command.id %> checkout none --version 41 --env prod',
  ]
  static override args = {
    ...oneFunction,
    amount: amountArg({ description: 'environments, or none to release them', required: true, least: 1 }),
  }
  static override flags = {
    ...environmentFlags,
    ...dryRunFlag,
    ...yesFlag,
    version: Flags.integer({ description: "a version; default: the alias's", min: 1, helpValue: 'N' }),
  }

  async run(): Promise<ConcurrencyChange> {
    const { args, flags } = await this.parse(ConcurrencyProvision)
    const wanted = {
      version: flags.version?.toString(),
      amount: args.amount,
      dryRun: flags['dry-run'],
    }
    const made = await this.changeFunction(
      flags,
      args.function,
      'change the provisioned concurrency of',
      (run, target) => provisionConcurrency(run, target, wanted, (progress) => this.tellReady(progress)),
    )
    this.show(changeText(made, this.width))
    return made
  }
}
