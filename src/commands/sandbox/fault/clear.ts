import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../../cli/base-command.ts'
import { sandboxPortFlag } from '../../../cli/flags/sandbox.ts'
import { clearFaults } from '../../../cli/sandbox-control/faults.ts'
import { clearedText } from '../../../ui/results/sandbox-faults.ts'

interface Cleared {
  cleared: Awaited<ReturnType<typeof clearFaults>>
}

export default class SandboxFaultClear extends BaseCommand {
  static override summary = 'End a fault of the sandbox, or all of them.'
  static override description =
    'Logs and metrics that the fault has delayed are visible at once. Safe to repeat: if there is no such fault, there is nothing to do.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> 2']
  static override args = {
    id: Args.integer({
      description: 'the number of a fault, as `sandbox fault list` shows it; default: all',
      min: 1,
    }),
  }
  static override flags = sandboxPortFlag

  async run(): Promise<Cleared> {
    const { args, flags } = await this.parse(SandboxFaultClear)
    const cleared = await clearFaults({ port: flags.port, line: this.typedLine() }, args.id)
    this.show(clearedText(cleared))
    return { cleared }
  }
}
