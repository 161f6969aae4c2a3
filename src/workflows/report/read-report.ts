import { LambdactlError } from '../../errors/error.ts'
import { periodFor } from '../../operation/metrics/period.ts'
import {
  journalPart,
  type ReleaseReport,
  type ReportedErrors,
  reportedPlan,
  spanAround,
  type UnreadPart,
} from '../../operation/report/report.ts'

import { readEntries } from '../../release/journal/entry.ts'
import { hooksIn, looksIn } from '../../release/journal/looks.ts'
import { readPlan } from '../../release/plan/plan-schema.ts'
import { type ErrorKind, listErrors } from '../logs/requests/list-errors.ts'
import type { RequestSink } from '../logs/requests/read-requests.ts'
import type { Run, Target } from '../run/run.ts'
import { orFailure } from '../run/unread.ts'
import { findReported } from './find-reported.ts'
import { alarmCourses } from './read-alarms.ts'
import { readFigures } from './read-figures.ts'

export type { ReleaseReport } from '../../operation/report/report.ts'

/** The wanted release, and whether the log is read for its errors. */
export interface ReportWishes {
  /** As `findReported` takes it. */
  release: string
  errors: boolean
}

/**
 * Reads all about one release: its journal, the figures of its versions, its alarms and its failed requests. A part that
 * can't be read is told in `unread`.
 *
 * @param sink hears how the reading of the log goes on
 * @throws LambdactlError USAGE, NOT_FOUND without such a release; NOT_PERMITTED for the journal
 */
export async function readReport(
  run: Run,
  target: Target,
  wishes: ReportWishes,
  sink: Omit<RequestSink, 'settled'>,
): Promise<ReleaseReport> {
  const { release, entries } = await findReported(run, target, wishes.release)
  const now = run.clock.now()
  const around = spanAround(release, now)
  const periodMs = periodFor(around.from, around.until, now)
  const span = { from: around.from - (around.from % periodMs), until: around.until, periodMs }
  const plan = readPlan(entries.findLast(({ kind }) => kind === 'plan')?.['plan'])
  const looks = looksIn(entries)
  const unread: UnreadPart[] = []
  const [versions, alarms] = await Promise.all([
    readFigures(run, target, { release, span, now }, unread),
    alarmCourses(run, plan?.alarms ?? [], { looks, span, now }, unread),
  ])
  const mayHaveErrors = versions?.every(({ errors }) => errors === 0) !== true
  const errors =
    wishes.errors && mayHaveErrors
      ? await readErrors(run, target, { start: release.started, until: span.until, sink }, unread)
      : undefined
  return {
    function: target.function,
    lambdaName: target.lambdaName,
    alias: target.alias,
    environment: target.environment,
    ...span,
    release,
    ...(plan && { plan: reportedPlan(plan) }),
    ...journalPart(readEntries(entries), release),
    gates: looks,
    hooks: hooksIn(entries),
    ...(versions && { versions }),
    alarms,
    ...(errors ? { errors } : wishes.errors && !mayHaveErrors ? { errors: [] } : {}),
    unread,
    written: now,
  }
}

interface ErrorSpan {
  start: number
  until: number
  sink: Omit<RequestSink, 'settled'>
}

async function readErrors(
  run: Run,
  target: Target,
  { sink, ...span }: ErrorSpan,
  unread: UnreadPart[],
): Promise<ReportedErrors[] | undefined> {
  const list = await orFailure(() => listErrors(run, target, { ...span, version: undefined }, sink))
  if (!(list instanceof LambdactlError)) return list.groups.map(reportedErrors)
  unread.push({ part: 'errors', reason: list.message })
  return undefined
}

/** The lines of a sample that a report shows. */
const mostLines = 12

function reportedErrors({ kind, frame, count, first, last, versions, sample }: ErrorKind): ReportedErrors {
  return {
    kind,
    ...(frame !== undefined && { frame }),
    count,
    first,
    last,
    versions: versions.map(({ version, count: each }) => ({
      ...(version !== undefined && { version }),
      count: each,
    })),
    sample: { request: sample.id, lines: sample.lines.slice(-mostLines).map(({ text }) => text) },
  }
}
