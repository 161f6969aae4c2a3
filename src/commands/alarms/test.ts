import * as Args from '@oclif/core/args'
import { EnvironmentCommand, targetOf } from '../../cli/environment-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { dryRunFlag, yesFlag } from '../../cli/flags/change.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { confirm } from '../../cli/interrupt/confirm.ts'
import { alarmsTestText } from '../../ui/results/alarms/test.ts'
import { type AlarmsTest, examineAlarms, fireAlarms, lookedAt, toFire } from '../../workflows/alarms/test.ts'

export default class AlarmsTestCommand extends EnvironmentCommand {
  static override summary = 'Prove that the alarms of a function can fire, and inform somebody.'
  static override description =
    'Holds the values of the last 24 h against the limit of each alarm: that is the proof by real data. Then sets each alarm to ALARM for a moment and back, which carries out its actions and proves only those; it asks first. Refuses during a release, which a firing alarm would roll back. Exits 6 if an action was not carried out.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod --dry-run',
    '<%= config.bin %> <%= command.id %> checkout errors --env prod',
  ]
  static override args = {
    ...oneFunction,
    alarm: Args.string({
      description: 'alarms of the function, by their name in the file or in CloudWatch; default: all',
      multiple: true,
    }),
  }
  static override flags = { ...environmentFlags, ...dryRunFlag, ...yesFlag }

  async run(): Promise<AlarmsTest> {
    const { args, flags } = await this.parse(AlarmsTestCommand)
    const { environment, fn } = await this.locateOne(flags, args.function)
    const run = await this.quickRun(environment, flags)
    const target = targetOf(environment, fn)
    const examined = await examineAlarms(run, target, args.alarm ?? [])
    const looked = lookedAt(run, target, examined)
    const firing = toFire(examined)
    if (flags['dry-run'] || firing.length === 0) {
      this.show(alarmsTestText(looked))
      return looked
    }
    if (!flags.yes) {
      this.show(alarmsTestText(looked))
      await confirm({
        what: `set ${firing.map(({ name }) => name).join(', ')} to ALARM for a moment`,
        name: environment.protected ? environment.name : undefined,
        again: this.typedLine('--yes'),
        ...(this.jsonEnabled() && { mayAsk: false }),
      })
    }
    const result = await fireAlarms(run, target, examined)
    this.show(alarmsTestText(result))
    if (result.alarms.some(({ fired }) => fired?.succeeded === false)) this.exitAs('PREFLIGHT_FAILED')
    return result
  }
}
