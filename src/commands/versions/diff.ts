import { oneFunction, oneVersion } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { VersionsCommand } from '../../cli/versions-command.ts'
import { versionDiffText, versionPatchTexts } from '../../ui/results/versions/diff.ts'
import { diffVersions, type VersionDiff } from '../../workflows/versions/diff-versions.ts'

export default class VersionsDiff extends VersionsCommand {
  static override summary = 'Show the differences between two versions, in configuration and code.'
  static override description =
    'Downloads both packages if their code differs. Shows the sources if both packages have source maps, else the packaged files. Names environment variables, never their values.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout 41 42 --env prod',
    "<%= config.bin %> <%= command.id %> checkout live '$LATEST' --env prod --json",
  ]
  static override args = {
    ...oneFunction,
    from: oneVersion('a version, $LATEST or an alias'),
    to: oneVersion('the other one'),
  }
  static override flags = environmentFlags

  async run(): Promise<VersionDiff> {
    const { args, flags } = await this.parse(VersionsDiff)
    const found = await this.onFunction(flags, args.function, (run, target) =>
      diffVersions(run, target, args.from, args.to),
    )
    this.show(versionDiffText(found, this.width))
    // Lines of code are not wrapped.
    for (const text of versionPatchTexts(found)) this.showAsIs(text)
    return found
  }
}
