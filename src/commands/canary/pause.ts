import { SteeringCommand } from '../../cli/steering-command.ts'

export default class CanaryPause extends SteeringCommand {
  static override summary = 'Hold a release where it is.'
  static override description =
    'The weights stay. Gates still count: if an alarm fires, the next resume rolls the release back.'
  static override examples = ['<%= config.bin %> <%= command.id %> checkout --env prod']

  protected override readonly verb = 'pause'
}
