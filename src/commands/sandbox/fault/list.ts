import { BaseCommand } from '../../../cli/base-command.ts'
import { sandboxPortFlag } from '../../../cli/flags/sandbox.ts'
import { listFaults } from '../../../cli/sandbox-control/faults.ts'
import { faultsText } from '../../../ui/results/sandbox-faults.ts'

interface Listed {
  faults: Awaited<ReturnType<typeof listFaults>>
}

export default class SandboxFaultList extends BaseCommand {
  static override summary = 'Show the faults of the sandbox, and how often each has struck.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override flags = sandboxPortFlag

  async run(): Promise<Listed> {
    const { flags } = await this.parse(SandboxFaultList)
    const faults = await listFaults({ port: flags.port, line: this.typedLine() })
    this.show(faultsText(faults))
    return { faults }
  }
}
