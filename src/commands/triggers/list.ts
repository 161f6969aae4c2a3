import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand } from '../../cli/environment-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { webFlag } from '../../cli/output/output-flags.ts'
import { triggerListText } from '../../ui/results/triggers/list.ts'
import { listTriggers, type TriggerList } from '../../workflows/triggers/list.ts'

export default class TriggersList extends EnvironmentCommand {
  static override summary = 'List everything that invokes a function, and what goes past the alias.'
  static override description =
    'Shows event source mappings, permissions of the resource policies and function URLs, for the function itself, its aliases and its newest versions; with state, queue depth or iterator age as far as SQS and CloudWatch tell them, and the command that puts each on the alias.'
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
    const options = { allVersions: flags['all-versions'] }
    const list = await this.onFunction(flags, args.function, (run, target) =>
      listTriggers(run, target, options),
    )
    this.show(triggerListText(list, this.width))
    return list
  }
}
