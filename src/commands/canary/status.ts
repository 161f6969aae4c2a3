import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, targetOf } from '../../cli/environment-command.ts'
import { exitCodeOf } from '../../cli/exit-codes.ts'
import { environmentFlags } from '../../cli/flags.ts'
import { releaseText } from '../../ui/release-text.ts'
import { outcomeCodes } from '../../workflows/release-outcome.ts'
import { type ReleaseStatus, releaseStatus } from '../../workflows/release-status.ts'

export default class CanaryStatus extends EnvironmentCommand {
  static override summary = 'Show how the last release stands, what is still to come, and its alarms.'
  static override description = 'From the alias and the journal alone, so from any machine.'
  static override examples = ['<%= config.bin %> <%= command.id %> checkout --env prod']
  static override args = {
    function: Args.string({ description: 'a function of lambdactl.yaml', required: true }),
  }
  static override flags = {
    ...environmentFlags,
    'exit-code': Flags.boolean({
      description: 'exit by what has become of the release: 0 done, 7 rolled back, 8 more to come, 5 moved',
    }),
  }

  async run(): Promise<ReleaseStatus> {
    const { args, flags } = await this.parse(CanaryStatus)
    const { environment, fn } = await this.locateOne(flags, args.function)
    const run = await this.quickRun(environment, flags)
    const status = await releaseStatus(run, targetOf(environment, fn))
    this.show(releaseText(status, this.width))
    const { outcome } = status
    if (flags['exit-code'] && outcome !== 'done') process.exitCode = exitCodeOf(outcomeCodes[outcome])
    return status
  }
}
