import { SteeringCommand } from '../../cli/steering-command.ts'

export default class CanaryAbort extends SteeringCommand {
  static override summary = 'End a release: everything back to the stable version.'
  static override description =
    'One update: the alias is back on the version that held 100%, weights cleared, with the reason on record.'
  static override examples = ['<%= config.bin %> <%= command.id %> checkout --env prod']

  protected override readonly verb = 'abort'
}
