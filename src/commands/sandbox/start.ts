import { once } from 'node:events'
import * as Flags from '@oclif/core/flags'
import { accessKeyFlag } from '../../cli/access-key-flag.ts'
import { BaseCommand } from '../../cli/base-command.ts'
import { listenForInterrupt } from '../../cli/interrupt.ts'
import { openSandbox } from '../../cli/open-sandbox.ts'
import { notApart, sandboxText } from '../../ui/sandbox-text.ts'

export default class SandboxStart extends BaseCommand {
  static override summary = 'Run a local AWS Lambda, CloudWatch and CloudWatch Logs until interrupted.'
  static override description =
    'It really runs handlers (Node, Python and provided.*), keeps their logs and metrics, and evaluates alarms. It listens on 127.0.0.1 only, and for its user only: requests have to be signed with the access key that it prints, which lambdactl itself finds in a file that only this user reads.'
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
    'access-key': accessKeyFlag({
      description: 'the access key and the secret key of clients, for CI and tests; otherwise a random one',
      env: 'LAMBDACTL_SANDBOX_ACCESS_KEY',
    }),
    state: Flags.string({ description: 'keep functions, alarms and logs in this folder', helpValue: 'DIR' }),
  }

  protected override readonly streamsJson = true

  async run(): Promise<void> {
    const { flags } = await this.parse(SandboxStart)
    using interrupt = listenForInterrupt(() => this.tell('Stopping the sandbox.'))
    const options = {
      port: flags.port,
      accessKey: flags['access-key'],
      stateDirectory: flags.state,
    }
    const open = await openSandbox(options)
    const { url, account, accessKey } = open.sandbox
    const { handlersApart } = open
    const ready = this.jsonEnabled()
      ? JSON.stringify({ event: 'ready', url, account, accessKey, handlersApart })
      : sandboxText({ url, accessKey, keyFile: open.keyFile })
    // Not masked as other output is: the key is the result.
    process.stdout.write(`${ready}\n`)
    if (!handlersApart) this.tell(notApart)
    if (!interrupt.signal.aborted) await once(interrupt.signal, 'abort')
    await open.close()
  }
}
