import { randomUUID } from 'node:crypto'
import { numberKey } from '../../protocol/paging.ts'
import { Changes } from '../../state/changes.ts'
import { KeptMap } from '../../state/kept-map.ts'
import type { Persistent, Row } from '../../state/persistent.ts'
import type { Delivery, Entry, Message } from './message.ts'
import { type Listener, Queue, stateOf } from './queue.ts'
import { type QueueRecord, queueArn } from './queue-record.ts'

/** A message that a FIFO queue had in the last minutes. */
export interface Duplicate {
  messageId: string
  sequence: number
  /** Milliseconds since the epoch. */
  until: number
}

/** All queues with their messages, kept on disk: each message in a row, and its delivery in another one. */
export class QueueStore {
  /** By queue and deduplication id. */
  readonly duplicates = new KeptMap<Duplicate>('sqs-duplicate')
  readonly persistent: Persistent[]
  readonly #clock: () => number
  /** By Region and name. */
  readonly #queues = new Map<string, Queue>()
  readonly #byId = new Map<string, Queue>()
  readonly #records = new Changes<QueueRecord>()
  readonly #messages = new Changes<Message>()
  readonly #deliveries = new Changes<Delivery>()
  #sequence = 0

  constructor(clock: () => number) {
    this.#clock = clock
    this.persistent = [
      this.#records.keptAs('sqs-queue', (rows) => this.#applyQueues(rows)),
      this.#messages.keptAs('sqs-message', (rows) => this.#applyMessages(rows)),
      this.#deliveries.keptAs('sqs-delivery', (rows) => this.#applyDeliveries(rows)),
      this.duplicates,
    ]
  }

  find(region: string, name: string): Queue | undefined {
    return this.#queues.get(`${region}/${name}`)
  }

  byArn(arn: string): Queue | undefined {
    const [, , service, region = '', account, name = ''] = arn.split(':')
    const found = service === 'sqs' ? this.find(region, name) : undefined
    return found?.record.account === account ? found : undefined
  }

  byId(id: string): Queue | undefined {
    return this.#byId.get(id)
  }

  all(): Queue[] {
    return [...this.#queues.values()]
  }

  in(region: string): Queue[] {
    return this.all().filter(({ record }) => record.region === region)
  }

  make(record: Omit<QueueRecord, 'id'>): Queue {
    const queue = this.#add({ ...record, id: randomUUID() })
    this.#records.note(keyOf(queue.record), queue.record)
    return queue
  }

  /** Changes attributes or tags of a queue. */
  change(queue: Queue, changed: Partial<Pick<QueueRecord, 'attributes' | 'tags' | 'modified'>>): void {
    queue.record = { ...queue.record, ...changed }
    this.#records.note(keyOf(queue.record), queue.record)
  }

  delete(queue: Queue): void {
    for (const entry of queue.all()) queue.remove(entry)
    this.#drop(queue)
    queue.tell()
    this.#records.note(keyOf(queue.record), undefined)
    for (const key of this.duplicates.keys()) {
      if (key.startsWith(`${queue.record.id}/`)) this.duplicates.delete(key)
    }
  }

  nextSequence(): number {
    this.#sequence += 1
    return this.#sequence
  }

  /** Moves a message that was received too often. */
  moveToDeadLetters(from: Queue, entry: Entry, to: Queue): void {
    const now = this.#clock()
    from.remove(entry)
    const message = { ...entry.message, sequence: this.nextSequence(), from: queueArn(from.record) }
    const { receives, firstReceivedAt } = entry.delivery
    to.add(
      message,
      { visibleAt: now, receives, ...(firstReceivedAt !== undefined && { firstReceivedAt }) },
      now,
    )
  }

  #add(record: QueueRecord): Queue {
    const queue = new Queue(record, this.#listenerFor(record.id))
    this.#queues.set(keyOf(record), queue)
    this.#byId.set(record.id, queue)
    return queue
  }

  #drop({ record }: Queue): void {
    this.#queues.delete(keyOf(record))
    this.#byId.delete(record.id)
  }

  #listenerFor(id: string): Listener {
    return {
      onMessage: (entry) => {
        const key = messageKey(id, entry)
        const isGone = entry.state === 'gone'
        this.#messages.note(key, isGone ? undefined : entry.message)
        if (isGone) this.#deliveries.note(key, undefined)
      },
      onDelivery: (entry) => this.#deliveries.note(messageKey(id, entry), entry.delivery),
    }
  }

  #applyQueues(rows: Iterable<Row>): void {
    for (const [key, row] of rows) {
      const record = row as QueueRecord | undefined
      const present = this.#queues.get(key)
      if (!record) {
        if (present) this.#drop(present)
      } else if (present?.record.id === record.id) present.record = record
      else this.#add(record)
    }
  }

  #applyMessages(rows: Iterable<Row>): void {
    for (const [key, row] of rows) {
      const { queue, sequence } = this.#placeOf(key)
      const present = queue?.get(sequence)
      const message = row as Message | undefined
      this.#sequence = Math.max(this.#sequence, sequence)
      if (!message) {
        if (present) queue?.forget(present)
      } else if (!present) queue?.restore(message, { visibleAt: message.sentAt, receives: 0 }, this.#clock())
    }
  }

  #applyDeliveries(rows: Iterable<Row>): void {
    for (const [key, row] of rows) {
      const { queue, sequence } = this.#placeOf(key)
      const entry = queue?.get(sequence)
      if (!entry) continue
      const delivery = (row as Delivery | undefined) ?? { visibleAt: entry.message.sentAt, receives: 0 }
      queue?.redeliver(entry, delivery, stateOf(delivery, this.#clock()))
    }
  }

  #placeOf(key: string): { queue: Queue | undefined; sequence: number } {
    const [id = '', sequence] = key.split('/')
    return { queue: this.#byId.get(id), sequence: Number(sequence) }
  }
}

function keyOf({ region, name }: QueueRecord): string {
  return `${region}/${name}`
}

function messageKey(id: string, { message }: Entry): string {
  return `${id}/${numberKey(message.sequence)}`
}
