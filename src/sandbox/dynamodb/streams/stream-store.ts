import { randomUUID } from 'node:crypto'
import { Changes } from '../../state/changes.ts'
import type { Persistent, Row } from '../../state/persistent.ts'
import { createSequence } from '../../streams/sequence.ts'
import { type ChangeRecord, type OpenStream, open, retentionMs, type TableStream } from './table-stream.ts'

/** The streams of all tables with their records, kept on disk: each record in a row. */
export class StreamStore {
  readonly persistent: Persistent[]
  readonly #byId = new Map<string, OpenStream>()
  readonly #streams = new Changes<TableStream>()
  readonly #records = new Changes<ChangeRecord>()
  readonly #sequence
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
    this.#sequence = createSequence(clock)
    this.persistent = [
      this.#streams.keptAs('dynamodb-stream', (rows) => this.#applyStreams(rows)),
      this.#records.keptAs('dynamodb-change', (rows) => this.#applyRecords(rows)),
    ]
  }

  byArn(arn: string): OpenStream | undefined {
    return this.#all().find(({ stream }) => stream.arn === arn)
  }

  byId(id: string): OpenStream | undefined {
    this.#forgetOld()
    return this.#byId.get(id)
  }

  /** The streams of a Region in the order of their ARNs. */
  in(region: string): OpenStream[] {
    const found = this.#all().filter(({ stream }) => stream.region === region)
    return found.toSorted((one, other) => (one.stream.arn < other.stream.arn ? -1 : 1))
  }

  /** The last stream that a table got. */
  latest(region: string, table: string): OpenStream | undefined {
    const all = this.#all().filter(({ stream }) => stream.region === region && stream.table === table)
    return all.toSorted((one, other) => one.stream.created - other.stream.created).at(-1)
  }

  enabled(region: string, table: string): OpenStream | undefined {
    const latest = this.latest(region, table)
    return latest?.stream.disabled === undefined ? latest : undefined
  }

  /** Gives a table a stream. */
  enable(
    tableArn: string,
    made: Pick<TableStream, 'region' | 'table' | 'tableId' | 'viewType' | 'keySchema'>,
  ): OpenStream {
    const last = this.latest(made.region, made.table)?.stream.created ?? 0
    const created = Math.max(this.#clock(), last + 1)
    const label = new Date(created).toISOString().replace('Z', '')
    const arn = `${tableArn}/stream/${label}`
    const stream = { ...made, id: randomUUID(), arn, label, created, start: this.#sequence.next() }
    const opened = open(stream)
    this.#byId.set(stream.id, opened)
    this.#streams.note(stream.id, stream)
    return opened
  }

  /** Ends the stream of a table, if it has one. */
  disable(region: string, table: string): void {
    const opened = this.enabled(region, table)
    if (!opened) return
    opened.stream = { ...opened.stream, disabled: this.#clock() }
    this.#streams.note(opened.stream.id, opened.stream)
    opened.shard.log.tell()
  }

  add({ stream, shard }: OpenStream, change: Omit<ChangeRecord, 'sequenceNumber' | 'arrivedAt'>): void {
    const record = { ...change, sequenceNumber: this.#sequence.next(), arrivedAt: this.#clock() }
    this.#records.note(recordKey(stream, record), record)
    shard.log.add(record)
  }

  /** Drops the records and streams that are too old. */
  trim(): void {
    this.#forgetOld()
    for (const opened of this.#byId.values()) this.trimOne(opened)
  }

  trimOne({ stream, shard }: OpenStream): void {
    for (const record of shard.log.dropBefore(this.#clock() - retentionMs))
      this.#records.note(recordKey(stream, record), undefined)
  }

  #all(): OpenStream[] {
    this.#forgetOld()
    return [...this.#byId.values()]
  }

  #forgetOld(): void {
    const horizon = this.#clock() - retentionMs
    for (const opened of this.#byId.values()) {
      const { stream, shard } = opened
      if (stream.disabled === undefined || stream.disabled > horizon) continue
      for (const record of shard.log.all()) this.#records.note(recordKey(stream, record), undefined)
      this.#byId.delete(stream.id)
      this.#streams.note(stream.id, undefined)
      shard.log.tell()
    }
  }

  #applyStreams(rows: Iterable<Row>): void {
    for (const [id, row] of rows) {
      const present = this.#byId.get(id)
      if (row === undefined) this.#byId.delete(id)
      else if (present) present.stream = row as TableStream
      else this.#byId.set(id, open(row as TableStream))
    }
  }

  #applyRecords(rows: Iterable<Row>): void {
    for (const [key, row] of rows) {
      const [id = '', number = ''] = key.split('/')
      this.#sequence.restore(number)
      const log = this.#byId.get(id)?.shard.log
      if (row === undefined) log?.remove(number)
      else log?.restore(row as ChangeRecord)
    }
  }
}

function recordKey({ id }: TableStream, { sequenceNumber }: ChangeRecord): string {
  return `${id}/${sequenceNumber}`
}
