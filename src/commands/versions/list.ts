import * as Flags from '@oclif/core/flags'
import { oneFunction } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { webFlag } from '../../cli/output/output-flags.ts'
import { VersionsCommand } from '../../cli/versions-command.ts'
import { versionListText } from '../../ui/results/versions/list.ts'
import { listVersions, type VersionList } from '../../workflows/versions/list-versions.ts'

export default class VersionsList extends VersionsCommand {
  static override summary = "List a function's published versions, the newest first."
  static override description =
    'Shows who released each version, when, from which commit, its size, the aliases that point to it, and its releases. Releases are as far as the journal tells.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --limit 100 --json',
  ]
  static override args = oneFunction
  static override flags = {
    ...environmentFlags,
    ...webFlag,
    limit: Flags.integer({ description: 'the number of versions', default: 20, min: 1, helpValue: 'N' }),
  }

  async run(): Promise<VersionList | undefined> {
    const { args, flags } = await this.parse(VersionsList)
    if (flags.web) {
      return this.onFunction(flags, args.function, (run, target) => this.showPages(run, [target], 'versions'))
    }
    const list = await this.onFunction(flags, args.function, (run, target) =>
      listVersions(run, target, flags.limit),
    )
    this.show(versionListText(list, this.width))
    return list
  }
}
