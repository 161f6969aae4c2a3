import type {
  CreateLogStreamRequest,
  DeleteLogStreamRequest,
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
  LogStream,
} from '@aws-sdk/client-cloudwatch-logs'
import { numberKey } from '../protocol/paging.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { alreadyThere, invalidParameter } from './errors.ts'
import type { LogStore } from './log-store.ts'
import { checkStreamName, groupArn, groupNameOf } from './names.ts'
import { describePage } from './paging.ts'
import type { Group, Stream } from './stored-group.ts'

/** CreateLogStream, DeleteLogStream and DescribeLogStreams. */
export function streamOperations(store: LogStore): Operations {
  return {
    CreateLogStream(input: CreateLogStreamRequest): object {
      const group = store.group(groupNameOf(input))
      const name = checkStreamName(input.logStreamName)
      if (group.streams.has(name)) throw alreadyThere('log stream')
      store.addStream(group, name)
      return {}
    },
    DeleteLogStream(input: DeleteLogStreamRequest): object {
      store.removeStream(store.group(groupNameOf(input)), checkStreamName(input.logStreamName))
      return {}
    },
    DescribeLogStreams: (input: DescribeLogStreamsRequest, call: Call) => describe(store, input, call),
  }
}

function describe(store: LogStore, input: DescribeLogStreamsRequest, call: Call): DescribeLogStreamsResponse {
  const group = store.group(groupNameOf(input))
  const { orderBy = 'LogStreamName' } = input
  const byTime = orderBy === 'LastEventTime'
  if (byTime && input.logStreamNamePrefix !== undefined) {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.')
  }
  const streams = [...group.streams.values()].filter(({ name }) =>
    name.startsWith(input.logStreamNamePrefix ?? ''),
  )
  const keyOf = byTime ? timeKey : (stream: Stream) => stream.name
  const { page, ...token } = describePage(streams, keyOf, input, { descending: input.descending })
  return { logStreams: page.map((stream) => described(store, group, stream, call)), ...token }
}

function timeKey({ last = 0, name }: Stream): string {
  return `${numberKey(last)} ${name}`
}

function described({ events }: LogStore, group: Group, stream: Stream, call: Call): LogStream {
  const { last } = stream
  const first = stream.stored === 0 ? undefined : events.firstOf(stream)
  return {
    logStreamName: stream.name,
    creationTime: stream.created,
    ...(first !== undefined && { firstEventTimestamp: first }),
    ...(last !== undefined && { lastEventTimestamp: last }),
    ...(stream.lastIngestion !== undefined && { lastIngestionTime: stream.lastIngestion }),
    ...(first !== undefined && { uploadSequenceToken: '1' }),
    arn: `${groupArn(call, group.name)}:log-stream:${stream.name}`,
    storedBytes: 0,
  }
}
