import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.ts'
import { sandboxPortFlag } from '../../cli/flags/sandbox.ts'
import { requireRunning } from '../../cli/sandbox-control/ask-own.ts'
import { resetSandbox } from '../../cli/sandbox-control/reset.ts'

interface Reset {
  reset: { port: number; pid: number; service?: string }
}

export default class SandboxReset extends BaseCommand {
  static override summary =
    'Empty the sandbox, or one of its services: it forgets everything, and goes on at the same address.'
  static override description =
    'Ends all handlers, and forgets functions, alarms, metrics, logs, objects, queues, topics, rules, tables, streams, APIs, state machines, parameters, secrets, temporary keys and faults, also in the folder of --state. With the name of a service it forgets only what that service holds. The access key stays. There is no way back.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> logs',
    '<%= config.bin %> <%= command.id %> --port 4511',
  ]
  static override args = {
    service: Args.string({
      description:
        'the service to empty: apigateway, autoscaling, cloudwatch, dynamodb, events, iam, kinesis, lambda, logs, s3, secretsmanager, sns, sqs, ssm, stepfunctions or sts; default: all, and the faults',
    }),
  }
  static override flags = sandboxPortFlag

  async run(): Promise<Reset> {
    const { args, flags } = await this.parse(SandboxReset)
    const { port, pid, ...key } = requireRunning({ port: flags.port, line: this.typedLine() })
    const { service } = args
    await resetSandbox({ port, pid, ...key }, service)
    const emptied = service === undefined ? '' : `${service} of `
    this.show(`emptied ${emptied}the sandbox at http://127.0.0.1:${port} (process ${pid})`)
    return { reset: { port, pid, ...(service === undefined ? {} : { service }) } }
  }
}
