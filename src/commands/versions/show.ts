import { oneFunction, oneVersion } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { VersionsCommand } from '../../cli/versions-command.ts'
import { versionText } from '../../ui/results/versions/show.ts'
import { type ShownVersion, showVersion } from '../../workflows/versions/show-version.ts'

export default class VersionsShow extends VersionsCommand {
  static override summary = 'Show one version: its configuration, aliases and releases.'
  static override description = 'Names environment variables, never their values.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout 41 --env prod',
    '<%= config.bin %> <%= command.id %> checkout live --env prod --json',
  ]
  static override args = { ...oneFunction, version: oneVersion('a version, $LATEST or an alias') }
  static override flags = environmentFlags

  async run(): Promise<ShownVersion> {
    const { args, flags } = await this.parse(VersionsShow)
    const shown = await this.onFunction(flags, args.function, (run, target) =>
      showVersion(run, target, args.version),
    )
    this.show(versionText(shown, this.width))
    return shown
  }
}
