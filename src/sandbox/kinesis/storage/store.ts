import { randomUUID } from 'node:crypto'
import { Changes } from '../../state/changes.ts'
import type { Persistent, Row } from '../../state/persistent.ts'
import { createSequence } from '../../streams/sequence.ts'
import { partsOf, sequenceNumber } from './sequence-numbers.ts'
import {
  type KinesisRecord,
  type KinesisStream,
  type OpenStream,
  open,
  type Shard,
  trimHorizon,
} from './stream.ts'

/** All streams with their records, kept on disk: each record in a row. */
export class KinesisStore {
  readonly persistent: Persistent[]
  /** By Region and name. */
  readonly #streams = new Map<string, OpenStream>()
  readonly #byId = new Map<string, OpenStream>()
  readonly #changed = new Changes<KinesisStream>()
  readonly #records = new Changes<KinesisRecord>()
  readonly #sequence
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
    this.#sequence = createSequence(clock)
    this.persistent = [
      this.#changed.keptAs('kinesis-stream', (rows) => this.#applyStreams(rows)),
      this.#records.keptAs('kinesis-record', (rows) => this.#applyRecords(rows)),
    ]
  }

  find(region: string, name: string): OpenStream | undefined {
    return this.#streams.get(`${region}/${name}`)
  }

  byArn(arn: string): OpenStream | undefined {
    const [, , service, region = '', account, resource = ''] = arn.split(':')
    const found = service === 'kinesis' ? this.find(region, resource.replace(/^stream\//, '')) : undefined
    return found?.stream.account === account ? found : undefined
  }

  all(): OpenStream[] {
    return [...this.#streams.values()]
  }

  in(region: string): OpenStream[] {
    return this.all().filter(({ stream }) => stream.region === region)
  }

  make(stream: Omit<KinesisStream, 'id'>): void {
    const made = { ...stream, id: randomUUID() }
    this.#add(made)
    this.#changed.note(keyOf(made), made)
  }

  change(opened: OpenStream, changed: Partial<Pick<KinesisStream, 'tags' | 'retentionHours'>>): void {
    opened.stream = { ...opened.stream, ...changed }
    this.#changed.note(keyOf(opened.stream), opened.stream)
  }

  delete(opened: OpenStream): void {
    this.#drop(opened)
    this.#changed.note(keyOf(opened.stream), undefined)
    for (const shard of opened.shards) {
      this.#forget(opened, shard, shard.log.all())
      shard.log.tell()
    }
  }

  put(
    opened: OpenStream,
    shard: Shard,
    { partitionKey, data }: { partitionKey: string; data: Uint8Array },
  ): string {
    const record: KinesisRecord = {
      sequenceNumber: sequenceNumber(this.#sequence.next(), shard.index),
      arrivedAt: this.#clock(),
      partitionKey,
      data: Buffer.from(data).toString('base64'),
    }
    this.#records.note(recordKey(opened, shard, record.sequenceNumber), record)
    shard.log.add(record)
    return record.sequenceNumber
  }

  /** Drops the records that are older than their stream keeps them. */
  trim(opened: OpenStream): void {
    const horizon = trimHorizon(opened.stream, this.#clock())
    for (const shard of opened.shards) this.#forget(opened, shard, shard.log.dropBefore(horizon))
  }

  #forget(opened: OpenStream, shard: Shard, records: readonly KinesisRecord[]): void {
    for (const { sequenceNumber: number } of records)
      this.#records.note(recordKey(opened, shard, number), undefined)
  }

  #add(stream: KinesisStream): void {
    const opened = open(stream)
    this.#streams.set(keyOf(stream), opened)
    this.#byId.set(stream.id, opened)
  }

  #drop({ stream }: OpenStream): void {
    this.#streams.delete(keyOf(stream))
    this.#byId.delete(stream.id)
  }

  #applyStreams(rows: Iterable<Row>): void {
    for (const [key, row] of rows) {
      const stream = row as KinesisStream | undefined
      const present = this.#streams.get(key)
      if (!stream) {
        if (present) this.#drop(present)
      } else if (present?.stream.id === stream.id) present.stream = stream
      else this.#add(stream)
    }
  }

  #applyRecords(rows: Iterable<Row>): void {
    for (const [key, row] of rows) {
      const [id = '', index, number = ''] = key.split('/')
      const log = this.#byId.get(id)?.shards[Number(index)]?.log
      const parts = partsOf(number)
      if (parts) this.#sequence.restore(parts.number)
      if (row === undefined) log?.remove(number)
      else log?.restore(row as KinesisRecord)
    }
  }
}

function keyOf({ region, name }: KinesisStream): string {
  return `${region}/${name}`
}

function recordKey({ stream }: OpenStream, { index }: Shard, number: string): string {
  return `${stream.id}/${String(index).padStart(4, '0')}/${number}`
}
