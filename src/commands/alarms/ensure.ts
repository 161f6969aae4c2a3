import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, type Located, targetOf } from '../../cli/environment-command.ts'
import { severalFunctions } from '../../cli/flags/args.ts'
import { dryRunFlag, yesFlag } from '../../cli/flags/change.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { confirm } from '../../cli/interrupt/confirm.ts'
import { locateAlarms } from '../../config/service/locate-alarms.ts'
import { ensureEndText, ensurePlanText } from '../../ui/results/alarms/ensure.ts'
import { carryOutEnsure, ensured, removedIn } from '../../workflows/alarms/carry-out.ts'
import { type EnsureAsked, type Ensured, hasChanges, planEnsure } from '../../workflows/alarms/ensure.ts'
import { type PrintedAlarms, printAlarms } from '../../workflows/alarms/print.ts'

export default class AlarmsEnsure extends EnvironmentCommand {
  static override summary = 'Make the CloudWatch alarms that the file wants for functions.'
  static override description =
    'Makes, changes and removes alarms until they are as `alarms:` of each function says; a second run changes nothing. They watch the alias, so they stay the same from release to release. Only alarms that lambdactl made are changed or removed; a removal asks first. It works beside an infrastructure tool too, since alarms are no setting of a function.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --env prod --dry-run',
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> --env prod --print terraform',
  ]
  static override args = severalFunctions
  static override flags = {
    ...environmentFlags,
    ...dryRunFlag,
    ...yesFlag,
    print: Flags.option({
      options: ['cloudformation', 'terraform'] as const,
      description: 'print the alarms for another tool, and make none',
    })(),
  }

  async run(): Promise<Ensured | PrintedAlarms> {
    const { args, flags } = await this.parse(AlarmsEnsure)
    const located = await this.locate(flags, args.function ?? [])
    const asked = askedIn(located)
    if (flags.print) {
      const printed = printAlarms(asked, flags.print)
      this.showAsIs(printed.text)
      return printed
    }
    const { environment, config } = located
    const run = await this.quickRun(environment, flags)
    const plan = await planEnsure(run, asked, config.service)
    this.show(ensurePlanText(ensured(plan, true)))
    if (flags['dry-run'] || !hasChanges(plan)) return this.end(ensured(plan, flags['dry-run']))
    const gone = removedIn(plan)
    if ((gone.length > 0 || environment.protected) && !flags.yes) {
      await confirm({
        what: gone.length > 0 ? `delete ${gone.join(', ')}` : `change the alarms of ${environment.name}`,
        name: environment.protected ? environment.name : undefined,
        again: this.typedLine('--yes'),
        ...(this.jsonEnabled() && { mayAsk: false }),
      })
    }
    await carryOutEnsure(run, plan)
    return this.end(ensured(plan, false))
  }

  private end(result: Ensured): Ensured {
    this.show(ensureEndText(result))
    return result
  }
}

function askedIn({ config, environment, functions }: Located): EnsureAsked[] {
  return functions.map((each) => ({
    target: targetOf(environment, each),
    wanted: locateAlarms(config, environment.name, each.name),
  }))
}
