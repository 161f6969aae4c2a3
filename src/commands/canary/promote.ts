import { SteeringCommand } from '../../cli/steering-command.ts'

export default class CanaryPromote extends SteeringCommand {
  static override summary = 'Give the new version 100% now, and leave out the steps that remain.'
  static override description =
    'No hook is asked before it, since a person has decided. The bake is still to come, under the alarms, once somebody carries the release on.'
  static override examples = ['<%= config.bin %> <%= command.id %> checkout --env prod']

  protected override readonly verb = 'promote'
}
