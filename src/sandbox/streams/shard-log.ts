import { isAfter } from './sequence.ts'
import type { StartingPoint } from './stream-reader.ts'

/** The members of a record by which a shard keeps it. */
export interface Sequenced {
  sequenceNumber: string
  /** Milliseconds since the epoch. */
  arrivedAt: number
}

/** The records of one shard in their order. A position is the sequence number of the last record that was passed. */
export class ShardLog<Kept extends Sequenced> {
  #records: Kept[] = []
  #last = '0'
  readonly #watchers = new Set<() => void>()

  /** The sequence number of the last record that ever came; `0` if none did. */
  get last(): string {
    return this.#last
  }

  all(): readonly Kept[] {
    return this.#records
  }

  add(record: Kept): void {
    this.restore(record)
    this.tell()
  }

  /** Adds a record of an earlier sandbox, or one that should not have gone. One that is there already stays once. */
  restore(record: Kept): void {
    const { sequenceNumber } = record
    const at = this.#firstAfter(sequenceNumber)
    const isThere = this.#records[at - 1]?.sequenceNumber === sequenceNumber
    this.#records.splice(isThere ? at - 1 : at, isThere ? 1 : 0, record)
    if (isAfter(sequenceNumber, this.#last)) this.#last = sequenceNumber
  }

  /** Takes back a record that could not be kept. */
  remove(sequenceNumber: string): void {
    this.#records = this.#records.filter((record) => record.sequenceNumber !== sequenceNumber)
  }

  /** At most so many records behind a position. */
  after(position: string, most: number): Kept[] {
    const from = this.#firstAfter(position)
    return this.#records.slice(from, from + most)
  }

  position(start: StartingPoint): string {
    if (start.type === 'TRIM_HORIZON') return '0'
    if (start.type === 'LATEST') return this.#last
    const { time } = start
    return this.#records.findLast(({ arrivedAt }) => arrivedAt < time)?.sequenceNumber ?? '0'
  }

  /** Drops the records that came before a time, milliseconds since the epoch. @returns the dropped ones */
  dropBefore(time: number): Kept[] {
    const first = this.#records.findIndex(({ arrivedAt }) => arrivedAt >= time)
    return this.#records.splice(0, first === -1 ? this.#records.length : first)
  }

  /** Calls back once when a record comes or the shard goes. @returns the end of that */
  watch(work: () => void): () => void {
    this.#watchers.add(work)
    return () => void this.#watchers.delete(work)
  }

  /** Tells those who wait that something has changed. */
  tell(): void {
    const waiting = [...this.#watchers]
    this.#watchers.clear()
    for (const work of waiting) work()
  }

  /** The index of the first record behind a position. */
  #firstAfter(position: string): number {
    let [low, high] = [0, this.#records.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isAfter(this.#records[middle]?.sequenceNumber ?? '', position)) high = middle
      else low = middle + 1
    }
    return low
  }
}
