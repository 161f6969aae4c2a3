import { isEmpty, lineFilter, patternOf } from '../logs/filter/line-filter.ts'
import { emptyTally, type Tally } from '../logs/following/tally.ts'
import { failedRequests, type LineChoice, oneRequest } from '../logs/requests/failed-lines.ts'
import { collectTraces, type Trace } from '../logs/requests/traces.ts'
import { noticeText } from '../ui/lines/notice.ts'
import { lineWriter, type Output } from '../ui/logs/line-writer.ts'
import type { LineEvent, RequestEvent } from '../ui/logs/ndjson.ts'
import { summaryText } from '../ui/logs/summary.ts'
import { traceLink } from '../ui/logs/trace-link.ts'
import type { LineWriter } from '../ui/logs/writing.ts'
import { tellTimes } from '../ui/text/time.ts'
import { type FoundRequest, findRequest } from '../workflows/logs/find-request.ts'
import type { Notice, NoticeEvent } from '../workflows/logs/notice.ts'
import type { Tailing } from '../workflows/logs/patient-pages.ts'
import type { LineSink, Tail } from '../workflows/logs/tail.ts'
import type { ResultEvent } from './base-command.ts'
import type { EnvironmentFlags } from './environment-command.ts'
import { type ContentFlags, type ReadingFlags, wishesOf } from './flags/logs.ts'
import { listenForInterrupt } from './interrupt/interrupt.ts'
import { type LiveTail, showLiveLines } from './logs/live-lines.ts'
import { requireUse } from './logs/require-use.ts'
import { runTail, type TailWishes } from './logs/run-tail.ts'
import { tailError } from './logs/tail-error.ts'
import { wantsView } from './logs/wants-view.ts'
import { writeText } from './logs/write-text.ts'
import { LogsCommand } from './logs-command.ts'
import { mask } from './output/mask.ts'
import { safeJson, safeMasked } from './output/safe-text.ts'
import { systemClock } from './run/clock.ts'
import { canDraw } from './run/presenter.ts'

/** The parsed flags of a tail. */
export interface TailFlags extends EnvironmentFlags, ReadingFlags, ContentFlags {
  /** Only failed requests. */
  errors: boolean
  /** The beginning of a request's id. */
  request: string | undefined
  lines: number | undefined
  output: Output | undefined
  fields: readonly string[] | undefined
  follow: boolean
  live: boolean
  'exit-on': RegExp | undefined
  'max-lines': number | undefined
  /** Milliseconds. */
  timeout: number | undefined
  view: boolean
  verbose: boolean
}

/** The ways in which a tail ends. */
interface Ends {
  /** Ctrl-C. */
  interrupt: AbortSignal
  /** Nobody reads the lines any more. */
  reader: AbortSignal
  /** The tail has all that was wanted. */
  stop: AbortController
  /** Any of them. */
  signal: AbortSignal
}

/** A tail whose end lies ahead goes on for this long after it, since events become visible late; milliseconds. */
const graceMs = 10_000

/** A request is looked for this far back by default, milliseconds. */
const requestAgoMs = 24 * 3_600_000
/** Lines that do not name their request lie at most this far beside those that do, milliseconds. */
const besideMs = 1000

/** How often a writer is asked for what it holds back, milliseconds. */
const askEveryMs = 250

/** A command that shows lines as they come. */
export abstract class TailCommand extends LogsCommand<
  LineEvent | RequestEvent | NoticeEvent | ResultEvent<Tally>
