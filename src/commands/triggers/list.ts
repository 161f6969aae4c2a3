import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, targetOf } from '../../cli/environment-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { webFlag } from '../../cli/output/output-flags.ts'
import { locateTriggers } from '../../config/service/locate-triggers.ts'
import { triggerListText } from '../../ui/results/triggers/list.ts'
import { listTriggers, type TriggerList } from '../../workflows/triggers/list.ts'

export default class TriggersList extends EnvironmentCommand {
  static override summary = 'List everything that invokes a function, and what goes past the alias.'
  static override description =
    'Shows event source mappings, permissions of the resource policies and function URLs, for the function itself, its aliases and its newest versions; with state, queue depth or iterator age as far as SQS and CloudWatch tell them, and the command that puts each on the alias. Says which `triggers` of the file differ.'
  static override examples = ['<%= config.bin %> <%= command.id %> checkout --env prod']
  static override args = oneFunction
  static override flags = {
    ...environmentFlags,
    ...webFlag,
    'all-versions': Flags.boolean({
      description: 'read the policies of all versions, 15 a second; default: the newest ten',
    }),
  }

  async run(): Promise<TriggerList | undefined> {
    const { args, flags } = await this.parse(TriggersList)
    if (flags.web) {
      return this.onFunction(flags, args.function, (run, target) => this.showPages(run, [target], 'triggers'))
    }
    const { config, environment, fn } = await this.locateOne(flags, args.function)
    const run = await this.quickRun(environment, flags)
    const list = await listTriggers(run, targetOf(environment, fn), {
      allVersions: flags['all-versions'],
      triggers: () => locateTriggers(config, environment.name, fn.name),
    })
    this.show(triggerListText(list, this.width))
    return list
  }
}
