import type { FilterLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { isCode } from '../../errors/error.ts'
import type { Journal, JournalEntry } from '../../ports/journal.ts'
import { ifThere, orThere } from '../answers/expected-errors.ts'
import type { LogsApi } from './api.ts'

/** The log group of the journal, with one stream for each release. */
const logGroupName = '/lambdactl/releases'

const creating = 'create the release journal'

/** The journal in CloudWatch Logs; group and stream are made before the first entry. */
export function cloudWatchJournal(api: LogsApi): Journal {
  const put = async (logStreamName: string, { time, ...entry }: JournalEntry) => {
    const { call, sdk } = await api()
    const logEvents = [{ timestamp: time, message: JSON.stringify(entry) }]
    const command = new sdk.PutLogEventsCommand({ logGroupName, logStreamName, logEvents })
    await call('write the release journal', command)
  }

  const createStream = async (logStreamName: string) => {
    const { call, sdk } = await api()
    await orThere(call(creating, new sdk.CreateLogStreamCommand({ logGroupName, logStreamName })))
  }

  const createGroup = async () => {
    const { call, sdk } = await api()
    await orThere(call(creating, new sdk.CreateLogGroupCommand({ logGroupName })))
  }

  return {
    append: (releaseId, entry) =>
      making(
        () => put(releaseId, entry),
        () => making(() => createStream(releaseId), createGroup),
      ),
    read: (releaseId) => readEntries(api, { logStreamNames: [releaseId] }),
    beginning: (prefix) => readEntries(api, { logStreamNamePrefix: prefix }),
    since: (time, lambdaName) =>
      readEntries(api, {
        startTime: time,
        ...(lambdaName === undefined ? {} : { filterPattern: `{ $.lambdaName = "${lambdaName}" }` }),
      }),
  }
}

/** Does some work; if something is missing, makes it and does the work again. */
async function making(work: () => Promise<void>, make: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isCode(error, 'NOT_FOUND')) throw error
    await make()
    await work()
  }
}

type Selection = Pick<
  FilterLogEventsCommandInput,
  'logStreamNames' | 'logStreamNamePrefix' | 'startTime' | 'filterPattern'
>

/** A missing group or stream means no entries: nothing has been released yet. */
async function readEntries(api: LogsApi, selection: Selection): Promise<JournalEntry[]> {
  const { pages, sdk } = await api()
  const input = { logGroupName, ...selection }
  const found = (await ifThere(pages('read the release journal', sdk.paginateFilterLogEvents, input))) ?? []
  return found
    .flatMap(({ events = [] }) => events)
    .flatMap(({ timestamp = 0, logStreamName, message = '' }) => {
      const entry = parseEntry(message)
      return entry ? [{ ...entry, time: timestamp, release: logStreamName }] : []
    })
}

/** Parses an entry; undefined for another program's message in the group. */
function parseEntry(message: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(message)
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined
  } catch {
    return undefined
  }
}
