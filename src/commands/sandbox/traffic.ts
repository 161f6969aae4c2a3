import { readFile } from 'node:fs/promises'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand, type ResultEvent } from '../../cli/base-command.ts'
import { type EventSource, eventSources, sandboxPortFlag } from '../../cli/flags/sandbox.ts'
import { durationFlag } from '../../cli/flags/values.ts'
import { listenForInterrupt } from '../../cli/interrupt/interrupt.ts'
import { systemClock } from '../../cli/run/clock.ts'
import { requireRunning } from '../../cli/sandbox-control/ask-own.ts'
import { prepareTraffic } from '../../cli/sandbox-control/traffic.ts'
import { LambdactlError } from '../../errors/error.ts'
import { fastText, secondText, trafficText } from '../../ui/results/sandbox-traffic.ts'
import type { Timed } from '../../ui/text/json/versioned.ts'
import { driveTraffic, type TrafficAccount } from '../../workflows/drive-traffic.ts'

/** The figures of a second. */
type TrafficEvent = Timed & { event: 'traffic' } & TrafficAccount

export default class SandboxTraffic extends BaseCommand<TrafficEvent | ResultEvent<TrafficAccount>> {
  static override summary =
    'Invoke a function of the sandbox at a steady rate; count versions, errors and times.'
  static override description =
    'Shows each second the invocations that were answered in it, and at the end the figures of all. Runs until --for is over or until Ctrl-C; both exit 0, whatever the answers are. No invocation is repeated, so throttles are seen. With --source each is an event of that source, as `sandbox event` makes it; if the function has such a source in the sandbox, the events go through it, and the figures are those of the source: `metrics` has those of the function.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> shop-hello-sandbox:live --rate 50 --event event.json',
    '<%= config.bin %> <%= command.id %> shop-hello-sandbox:live --for 30s --json',
    '<%= config.bin %> <%= command.id %> shop-hello-sandbox:live --source sqs --event order.json',
  ]
  static override args = {
    function: Args.string({
      description: "the function's name in the sandbox, and an alias or a version: shop-hello-sandbox:live",
      required: true,
    }),
  }
  static override flags = {
    ...sandboxPortFlag,
    rate: Flags.integer({
      description: 'invocations a second of real time',
      default: 10,
      min: 1,
      max: 1000,
      helpValue: 'N',
    }),
    event: Flags.string({
      description:
        'a JSON file with the event; with --source a file with the content of the message, as --file of `sandbox event`; default: {}',
      helpValue: 'FILE',
    }),
    source: Flags.string({
      description: 'send events of this source',
      options: [...eventSources],
    }),
    for: durationFlag({ description: 'end after this time; default: at Ctrl-C' }),
    region: Flags.string({ description: 'the Region, if several have the function', helpValue: 'REGION' }),
  }

  protected override readonly streamsJson = true

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SandboxTraffic)
    const line = this.typedLine()
    const source = flags.source as EventSource | undefined
    const event = flags.event === undefined ? undefined : await readEvent(flags.event, source)
    const key = requireRunning({ port: flags.port, line })
    const named = { text: args.function, region: flags.region, line }
    const { invoke, speed } = await prepareTraffic(key, named, { source, event })
    if (speed !== 1) this.tell(fastText(flags.rate, speed))
    using interrupt = listenForInterrupt()
    const onFigures = (account: TrafficAccount) => this.tellSecond(account)
    const options = { rate: flags.rate, forMs: flags.for, invoke, onFigures }
    const all = await driveTraffic(options, systemClock, interrupt.signal)
    this.endStream({ event: 'result', ...all }, trafficText(all))
  }

  private tellSecond(account: TrafficAccount): void {
    if (this.jsonEnabled()) this.streamJson({ event: 'traffic', time: systemClock.now(), ...account })
    else this.tell(secondText(account))
  }
}

/**
 * The event of a file: JSON, or any text for the message of a source.
 *
 * @throws LambdactlError USAGE for a file that can't be read, or is no JSON
 */
async function readEvent(file: string, source: EventSource | undefined): Promise<string> {
  try {
    const event = await readFile(file, 'utf8')
    if (source === undefined) JSON.parse(event)
    return event
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new LambdactlError(
      'USAGE',
      `Expected a file with ${source === undefined ? 'one JSON value' : 'the content of a message'} for --event, got ${file}: ${why}.`,
      {
        next: ['Write the event into a file: echo \'{"name": "Ada"}\' > event.json'],
        cause,
      },
    )
  }
}
