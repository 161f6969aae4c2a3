import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { ConcurrencyCommand } from '../../cli/concurrency-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { dryRunFlag, yesFlag } from '../../cli/flags/change.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { scheduleFlag, wantedScaling } from '../../cli/flags/scaling.ts'
import { autoscaleText } from '../../ui/results/concurrency/autoscale.ts'
import { type AutoscaleResult, autoscale } from '../../workflows/concurrency/autoscale.ts'

export default class ConcurrencyAutoscale extends ConcurrencyCommand {
  static override summary = 'Have AWS scale the provisioned concurrency of the alias, or end that.'
  static override description =
    'Application Auto Scaling keeps the given share of the environments busy, between the bounds, and changes the bounds by schedules. The given schedules replace those of an earlier call. A release takes the environments from the alias: run the command again after it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --min 2 --max 50 --target 70 --env prod',
    "<%= config.bin %> <%= command.id %> checkout --min 2 --max 50 --schedule 'morning 10-50 cron(0 7 ? * MON-FRI *)' --timezone Europe/Berlin --env prod",
    '<%= config.bin %> <%= command.id %> checkout none --env prod',
  ]
  static override args = {
    ...oneFunction,
    none: Args.string({ description: 'none ends the scaling', options: ['none'] }),
  }
  static override flags = {
    ...environmentFlags,
    ...dryRunFlag,
    ...yesFlag,
    min: Flags.integer({ description: 'the least environments', min: 0, helpValue: 'N' }),
    max: Flags.integer({ description: 'the most environments', min: 1, helpValue: 'N' }),
    // AWS takes no others for Lambda's own metric.
    target: Flags.integer({
      description: 'the share of the environments to keep busy, 10 to 90; default: 70',
      min: 10,
      max: 90,
      helpValue: 'PERCENT',
    }),
    ...scheduleFlag,
  }

  async run(): Promise<AutoscaleResult> {
    const { args, flags } = await this.parse(ConcurrencyAutoscale)
    const wanted = wantedScaling(args.none !== undefined, flags)
    const result = await this.changeFunction(flags, args.function, 'change the scaling of', (run, target) =>
      autoscale(run, target, {
        wanted,
        dryRun: flags['dry-run'],
        onProgress: (progress) => this.tellReady(progress),
      }),
    )
    this.show(autoscaleText(result))
    return result
  }
}
