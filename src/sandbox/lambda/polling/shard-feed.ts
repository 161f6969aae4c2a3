import { createHash } from 'node:crypto'
import type { ShardPlace, StreamReader, StreamRecord } from '../../streams/stream-reader.ts'

/** Records are read in pages of this length. */
const page = 1000
/** A lane waits for the others after this time at the latest, milliseconds. */
const othersMs = 1000

interface Pending {
  record: StreamRecord
  lane: number
  state: 'waiting' | 'taken' | 'passed'
}

/** The records of a shard on their way to a function. */
export interface ShardFeed {
  /** The next records of a lane, at most so many. */
  take(lane: number, most: number): StreamRecord[]
  /** Tells that records were handled or given up; their place is not read again. */
  pass(records: readonly StreamRecord[]): void
  /** Waits until a lane may have more records, at most so many milliseconds of the sandbox's time. */
  untilMore(ms: number): Promise<void>
}

/** The rules of a feed. */
export interface FeedOptions {
  reader: StreamReader
  place: ShardPlace
  /** The position at which it begins. */
  from: string
  /** Batches at a time; all records with a key are in one lane. */
  lanes: number
  /** Read-ahead, records. */
  mostPending: () => number
  isWanted: (record: StreamRecord) => boolean
  /** Called after records were read. */
  onRead: (read: number, unwanted: number) => void
  /** Called with the last record before which all are passed. */
  onPassed: (position: string) => void
  pause: (ms: number) => Promise<void>
}

export function createShardFeed(options: FeedOptions): ShardFeed {
  const { reader, place, lanes } = options
  let readTo = options.from
  let pending: Pending[] = []
  let isFull = false

  function read(): boolean {
    const records = reader.read(place, readTo, page)
    readTo = records.at(-1)?.sequenceNumber ?? readTo
    const added = records.map((record): Pending => {
      const state = options.isWanted(record) ? 'waiting' : 'passed'
      return { record, lane: laneOf(record.partitionKey, lanes), state }
    })
    pending.push(...added)
    if (records.length > 0) {
      options.onRead(records.length, added.filter(({ state }) => state === 'passed').length)
      settle()
    }
    return records.length > 0
  }

  /** Moves the checkpoint to the first record that is not passed. */
  function settle(): void {
    const left = pending.findIndex(({ state }) => state !== 'passed')
    const count = left === -1 ? pending.length : left
    const last = pending[count - 1]
    if (!last) return
    pending = pending.slice(count)
    options.onPassed(last.record.sequenceNumber)
  }

  const waitingIn = (lane: number) => pending.filter((each) => each.lane === lane && each.state === 'waiting')

  return {
    take(lane, most) {
      isFull = false
      while (!isFull && waitingIn(lane).length < most) {
        isFull = pending.length >= options.mostPending()
        if (!isFull && !read()) break
      }
      const taken = waitingIn(lane).slice(0, most)
      for (const each of taken) each.state = 'taken'
      return taken.map(({ record }) => record)
    },
    pass(records) {
      const passed = new Set(records)
      for (const each of pending) if (passed.has(each.record)) each.state = 'passed'
      settle()
    },
    untilMore: (ms) =>
      isFull ? options.pause(Math.min(ms, othersMs)) : reader.untilRecord(place, readTo, ms),
  }
}

function laneOf(partitionKey: string, lanes: number): number {
  return lanes === 1 ? 0 : createHash('md5').update(partitionKey).digest().readUInt32BE(12) % lanes
}
