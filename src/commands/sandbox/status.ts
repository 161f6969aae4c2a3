import { BaseCommand } from '../../cli/base-command.ts'
import { askRunning } from '../../cli/sandbox-control/running.ts'
import { allKeys } from '../../cli/sandbox-key/read-key.ts'
import { type RunningSandbox, sandboxesText } from '../../ui/results/sandbox-status.ts'

export default class SandboxStatus extends BaseCommand {
  static override summary = 'Show the sandboxes of this user that are running.'
  static override description =
    'Shows the port, the process, its start and memory, the state folder and the log, the functions with their published versions, the living environments, and the faults. Killed sandboxes are not shown.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ]

  async run(): Promise<{ sandboxes: RunningSandbox[] }> {
    await this.parse(SandboxStatus)
    const sandboxes = await Promise.all(allKeys(process.env).map(askRunning))
    this.show(sandboxesText(sandboxes, Date.now()))
    return { sandboxes }
  }
}
