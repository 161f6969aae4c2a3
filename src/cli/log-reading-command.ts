import { LambdactlError } from '../errors/error.ts'
import type { RequestSummary } from '../logs/requests/summary.ts'
import { noticeText } from '../ui/lines/notice.ts'
import { readingText } from '../ui/lines/reading.ts'
import { traceLink } from '../ui/logs/trace-link.ts'
import { tellTimes } from '../ui/text/time.ts'
import { firstShiftOf } from '../workflows/logs/last-shift.ts'
import type { RequestSink, Span } from '../workflows/logs/requests/read-requests.ts'
import { versionByRole } from '../workflows/logs/requests/version-by-role.ts'
import type { Run, Target } from '../workflows/run/run.ts'
import { loggedFunctions } from './choose/logged-functions.ts'
import { type EnvironmentFlags, targetOf } from './environment-command.ts'
import { requireSpan, type SpanFlags } from './flags/log-span.ts'
import { timeOf } from './flags/moment.ts'
import { LoggedCommand } from './logged-command.ts'
import { systemClock } from './run/clock.ts'

/** A time span, and the version that is wanted in it; undefined for all. */
type VersionSpan = Span & { version: string | undefined }

/** How often a person is told how far the reading is, milliseconds. */
const tellEveryMs = 5000

/** A command that reads logs without following them. */
export abstract class LogReadingCommand extends LoggedCommand {
  /**
   * Finds one function, and connects.
   *
   * @param word its name in lambdactl.yaml or in Lambda, or its ARN, whose version counts as if a flag named it
   * @throws LambdactlError USAGE for a pattern, NOT_FOUND for a function that is neither in the file nor in Lambda
   */
  protected async openOne(
    flags: EnvironmentFlags & SpanFlags,
    word: string,
  ): Promise<{ run: Run; target: Target; span: VersionSpan }> {
    const located = await this.locateLogged(flags, [word])
    const { environment } = located
    const { sources, foreign, alias, version } = loggedFunctions(environment, [word])
    const run = await this.quickRun(environment, flags)
    const [source] = [...sources, ...(await this.foreignSources(run.aws, located, foreign, [word]))]
    if (!source || sources.length > 1) {
      throw new LambdactlError('USAGE', `Expected one function, got the pattern ${word}.`, {
        next: ['Name one function: patterns are for `lambdactl logs`.'],
      })
    }
    const target = targetOf({ ...environment, alias: alias ?? environment.alias }, source)
    const isChosen = flags.stable === true || flags.candidate === true
    const span = await this.spanOf(
      run,
      target,
      isChosen ? flags : { ...flags, version: flags.version ?? version },
    )
    return { run, target, span }
  }

  /**
   * The time span and the version that flags choose.
   *
   * @throws LambdactlError USAGE for a span that is none, NOT_FOUND without a release or a candidate
   */
  private async spanOf(run: Run, target: Target, flags: SpanFlags): Promise<VersionSpan> {
    const now = run.clock.now()
    const start = flags.since === 'deploy' ? await firstShiftOf(run, target) : timeOf(flags.since, now)
    const until = flags.until && timeOf(flags.until, now)
    requireSpan(start, until, now)
    const role = flags.stable ? 'stable' : flags.candidate ? 'candidate' : undefined
    const version = role ? await versionByRole(run, target, role) : flags.version
    return { start, until, version }
  }

  /** The request with the address of its X-Ray trace in the console, if it has one. */
  protected withTrace<Given extends Pick<RequestSummary, 'traceId'>>(
    request: Given,
  ): Given & { traceUrl?: string } {
    const traceUrl = request.traceId === undefined ? undefined : traceLink(this.place ?? {}, request.traceId)
    return traceUrl === undefined ? request : { ...request, traceUrl }
  }

  /** Tells on stderr how a reading goes on, once it takes long. */
  protected readingTeller(): Omit<RequestSink, 'settled'> {
    const tellTime = tellTimes()
    let told = systemClock.elapsed()
    return {
      notice: (notice) => this.tell(noticeText(notice, false, tellTime)),
      progress: (lines, time) => {
        if (systemClock.elapsed() - told < tellEveryMs) return
        told = systemClock.elapsed()
        this.tell(readingText(lines, time, tellTime))
      },
    }
  }
}
