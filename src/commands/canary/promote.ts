import * as Flags from '@oclif/core/flags'
import { yesFlag } from '../../cli/flags/change.ts'
import { breakglassFlags } from '../../cli/flags/release.ts'
import { SteeringCommand } from '../../cli/steering-command.ts'
import type { SteeringResult } from '../../workflows/steer-release.ts'

export default class CanaryPromote extends SteeringCommand {
  static override summary = 'Give the new version 100% now, or with --step the share of its next step.'
  static override description =
    'Skips the remaining time of steps, but no gate that fails: an alarm that fires refuses the promotion (exit 6), unless --breakglass gives a reason. No hook runs before it, since a person has decided. The next step or the bake runs under the alarms, once a process carries the release on. Each --step goes one step further; two at once go one step together.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --step',
  ]
  static override args = SteeringCommand.args
  static override flags = {
    ...SteeringCommand.flags,
    step: Flags.boolean({ description: 'go on by one step only' }),
    breakglass: breakglassFlags.breakglass,
    ...yesFlag,
  }

  protected override readonly verb = 'promote'

  override async run(): Promise<SteeringResult> {
    const { args, flags } = await this.parse(CanaryPromote)
    const { reason, breakglass } = flags
    return this.decide(flags, args.function, { verb: flags.step ? 'step' : 'promote', reason, breakglass })
  }
}
