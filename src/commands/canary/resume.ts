import * as Flags from '@oclif/core/flags'
import { targetOf } from '../../cli/environment-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { yesFlag } from '../../cli/flags/change.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { followFlags } from '../../cli/flags/release.ts'
import { ReleaseCommand } from '../../cli/release-command.ts'
import { locateHooks } from '../../config/service/locate-hooks.ts'
import { locateTriggers } from '../../config/service/locate-triggers.ts'
import { resume, resumeApproved } from '../../workflows/resume.ts'

export default class CanaryResume extends ReleaseCommand {
  static override summary = 'Carry a release on, from any machine.'
  static override description =
    'Does what is due now, from the alias and the journal alone, and stays with the release. With --detach it leaves again (exit 8) and shows the time of the next step, so a scheduled job can carry a long canary. A paused release stays paused, and its gates are checked; with --approve it goes on. With --if-in-progress it exits 0 if there is nothing to carry on: a scheduled job tells once how a release ended.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --detach --if-in-progress',
    '<%= config.bin %> <%= command.id %> checkout --env prod --approve',
  ]
  static override args = oneFunction
  static override flags = {
    ...environmentFlags,
    ...followFlags,
    ...yesFlag,
    approve: Flags.boolean({ description: 'first approve a release that is paused or awaits approval' }),
    'if-in-progress': Flags.boolean({
      description: 'exit 0 without a release in progress, however the last one ended; for scheduled jobs',
      exclusive: ['approve'],
    }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(CanaryResume)
    const located = await this.locateOne(flags, args.function)
    const target = targetOf(located.environment, located.fn)
    const of = [located.config, located.environment.name, located.fn.name] as const
    const hooks = locateHooks(...of)
    const triggers = () => locateTriggers(...of)
    const resuming = { watch: !flags.detach, hooks, triggers, mayBeIdle: flags['if-in-progress'] }
    const what = flags.approve ? `approve the release of ${args.function}` : undefined
    await this.release(located, flags, what, async function* (run) {
      yield await (flags.approve ? resumeApproved : resume)(run, target, resuming)
    })
  }
}
