import { isCode } from '../../errors/error.ts'
import { retentionDiagnosis } from '../../gates/doctor/checks/logs.ts'
import { memoryDiagnosis } from '../../gates/doctor/checks/memory.ts'
import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import { lineReader } from '../../logs/lines/read-line.ts'
import { isOf } from '../../logs/lines/stream-name.ts'
import type { LogEvent } from '../../logs/model/event.ts'
import { durationWords } from '../../release/values/duration.ts'
import type { Examined } from './examined.ts'
import { waysOf } from './ways.ts'

/** Checks that the function's log group does not keep its events for ever. */
export async function retentionCheck(examined: Examined): Promise<Diagnosis> {
  const { run, latest, declared } = examined
  const { logGroup: group } = latest
  const days = await run.aws.logGroups.retention(group)
  return retentionDiagnosis({ group, days, isOurs: declared.manages === 'function' }, waysOf(examined))
}

/** The time whose requests are read, milliseconds. */
const spanMs = 24 * 3_600_000
/** Pages of up to 10,000 requests: a busy log is read in part. */
const mostPages = 3
/** The lines with which requests end, in both of Lambda's formats. */
const pattern = '?"Max Memory Used" ?maxMemoryUsedMB'

/** Checks the function's memory against the requests of the last day. Filtering a log costs nothing. */
export async function memoryCheck(examined: Examined): Promise<Diagnosis> {
  const { memoryMb } = examined.latest.settings
  const used = (await readEnds(examined)).filter((each) => each.memoryMb === memoryMb)
  const mostMb = used.reduce((most, { maxMemoryMb = 0 }) => Math.max(most, maxMemoryMb), 0)
  const span = `the last ${durationWords(spanMs)}`
  return memoryDiagnosis({ memoryMb, requests: used.length, mostMb, span }, waysOf(examined))
}

async function readEnds({ run, target, latest }: Examined) {
  const { logGroup: group } = latest
  const since = run.clock.now() - spanMs
  const read = lineReader(() => target.function)
  const events: LogEvent[] = []
  let next: string | undefined
  for (let page = 0; page < mostPages; page += 1) {
    const found = await run.aws.logEvents.page({ group, since, pattern, next }).catch(ifAbsent)
    events.push(...found.events.filter(({ stream }) => isOf(target.lambdaName, group, stream)))
    next = found.next
    if (next === undefined) break
  }
  return events.flatMap((event) => {
    const { platform } = read(event)
    return platform?.kind === 'report' ? [platform.report] : []
  })
}

/** A function that never ran has no log group. */
function ifAbsent(error: unknown): { events: LogEvent[]; next: undefined } {
  if (isCode(error, 'NOT_FOUND')) return { events: [], next: undefined }
  throw error
}
