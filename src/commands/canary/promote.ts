import * as Flags from '@oclif/core/flags'
import { breakglassFlags } from '../../cli/flags/flags.ts'
import { SteeringCommand } from '../../cli/steering-command.ts'
import type { SteeringResult } from '../../workflows/steer-release.ts'

export default class CanaryPromote extends SteeringCommand {
  static override summary = 'Give the new version 100% now, or with --step the share of its next step.'
  static override description =
    'Leaves out what the steps have yet to show, but no gate that fails: an alarm that fires refuses it (exit 6), unless --breakglass says why it has to be. No hook is asked before it, since a person has decided. What comes after it, the next step or the bake, goes under the alarms, once somebody carries the release on. Each --step goes one further; two at once go one together.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --step',
  ]
  static override args = SteeringCommand.args
  static override flags = {
    ...SteeringCommand.flags,
    step: Flags.boolean({ description: 'one step on only' }),
    breakglass: breakglassFlags.breakglass,
  }

  protected override readonly verb = 'promote'

  override async run(): Promise<SteeringResult> {
    const { args, flags } = await this.parse(CanaryPromote)
    const { reason, breakglass } = flags
    return this.decide(flags, args.function, { verb: flags.step ? 'step' : 'promote', reason, breakglass })
  }
}
