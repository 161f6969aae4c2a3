import { EnvironmentCommand, targetOf } from '../../cli/environment-command.ts'
import { severalFunctions } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { webFlag } from '../../cli/output/output-flags.ts'
import { releaseAlarms } from '../../config/service/locate-alarms.ts'
import { alarmsText } from '../../ui/results/alarms/list.ts'
import { type ListedFunction, listAlarms } from '../../workflows/alarms/list.ts'
import { commandFor } from '../../workflows/run/run.ts'

export default class AlarmsList extends EnvironmentCommand {
  static override summary = 'List the alarms that watch functions, and what each can not see.'
  static override description =
    'Reads all CloudWatch alarms of the Region, and shows those on the metrics of the functions, whoever made them: their state and since when, whether they gate releases, and why one may miss a fault or inform nobody.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> --env prod --json',
  ]
  static override args = severalFunctions
  static override flags = { ...environmentFlags, ...webFlag }

  async run(): Promise<{ functions: ListedFunction[] } | undefined> {
    const { args, flags } = await this.parse(AlarmsList)
    const { config, environment, functions } = await this.locate(flags, args.function ?? [])
    const run = await this.quickRun(environment, flags)
    const targets = functions.map((fn) => targetOf(environment, fn))
    if (flags.web) return this.showPages(run, targets, 'alarms')
    const asked = targets.map((target) => ({
      target,
      gates: releaseAlarms(config, environment.name, target.function, target.ensuredAlarms),
    }))
    const listed = await listAlarms(run, asked)
    const commandOf = (name: string, verb: string) => {
      const target = targets.find((one) => one.function === name)
      return target ? commandFor(target, verb) : ''
    }
    this.show(alarmsText(listed, this.width, commandOf))
    return { functions: listed }
  }
}
