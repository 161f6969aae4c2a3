import { isCode } from '../../errors/error.ts'
import { batchesDiagnosis, streamsDiagnosis } from '../../gates/doctor/checks/batches.ts'
import { asyncCallers, retriesDiagnosis } from '../../gates/doctor/checks/retries.ts'
import { isQueue } from '../../gates/doctor/checks/sources.ts'
import { timeoutDiagnosis } from '../../gates/doctor/checks/timeout.ts'
import { type FoundQueue, visibilityDiagnosis } from '../../gates/doctor/checks/visibility.ts'
import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import type { Trigger } from '../../release/values/observed.ts'
import type { Run } from '../run/run.ts'
import type { Examined } from './examined.ts'
import { waysOf } from './ways.ts'

/** Checks the time-out against those of the callers. */
export async function timeoutCheck(examined: Examined): Promise<Diagnosis> {
  const { latest, hasTimeout: isChosen, triggers } = examined
  const { timeoutSeconds } = latest.settings
  return timeoutDiagnosis({ timeoutSeconds, isChosen, triggers: await triggers() }, waysOf(examined))
}

/** Checks how long the queues of mappings hide a message; each queue is read once. */
export async function visibilityCheck(examined: Examined): Promise<Diagnosis> {
  const { run, latest, triggers } = examined
  const found = (await triggers()).flatMap(({ batches }) =>
    batches && isQueue(batches.source) ? [batches] : [],
  )
  const windows = new Map<string, number>()
  for (const { source, windowSeconds = 0 } of found)
    windows.set(source, Math.max(windowSeconds, windows.get(source) ?? 0))
  const queues = await Promise.all(
    Array.from(windows, async ([arn, windowSeconds]) => ({
      arn,
      windowSeconds,
      hidesSeconds: await hiddenBy(run, arn),
    })),
  )
  return visibilityDiagnosis(latest.settings.timeoutSeconds, queues, waysOf(examined))
}

async function hiddenBy({ aws }: Run, arn: string): Promise<FoundQueue['hidesSeconds']> {
  try {
    return (await aws.queues.queue(arn))?.visibilityTimeoutSeconds ?? 'absent'
  } catch (error) {
    if (isCode(error, 'NOT_PERMITTED')) return 'unknown'
    throw error
  }
}

/** Checks that asynchronous events that fail are kept; reads the destinations only if there are such callers. */
export async function retriesCheck(examined: Examined): Promise<Diagnosis> {
  const { latest, target, triggers } = examined
  const callers = asyncCallers(await triggers())
  const losing = latest.settings.deadLetter ? [] : await withoutDestination(examined, callers)
  const [, partition = 'aws', , region = '', account = ''] = latest.arn.split(':')
  const queue = `arn:${partition}:sqs:${region}:${account}:${target.lambdaName}-failed`
  return retriesDiagnosis({ alias: target.alias, callers, losing, queue }, waysOf(examined))
}

async function withoutDestination(
  { run, target }: Examined,
  callers: readonly Trigger[],
): Promise<Trigger[]> {
  const qualifiers = [...new Set(callers.map(({ qualifier = '$LATEST' }) => qualifier))]
  const read = qualifiers.map(async (qualifier) => ({
    qualifier,
    found: await run.aws.attachments.asyncInvocation(target.lambdaName, qualifier),
  }))
  const losing = (await Promise.all(read)).filter(({ found }) => !found?.onFailure)
  return callers.filter(({ qualifier = '$LATEST' }) => losing.some((each) => each.qualifier === qualifier))
}

/** Checks the batches of event source mappings. */
export async function batchesCheck(examined: Examined): Promise<Diagnosis> {
  return batchesDiagnosis(await examined.triggers(), waysOf(examined))
}

/** Checks the retries of event source mappings of streams. */
export async function streamsCheck(examined: Examined): Promise<Diagnosis> {
  return streamsDiagnosis(await examined.triggers(), waysOf(examined))
}
