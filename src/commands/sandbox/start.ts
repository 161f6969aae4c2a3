import { once } from 'node:events'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { listenForInterrupt } from '../../cli/interrupt.ts'
import { openSandbox } from '../../cli/open-sandbox.ts'
import { sandboxText } from '../../ui/sandbox-text.ts'

export default class SandboxStart extends BaseCommand {
  static override summary = 'Run a local AWS Lambda, CloudWatch and CloudWatch Logs until interrupted.'
  static override description =
    'It really runs handlers (Node, Python and provided.*), keeps their logs and metrics, and evaluates alarms. It listens on 127.0.0.1 only. Any credentials do.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --port 0 --state .lambdactl/sandbox --json',
  ]
  static override flags = {
    port: Flags.integer({
      description: 'the port; 0 takes a free one',
      default: 4510,
      min: 0,
      max: 65_535,
      helpValue: 'PORT',
    }),
    state: Flags.string({ description: 'keep functions, alarms and logs in this folder', helpValue: 'DIR' }),
  }

  protected override readonly streamsJson = true

  async run(): Promise<void> {
    const { flags } = await this.parse(SandboxStart)
    using interrupt = listenForInterrupt(() => this.tell('Stopping the sandbox.'))
    const options = {
      port: flags.port,
      ...(flags.state === undefined ? {} : { stateDirectory: flags.state }),
    }
    const sandbox = await openSandbox(options)
    if (this.jsonEnabled()) this.streamJson({ event: 'ready', url: sandbox.url, account: sandbox.account })
    this.show(sandboxText(sandbox.url))
    if (!interrupt.signal.aborted) await once(interrupt.signal, 'abort')
    await sandbox.close()
  }
}
