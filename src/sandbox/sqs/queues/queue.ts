import TinyQueue from 'tinyqueue'
import { fifoOrder } from './fifo-order.ts'
import type { Delivery, Entry, Message } from './message.ts'
import { isFifo, type QueueRecord } from './queue-record.ts'
import { standardOrder } from './standard-order.ts'

/** Hears of each change of a message that has to be kept. */
export interface Listener {
  /** A message has come, or has gone for ever. */
  onMessage(entry: Entry): void
  onDelivery(entry: Entry): void
}

/** The numbers of messages by their state. */
export type Counts = Record<'ready' | 'delayed' | 'inFlight', number>

/** The messages of one queue: who can receive which of them, and when. Times are milliseconds since the epoch. */
export class Queue {
  record: QueueRecord
  /** The work on its messages since SQS told of it last. */
  activity = { sent: 0, received: 0, deleted: 0, empty: 0 }
  readonly counts: Counts = { ready: 0, delayed: 0, inFlight: 0 }
  readonly #entries = new Map<number, Entry>()
  readonly #order
  readonly #hidden = new TinyQueue<{ at: number; entry: Entry; turn: number }>(
    [],
    (one, other) => one.at - other.at,
  )
  readonly #watchers = new Set<() => void>()
  readonly #listener: Listener

  constructor(record: QueueRecord, listener: Listener) {
    this.record = record
    this.#order = isFifo(record) ? fifoOrder() : standardOrder()
    this.#listener = listener
  }

  get(sequence: number): Entry | undefined {
    return this.#entries.get(sequence)
  }

  all(): Iterable<Entry> {
    return this.#entries.values()
  }

  /** The first moment at which a hidden message becomes visible; undefined if none is hidden. */
  get nextVisible(): number | undefined {
    return this.#hidden.peek()?.at
  }

  add(message: Message, delivery: Delivery, now: number): Entry {
    const entry = this.restore(message, delivery, now)
    this.#listener.onMessage(entry)
    if (delivery.visibleAt > message.sentAt || delivery.receives > 0) this.#listener.onDelivery(entry)
    return entry
  }

  /** Adds a message of an earlier sandbox. */
  restore(message: Message, delivery: Delivery, now: number): Entry {
    const entry: Entry = { message, delivery, state: stateOf(delivery, now), turn: 0 }
    this.#entries.set(message.sequence, entry)
    this.#count(entry, 1)
    this.#order.arrived(entry)
    this.#hideOrTell(entry)
    return entry
  }

  /** The ready messages in the order of the queue; the caller delivers or removes each before the next. */
  *ready(now: number): Generator<Entry> {
    this.wake(now)
    const next = this.#order.begin()
    for (let entry = next(); entry; entry = next()) yield entry
  }

  /** Sets what is known of a delivery. A message that was just received is in flight, even for no time at all. */
  deliver(entry: Entry, delivery: Delivery, state: 'inFlight' | 'ready'): void {
    this.redeliver(entry, delivery, state)
    this.#listener.onDelivery(entry)
  }

  /** The same without keeping it. */
  redeliver(entry: Entry, delivery: Delivery, state: Entry['state']): void {
    entry.delivery = delivery
    this.#move(entry, state)
  }

  /** Somebody has handled a message. */
  delete(entry: Entry): void {
    this.activity.deleted += 1
    this.remove(entry)
  }

  remove(entry: Entry): void {
    this.forget(entry)
    this.#listener.onMessage(entry)
  }

  /** Removes a message that was never kept. */
  forget(entry: Entry): void {
    this.#entries.delete(entry.message.sequence)
    this.#move(entry, 'gone')
  }

  /** Makes the messages visible whose time has come. */
  wake(now: number): void {
    for (let first = this.#hidden.peek(); first && first.at <= now; first = this.#hidden.peek()) {
      this.#hidden.pop()
      if (first.turn === first.entry.turn) this.#move(first.entry, 'ready')
    }
  }

  /** Calls once when a message comes, is hidden, becomes visible or goes, which lets in its group. @returns ends this */
  watch(tell: () => void): () => void {
    this.#watchers.add(tell)
    return () => void this.#watchers.delete(tell)
  }

  /** Tells all who watch. */
  tell(): void {
    const watchers = [...this.#watchers]
    this.#watchers.clear()
    for (const tell of watchers) tell()
  }

  #move(entry: Entry, state: Entry['state']): void {
    const before = entry.state
    this.#count(entry, -1)
    entry.state = state
    entry.turn += 1
    this.#count(entry, 1)
    this.#order.changed(entry, before)
    this.#hideOrTell(entry)
  }

  #hideOrTell(entry: Entry): void {
    const isHidden = entry.state === 'delayed' || entry.state === 'inFlight'
    if (isHidden) this.#hidden.push({ at: entry.delivery.visibleAt, entry, turn: entry.turn })
    this.tell()
  }

  #count({ state }: Entry, by: number): void {
    if (state !== 'gone') this.counts[state] += by
  }
}

/** The state of a message by what is known of its delivery. */
export function stateOf({ visibleAt, receives }: Delivery, now: number): Entry['state'] {
  if (visibleAt <= now) return 'ready'
  return receives > 0 ? 'inFlight' : 'delayed'
}
