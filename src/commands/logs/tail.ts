import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, targetOf } from '../../cli/environment-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { durationFlag } from '../../cli/flags/values.ts'
import { listenForInterrupt } from '../../cli/interrupt/interrupt.ts'
import { safeJson, safeText } from '../../cli/output/safe-text.ts'
import { systemClock } from '../../cli/run/clock.ts'
import { LambdactlError } from '../../errors/error.ts'
import { noticeText } from '../../ui/lines/notice.ts'
import { logText } from '../../ui/results/logs-tail.ts'
import { count } from '../../ui/text/figures.ts'
import { formatMoment, tellTimes } from '../../ui/text/time.ts'
import type { Notice } from '../../workflows/logs/notice.ts'
import { tailLogs } from '../../workflows/tail-logs.ts'

export default class LogsTail extends EnvironmentCommand {
  static override summary = "Follow a function's log over all its versions and environments."
  static override description =
    'Each line has its time, the version that wrote it and the start of its request id. Late lines are shown when they arrive. With --json each line is one JSON document.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --since 1h --no-follow',
  ]
  static override args = oneFunction
  static override flags = {
    ...environmentFlags,
    since: durationFlag({
      description: 'the time span to begin with, back from now',
      default: 10 * 60_000,
      defaultHelp: async () => '10m',
    }),
    version: Flags.integer({ description: 'only the lines of this version', min: 1, helpValue: 'N' }),
    follow: Flags.boolean({
      description: 'follow new lines until interrupted',
      default: true,
      allowNo: true,
    }),
  }

  protected override readonly streamsJson = true
  private readonly tellTime = tellTimes()

  async run(): Promise<void> {
    const { args, flags } = await this.parse(LogsTail)
    const { environment, fn } = await this.locateOne(flags, args.function)
    using interrupt = listenForInterrupt()
    const reader = new AbortController()
    process.stdout.once('error', () => reader.abort())
    const signal = AbortSignal.any([interrupt.signal, reader.signal])
    const aws = await this.connect(environment, flags, signal)
    const run = { aws, clock: systemClock, signal, config: this.namedConfig }
    const options = {
      agoMs: flags.since,
      follow: flags.follow,
      version: flags.version?.toString(),
    }
    let shown = 0
    const began = systemClock.now()
    await tailLogs(run, targetOf(environment, fn), options, {
      onLines: (lines) => {
        shown += lines.length
        return this.write(lines, signal)
      },
      onNotice: (notice) => this.tellNotice(notice, flags.follow),
    })
    if (interrupt.signal.aborted) throw new LambdactlError('INTERRUPTED', 'Interrupted: the tail ends here.')
    if (this.jsonEnabled()) this.streamJson({ event: 'result', lines: shown })
    else if (!flags.follow) this.tell(`${count(shown, 'line')} since ${formatMoment(began - flags.since)}`)
  }

  private tellNotice(notice: Notice, follow: boolean): void {
    if (this.jsonEnabled()) this.streamJson({ event: 'notice', ...notice })
    else this.tell(noticeText(notice, follow, this.tellTime))
  }

  /** Writes a batch at once and waits until the reader has taken it, or until the tail has to end. */
  private async write(lines: readonly Parameters<typeof logText>[0][], signal: AbortSignal): Promise<void> {
    const text = lines.map((line) =>
      this.jsonEnabled() ? safeJson({ event: 'line', ...line }) : safeText(logText(line, this.tellTime)),
    )
    if (!process.stdout.write(`${text.join('\n')}\n`)) await drained(process.stdout, signal)
  }
}

/** Resolves when a stream accepts more, or the signal is aborted. */
async function drained(stream: NodeJS.WritableStream, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const go = () => resolve()
  stream.once('drain', go)
  signal.addEventListener('abort', go)
  await promise
  stream.off('drain', go)
  signal.removeEventListener('abort', go)
}
