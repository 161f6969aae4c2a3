import type { FilterLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { isCode } from '../../errors/error.ts'
import type { Journal, JournalEntry } from '../../ports/journal.ts'
import { attempt, attemptToFind } from '../answers/translate.ts'
import type { Connection } from '../client/connection.ts'
import { logsApi } from './api.ts'

/** The log group of the journal, one stream a release. */
const logGroupName = '/lambdactl/releases'

/** The journal in CloudWatch Logs; group and stream are made when an entry first needs them. */
export function cloudWatchJournal(connection: Connection): Journal {
  const api = logsApi(connection)

  const put = async (logStreamName: string, { time, ...entry }: JournalEntry) => {
    const { client, PutLogEventsCommand } = await api()
    const logEvents = [{ timestamp: time, message: JSON.stringify(entry) }]
    await attempt('write the release journal', () =>
      client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents })),
    )
  }

  const createStream = async (logStreamName: string) => {
    const { client, CreateLogStreamCommand } = await api()
    await unlessThere(() => client.send(new CreateLogStreamCommand({ logGroupName, logStreamName })))
  }

  const createGroup = async () => {
    const { client, CreateLogGroupCommand } = await api()
    await unlessThere(() => client.send(new CreateLogGroupCommand({ logGroupName })))
  }

  return {
    append: (releaseId, entry) =>
      making(
        () => put(releaseId, entry),
        () => making(() => createStream(releaseId), createGroup),
      ),
    read: (releaseId) => readEntries(api, { logStreamNames: [releaseId] }),
    since: (time, lambdaName) =>
      readEntries(api, {
        startTime: time,
        ...(lambdaName === undefined ? {} : { filterPattern: `{ $.lambdaName = "${lambdaName}" }` }),
      }),
  }
}

/** Does something, and once more after what was not found is made. */
async function making(work: () => Promise<void>, make: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isCode(error, 'NOT_FOUND')) throw error
    await make()
    await work()
  }
}

type Selection = Pick<FilterLogEventsCommandInput, 'logStreamNames' | 'startTime' | 'filterPattern'>

/** No group or no stream is no entry: nothing has been released yet. */
async function readEntries(api: ReturnType<typeof logsApi>, selection: Selection): Promise<JournalEntry[]> {
  const { client, paginateFilterLogEvents } = await api()
  const entries: JournalEntry[] = []
  await attemptToFind('read the release journal', async () => {
    for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, ...selection })) {
      for (const { timestamp = 0, logStreamName, message } of events) {
        const entry = parseEntry(message ?? '')
        if (entry) entries.push({ ...entry, time: timestamp, release: logStreamName })
      }
    }
  })
  return entries
}

/** Parses an entry; undefined for a message that somebody else wrote into the group. */
function parseEntry(message: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(message)
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined
  } catch {
    return undefined
  }
}

/** Another release may have made it a moment before. */
async function unlessThere(create: () => Promise<unknown>): Promise<void> {
  await attempt('create the release journal', async () => {
    try {
      await create()
    } catch (error) {
      if ((error as Error).name !== 'ResourceAlreadyExistsException') throw error
    }
  })
}
