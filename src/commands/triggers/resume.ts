import { EnvironmentCommand } from '../../cli/environment-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { dryRunFlag } from '../../cli/flags/change.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { resumeText } from '../../ui/results/triggers/pause.ts'
import { type ResumeResult, resumeTriggers } from '../../workflows/triggers/resume.ts'

export default class TriggersResume extends EnvironmentCommand {
  static override summary = 'Enable exactly the event source mappings that a pause disabled.'
  static override description =
    'Reads the record of `triggers pause`, and waits until Lambda has enabled them. Those that somebody else disabled stay disabled. Run it again if it was cut off.'
  static override examples = ['<%= config.bin %> <%= command.id %> checkout --env prod']
  static override args = oneFunction
  static override flags = { ...environmentFlags, ...dryRunFlag }

  async run(): Promise<ResumeResult> {
    const { args, flags } = await this.parse(TriggersResume)
    const result = await this.onFunction(flags, args.function, (run, target) =>
      resumeTriggers(run, target, { dryRun: flags['dry-run'] }),
    )
    this.show(resumeText(result))
    return result
  }
}
