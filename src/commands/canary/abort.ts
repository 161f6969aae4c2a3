import { SteeringCommand } from '../../cli/steering-command.ts'

export default class CanaryAbort extends SteeringCommand {
  static override summary = 'End a release, and give the stable version all traffic.'
  static override description =
    'Makes one update: the alias goes back to the version that held 100%, weights are cleared, and the reason is on record.'
  static override examples = ['<%= config.bin %> <%= command.id %> checkout --env prod']

  protected override readonly verb = 'abort'
}
