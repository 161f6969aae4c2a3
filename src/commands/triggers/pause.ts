import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand } from '../../cli/environment-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { dryRunFlag } from '../../cli/flags/change.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { pauseText } from '../../ui/results/triggers/pause.ts'
import { type PauseResult, pauseTriggers } from '../../workflows/triggers/pause.ts'

export default class TriggersPause extends EnvironmentCommand {
  static override summary =
    'Disable all event source mappings of a function, and remember which were enabled.'
  static override description =
    'Queues and streams keep their records for as long as they are set to. Other callers go on: `concurrency stop` stops all. Records who, when and why in the journal; `triggers resume` enables exactly those again, from any machine.'
  static override examples = [
    "<%= config.bin %> <%= command.id %> checkout --env prod --reason 'the orders table is full'",
  ]
  static override args = oneFunction
  static override flags = {
    ...environmentFlags,
    ...dryRunFlag,
    reason: Flags.string({
      description: 'why, for those who find them paused',
      required: true,
      helpValue: 'TEXT',
    }),
  }

  async run(): Promise<PauseResult> {
    const { args, flags } = await this.parse(TriggersPause)
    const options = { reason: flags.reason, dryRun: flags['dry-run'] }
    const result = await this.onFunction(flags, args.function, (run, target) =>
      pauseTriggers(run, target, options),
    )
    this.show(pauseText(result))
    return result
  }
}
