import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { sandboxPortFlag } from '../../cli/flags/sandbox.ts'
import { durationFlag } from '../../cli/flags/values.ts'
import { setFault } from '../../cli/sandbox-control/faults.ts'
import { faultLine, faultWords } from '../../ui/results/sandbox-faults.ts'

type Fault = Awaited<ReturnType<typeof setFault>>

const kinds = Object.entries(faultWords)

export default class SandboxFault extends BaseCommand {
  static override summary = 'Make the sandbox fail on demand, as AWS and networks do.'
  static override description =
    `The fault stays until --for or --times ends it, or \`sandbox fault clear\`. The faults:\n${kinds
      .map(([kind, words]) => `- ${kind} ${words}.`)
      .join('\n')}`
  static override examples = [
    '<%= config.bin %> <%= command.id %> throttle UpdateAlias --times 3',
    '<%= config.bin %> <%= command.id %> error Invoke --on shop-hello-sandbox:live --times 5',
    "<%= config.bin %> <%= command.id %> latency 'logs:*' --by 2s --for 1m",
    '<%= config.bin %> <%= command.id %> late-logs /aws/lambda/shop-hello-sandbox --by 20s',
    '<%= config.bin %> <%= command.id %> kill shop-hello-sandbox:2 --times 1',
  ]
  static override args = {
    fault: Args.string({ description: `one of ${kinds.map(([kind]) => kind).join(', ')}`, required: true }),
    target: Args.string({
      description:
        'the operation, log group, metric or namespace, alarm, or function (with its version as in shop:2) that fails; * stands for any text; default: all',
    }),
  }
  static override flags = {
    ...sandboxPortFlag,
    on: Flags.string({
      description:
        'narrow a fault of an operation or of metrics to a function (as in shop or shop:live), an alarm, a log group, and so on; default: all',
      helpValue: 'NAME',
    }),
    by: durationFlag({ description: 'the delay, for faults that delay' }),
    for: durationFlag({ description: 'end the fault after this time; default: it stays' }),
    times: Flags.integer({
      description: 'end the fault after it has struck this often; default: it stays',
      min: 1,
      helpValue: 'N',
    }),
  }

  async run(): Promise<Fault> {
    const { args, flags } = await this.parse(SandboxFault)
    const { on, by: byMs, for: forMs, times, port } = flags
    const spec = { kind: args.fault, target: args.target, on, byMs, forMs, times }
    const fault = await setFault({ port, line: this.typedLine() }, spec)
    this.show(faultLine(fault))
    this.tell(
      `Clear it with: lambdactl sandbox fault clear ${fault.id}${port === undefined ? '' : ` --port ${port}`}`,
    )
    return fault
  }
}
