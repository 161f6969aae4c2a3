import { DevCommand } from '../../cli/dev-command.ts'
import { severalFunctions } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'

export default class Dev extends DevCommand {
  static override summary = 'Keep functions in the sandbox as their sources are, with their log lines here.'
  static override description =
    'Finds the sandbox of the environment or starts it, deploys the functions without gates, and gives each change of a source or of lambdactl.yaml to the alias as a new version. A function that can not be built keeps the code before it. Refuses an environment whose endpoint is not on this machine. Ctrl-C ends it, with the sandbox if it started that.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> checkout --env sandbox --json',
  ]
  static override args = severalFunctions
  static override flags = environmentFlags

  protected override readonly streamsJson = true

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Dev)
    await this.developUntilInterrupted(flags, args.function ?? [])
  }
}
