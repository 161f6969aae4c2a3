import { BaseCommand } from '../../cli/base-command.ts'
import { sandboxPortFlag } from '../../cli/flags/sandbox.ts'
import { chooseRunning } from '../../cli/sandbox-control/choose-running.ts'
import { stopSandbox } from '../../cli/sandbox-control/stop-sandbox.ts'

/** The sandboxes that were ended: one or none. */
interface Stopped {
  stopped: { port: number; pid: number }[]
}

export default class SandboxStop extends BaseCommand {
  static override summary = 'Stop a sandbox of this user, with the handlers that it runs.'
  static override description =
    'Stops the only running sandbox, or the one at --port, in the background or in a terminal. Safe to repeat: if none runs, there is nothing to do.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --port 4511',
  ]
  static override flags = sandboxPortFlag

  async run(): Promise<Stopped> {
    const { flags } = await this.parse(SandboxStop)
    const found = chooseRunning({ port: flags.port, line: this.typedLine() })
    if (!found) {
      const where = flags.port === undefined ? 'is running' : `is running at port ${flags.port}`
      this.show(`No sandbox of yours ${where}: nothing to stop.`)
      return { stopped: [] }
    }
    const { port, pid } = found
    await stopSandbox(found)
    this.show(`stopped the sandbox at http://127.0.0.1:${port} (process ${pid})`)
    return { stopped: [{ port, pid }] }
  }
}
