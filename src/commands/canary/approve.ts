import { SteeringCommand } from '../../cli/steering-command.ts'

export default class CanaryApprove extends SteeringCommand {
  static override summary = 'Let a paused release go on.'
  static override description =
    'Its step, or its bake, begins again. The process that follows the release, or the next `canary resume`, carries it on.'
  static override examples = ['<%= config.bin %> <%= command.id %> checkout --env prod']

  protected override readonly verb = 'approve'
}
