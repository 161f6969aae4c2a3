import type {
  PutEventsRequest,
  PutEventsRequestEntry,
  PutEventsResponse,
  PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge'
import type { Call } from '../../protocol/service.ts'
import { invalid } from '../rules/errors.ts'
import { type BusEvent, busEvent } from '../rules/event.ts'
import { defaultBus } from '../rules/records.ts'
import { type Router, route } from '../rules/route.ts'

/** EventBridge's limit of all entries together since January 2026, bytes. */
const largest = 1_048_576

/** Puts events on their buses. An entry that EventBridge refuses does not stop the others. @throws ServiceError 400 */
export async function putEvents(
  router: Router,
  { Entries: entries = [] }: PutEventsRequest,
  call: Call,
): Promise<PutEventsResponse> {
  if (entries.reduce((sum, entry) => sum + bytesOf(entry), 0) > largest)
    throw invalid('Total size of the entries in the request is over the limit.')
  const results: PutEventsResultEntry[] = []
  for (const entry of entries) results.push(await putEvent(router, entry, call))
  const failed = results.filter(({ ErrorCode }) => ErrorCode !== undefined)
  return { FailedEntryCount: failed.length, Entries: results }
}

/** The bytes of an entry, as EventBridge counts them. */
function bytesOf({
  Time,
  Source = '',
  DetailType = '',
  Detail = '',
  Resources = [],
}: PutEventsRequestEntry): number {
  return [Source, DetailType, Detail, ...Resources].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    Time === undefined ? 0 : 14,
  )
}

async function putEvent(
  router: Router,
  entry: PutEventsRequestEntry,
  call: Call,
): Promise<PutEventsResultEntry> {
  const event = eventOf(entry, call, router.clock())
  if ('ErrorCode' in event) return event
  const { EventBusName = defaultBus } = entry
  const bus = EventBusName.slice(EventBusName.indexOf('/') + 1)
  // EventBridge drops the event in silence, and so nobody would see why.
  if (router.book.hasBus(call, bus)) await route(router, bus, event)
  else console.error(`An event of ${event.source} is lost: there is no bus ${bus}`)
  return { EventId: event.id }
}

function eventOf(
  { Source, DetailType, Detail, Resources, Time }: PutEventsRequestEntry,
  call: Call,
  now: number,
): BusEvent | { ErrorCode: string; ErrorMessage: string } {
  const given = Object.entries({ Source, DetailType, Detail })
  const missing = given.find(([, value]) => !value)?.[0]
  if (!Source || !DetailType || !Detail) {
    const message = `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`
    return { ErrorCode: 'InvalidArgument', ErrorMessage: message }
  }
  if (Source.startsWith('aws.'))
    return {
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    }
  const detail = objectIn(Detail)
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }
  const parts = { source: Source, detailType: DetailType, resources: Resources, detail }
  return busEvent(call, parts, Time?.getTime() ?? now)
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
