import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand } from '../../cli/environment-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { dryRunFlag, yesFlag } from '../../cli/flags/change.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { LambdactlError } from '../../errors/error.ts'
import { pointText } from '../../ui/results/triggers/point.ts'
import { type PointResult, pointTriggers } from '../../workflows/triggers/point.ts'

export default class TriggersPoint extends EnvironmentCommand {
  static override summary = 'Point event source mappings at the alias.'
  static override description =
    'Lambda goes on at the same place of each source. With --all, the services that may invoke the function may invoke the alias too, and the answer says where each of them names its target. No permission is removed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod --all --dry-run',
    '<%= config.bin %> <%= command.id %> checkout 1a2b3c4d-1111-2222-3333-444455556666 --env prod',
  ]
  static override args = {
    ...oneFunction,
    mapping: Args.string({ description: 'ids of event source mappings', multiple: true }),
  }
  static override flags = {
    ...environmentFlags,
    ...dryRunFlag,
    ...yesFlag,
    all: Flags.boolean({ description: 'all that invoke the function itself or a version' }),
  }

  async run(): Promise<PointResult> {
    const { args, flags } = await this.parse(TriggersPoint)
    const options = { wanted: wantedOf(args.mapping ?? [], flags.all), dryRun: flags['dry-run'] }
    const result = await this.changeFunction(flags, args.function, 'point the triggers of', (run, target) =>
      pointTriggers(run, target, options),
    )
    this.show(pointText(result))
    return result
  }
}

/** @throws LambdactlError USAGE for none or both */
function wantedOf(ids: readonly string[], isAll: boolean): 'all' | readonly string[] {
  if (isAll ? ids.length === 0 : ids.length > 0) return isAll ? 'all' : ids
  throw new LambdactlError('USAGE', 'Expected ids of event source mappings or --all, and not both.', {
    next: [
      '`lambdactl triggers list FUNCTION --json` shows the ids; --all takes all that go past the alias.',
    ],
  })
}
