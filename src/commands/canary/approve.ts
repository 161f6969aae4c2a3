import { yesFlag } from '../../cli/flags/change.ts'
import { SteeringCommand } from '../../cli/steering-command.ts'
import type { SteeringResult } from '../../workflows/steer-release.ts'

export default class CanaryApprove extends SteeringCommand {
  static override summary = 'Let a paused release go on.'
  static override description =
    'Its step, or its bake, begins again. The process that follows the release, or the next `canary resume`, carries it on.'
  static override examples = ['<%= config.bin %> <%= command.id %> checkout --env prod']
  static override args = SteeringCommand.args
  static override flags = { ...SteeringCommand.flags, ...yesFlag }

  protected override readonly verb = 'approve'

  override async run(): Promise<SteeringResult> {
    const { args, flags } = await this.parse(CanaryApprove)
    return this.decide(flags, args.function, { verb: this.verb, reason: flags.reason })
  }
}