> {
  protected override readonly streamsJson = true
  private readonly tellTime = tellTimes()
  private unknownVersion: Extract<Notice, { notice: 'unknown-version' }> | undefined

  /** Shows lines until the tail ends, and then its summary. */
  protected async tail(words: readonly string[], flags: TailFlags): Promise<void> {
    using interrupt = listenForInterrupt()
    const stop = new AbortController()
    const reader = new AbortController()
    process.stdout.once('error', () => reader.abort())
    const signal = AbortSignal.any([interrupt.signal, reader.signal, stop.signal])
    try {
      await this.tailUntil({ interrupt: interrupt.signal, reader: reader.signal, signal, stop }, words, flags)
    } catch (error) {
      // The call that an interrupt ended, or a reader that left.
      if (interrupt.signal.aborted) this.exitAs('INTERRUPTED')
      else if (!reader.signal.aborted) throw error
    }
  }

  private async tailUntil(
    { interrupt, reader, signal, stop }: Ends,
    words: readonly string[],
    flags: TailFlags,
  ) {
    const { run, tail, found } = await this.choose(words, flags, signal)
    const leftMs = tail.until === undefined ? undefined : tail.until - run.clock.now()
    const isFollowed = flags.follow && !found && (leftMs === undefined || leftMs > 0)
    requireUse(flags, isFollowed, this.jsonEnabled())
    const contentWishes = wishesOf(flags)
    const writer = this.writerFor(flags, tail, !isEmpty(contentWishes))
    const wishes = wishesOfTail(flags, found, tail.start, isFollowed ? leftMs : undefined)
    const whole = {
      ...tail,
      isFollowed,
      isLive: flags.live,
      tellsThrottles: flags.errors,
      pattern: wishes.choice ? undefined : patternOf(contentWishes),
    }
    const viewed = {
      isFiltered: !isEmpty(contentWishes),
      functions: tail.functions.sources.map(({ name }) => name),
    }
    const isViewed = isFollowed && !this.jsonEnabled() && canDraw(process.stdout) && wantsView(flags)
    const tally = emptyTally()
    const tailTo = (sink: LineSink) => runTail(run, whole, wishes, { sink, stop, tally })
    const tailing = isViewed
      ? this.tailInView(viewed, stop, tailTo)
      : this.tailInLines(writer, { isFollowed, tellsTraces: found !== undefined, reader, signal }, tailTo)
    const hasMatched = await tailing.catch((error: unknown) => {
      if (tally.shown > 0 && !this.jsonEnabled() && !signal.aborted) this.tell(summaryText(tally))
      throw error
    })
    if (reader.aborted) return
    this.tellEnd(tally)
    if (interrupt.aborted) return this.exitAs('INTERRUPTED')
    const error = tailError({ tally, hasMatched, exitOn: wishes.exitOn, unknownVersion: this.unknownVersion })
    if (error) throw error
  }

  private async tailInLines(
    writer: LineWriter,
    {
      isFollowed,
      tellsTraces,
      reader,
      signal,
    }: Pick<Ends, 'reader' | 'signal'> & { isFollowed: boolean; tellsTraces: boolean },
    tailTo: (sink: LineSink) => Promise<boolean>,
  ): Promise<boolean> {
    const asking = setInterval(() => void this.write(writer.lines([], systemClock.now()), signal), askEveryMs)
    try {
      const sink = this.sink(writer, isFollowed, signal)
      const traces = collectTraces()
      const lines: LineSink['lines'] = (shown) => {
        if (tellsTraces) traces.note(shown)
        return sink.lines(shown)
      }
      const hasMatched = await tailTo({ ...sink, lines })
      if (reader.aborted) return hasMatched
      await this.write(writer.end(), signal)
      for (const trace of traces.all()) this.tellTrace(trace)
      return hasMatched
    } finally {
      clearInterval(asking)
    }
  }

  /** Chooses the logs; for one request, those of its time. */
  private async choose(
    words: readonly string[],
    flags: TailFlags,
    signal: AbortSignal,
  ): Promise<{ run: Tailing; tail: Omit<Tail, 'isFollowed'>; found: FoundRequest | undefined }> {
    if (flags.request === undefined)
      return { ...(await this.chooseLogs(words, flags, signal)), found: undefined }
    const since = flags.since ?? { agoMs: requestAgoMs }
    const { run, tail } = await this.chooseLogs(words, { ...flags, since }, signal)
    const found = await findRequest(run, tail, flags.request, (notice) => this.tellNotice(notice, false))
    return { run, tail: { ...tail, start: found.first - besideMs, until: found.last + besideMs }, found }
  }

  /** Shows the lines in the live view until the tail ends; then the screen is as it was before. */
  private async tailInView(
    viewed: Pick<LiveTail, 'isFiltered' | 'functions'>,
    stop: AbortController,
    tailTo: (sink: LineSink) => Promise<boolean>,
  ): Promise<boolean> {
    const live = await showLiveLines({
      ...viewed,
      noticeText: (notice) => noticeText(notice, true, tellTimes()),
      onLeave: () => stop.abort(),
    })
    try {
      return await tailTo(live)
    } finally {
      for (const notice of await live.end()) this.tellNotice(notice, true)
    }
  }

  private sink(writer: LineWriter, isFollowed: boolean, signal: AbortSignal): LineSink {
    return {
      lines: (lines) => this.write(writer.lines(lines, systemClock.now()), signal),
      notice: (notice) => this.tellNotice(notice, isFollowed),
    }
  }

  private write(text: string, signal: AbortSignal): Promise<void> {
    // Secrets were masked line by line: what looks like the begin of a key must not hide the lines behind it.
    return writeText(process.stdout, safeMasked(text), signal)
  }

  private writerFor(
    flags: TailFlags,
    { functions }: Pick<Tail, 'functions'>,
    isFiltered: boolean,
  ): LineWriter {
    const usual = process.stdout.isTTY ? 'pretty' : 'plain'
    return lineWriter(this.jsonEnabled() ? 'ndjson' : (flags.output ?? usual), {
      fields: flags.fields,
      namesFunctions: functions.sources.length > 1 || functions.chooses !== undefined,
      isFiltered,
      width: this.width,
      mask,
      json: safeJson,
    })
  }

  private tellTrace(trace: Trace): void {
    const url = traceLink(this.place ?? {}, trace.traceId)
    this.tellNotice({ notice: 'trace', ...trace, ...(url === undefined ? {} : { url }) }, false)
  }

  private tellNotice(notice: Notice, isFollowed: boolean): void {
    if (notice.notice === 'unknown-version') this.unknownVersion = notice
    if (this.jsonEnabled()) this.streamJson({ event: 'notice', ...notice })
    else this.tell(noticeText(notice, isFollowed, this.tellTime))
  }

  private tellEnd(tally: Tally): void {
    if (this.jsonEnabled()) this.streamJson({ event: 'result', ...tally })
    else this.tell(summaryText(tally))
  }
}

function wishesOfTail(
  flags: TailFlags,
  found: FoundRequest | undefined,
  start: number,
  leftMs: number | undefined,
): TailWishes {
  return {
    choice: choiceOf(flags, found),
    isShown: lineFilter(wishesOf(flags)),
    lastCount: flags.lines,
    lastSince: flags.since === undefined ? undefined : start,
    maxLines: flags['max-lines'],
    exitOn: flags['exit-on'],
    timeoutMs: earlier(flags.timeout, leftMs === undefined ? undefined : leftMs + graceMs),
  }
}

function choiceOf({ errors }: TailFlags, found: FoundRequest | undefined): LineChoice | undefined {
  if (found) return oneRequest(found.id)
  return errors ? failedRequests() : undefined
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return Math.min(one, other)
}
