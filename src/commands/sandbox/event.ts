import { readFile } from 'node:fs/promises'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { type EventSource, eventSources, sandboxPortFlag } from '../../cli/flags/sandbox.ts'
import { requireRunning } from '../../cli/sandbox-control/ask-own.ts'
import { type EventAnswer, sendEvent } from '../../cli/sandbox-control/send-event.ts'
import { LambdactlError } from '../../errors/error.ts'
import { eventText } from '../../ui/results/sandbox-event.ts'

export default class SandboxEvent extends BaseCommand {
  static override summary = 'Invoke a function of the sandbox with one event, as a source of AWS sends it.'
  static override description =
    'Makes the event that Lambda hands to the function for one message of a queue, one record of a stream, one change of a table, one new object of a bucket, one message of a topic, one event of a bus, one turn of a schedule or one request to an HTTP API, and shows the answer. The source need not exist, and nothing is sent again. If the function or alias has such a queue, stream, table, topic, rule or schedule in the sandbox, the event goes through it, and the log of the function tells the answer. Exits 0, whatever the function answers.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> sqs shop-hello-sandbox:live',
    '<%= config.bin %> <%= command.id %> sqs shop-hello-sandbox:live --file order.json',
    '<%= config.bin %> <%= command.id %> http shop-hello-sandbox:live --file order.json',
    '<%= config.bin %> <%= command.id %> eventbridge shop-hello-sandbox:live --file order.json',
    '<%= config.bin %> <%= command.id %> kinesis shop-hello-sandbox:live --file click.json',
  ]
  static override args = {
    source: Args.string({
      description: 'the source of the event',
      required: true,
      options: [...eventSources],
    }),
    function: Args.string({
      description: "the function's name in the sandbox, and an alias or a version: shop-hello-sandbox:live",
      required: true,
    }),
  }
  static override flags = {
    ...sandboxPortFlag,
    file: Flags.string({
      description:
        'a file with the content of the message, record, item, object or request, the detail of the event, or the input of the schedule; default: {}, or a content that fits the filter of the source',
      helpValue: 'FILE',
    }),
    region: Flags.string({ description: 'the Region, if several have the function', helpValue: 'REGION' }),
  }

  async run(): Promise<EventAnswer> {
    const { args, flags } = await this.parse(SandboxEvent)
    const body = flags.file === undefined ? undefined : await contentOf(flags.file)
    const line = this.typedLine()
    const key = requireRunning({ port: flags.port, line })
    const named = { text: args.function, region: flags.region, line }
    const answer = await sendEvent(key, named, args.source as EventSource, body)
    this.show(eventText(answer))
    return answer
  }
}

/** @throws LambdactlError USAGE for a file that can't be read */
async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new LambdactlError('USAGE', `Expected a file with the content of a message for --file: ${why}.`, {
      next: ['Write the content into a file: echo \'{"order": 7}\' > order.json'],
      cause,
    })
  }
}
