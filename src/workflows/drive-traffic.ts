import type { Clock } from '../ports/clock.ts'
import { type Answer, createTally, type Tally, type TrafficFigures } from './traffic/tally.ts'

export type { Answer } from './traffic/tally.ts'

/** The traffic to drive. */
export interface TrafficOptions {
  /** Invocations a second. */
  rate: number
  /** The length of the traffic, milliseconds; undefined: until the signal. */
  forMs: number | undefined
  /** Invokes once. Errors of the function and of the service are answers; a rejection ends the traffic. */
  invoke: () => Promise<Answer>
  /** Called about each second with the figures of that second. */
  onFigures: (account: TrafficAccount) => void
}

/** The figures of the answers that came in some time. */
export interface TrafficAccount extends TrafficFigures {
  /** The time, milliseconds. */
  elapsedMs: number
  /** Invocations that were due and not sent, since 1,000 were under way. */
  unsent: number
}

type Time = Pick<Clock, 'elapsed' | 'pause'>

/** Lambda's default quota of concurrent executions in a Region: more would only be throttled. */
const mostUnderWay = 1000
const figuresEveryMs = 1000

/**
 * Invokes at a steady rate, however long the answers take, as users do. Waits for the last answers.
 *
 * @param signal ends the traffic
 * @returns the figures of all
 * @throws the rejection of an invocation
 */
export async function driveTraffic(
  { rate, forMs = Infinity, invoke, onFigures }: TrafficOptions,
  clock: Time,
  signal: AbortSignal,
): Promise<TrafficAccount> {
  const books = openBooks(clock)
  const calls = openCalls(invoke, books)
  let due = 0
  for (
    let passed = 0;
    passed < forMs && !signal.aborted && !calls.hasFailed();
    passed = books.all.elapsed()
  ) {
    for (; due * 1000 <= passed * rate; due += 1) calls.begin()
    if (books.second.elapsed() >= figuresEveryMs) onFigures(books.nextSecond())
    await clock.pause(Math.max(0, Math.min((due * 1000) / rate, forMs) - books.all.elapsed()), signal)
  }
  await calls.settled()
  return books.all.account()
}

/** The account of a time that began at its opening. */
interface Book extends Pick<Tally, 'add'> {
  leaveOut(): void
  elapsed(): number
  account(): TrafficAccount
}

function openBook(clock: Time): Book {
  const began = clock.elapsed()
  const tally = createTally()
  let unsent = 0
  const elapsed = () => clock.elapsed() - began
  return {
    add: (answer) => tally.add(answer),
    leaveOut: () => void (unsent += 1),
    elapsed,
    account: () => ({ elapsedMs: Math.round(elapsed()), ...tally.figures(), unsent }),
  }
}

interface Books {
  readonly all: Book
  second: Book
  /** Closes the account of a second, and opens the next one. */
  nextSecond(): TrafficAccount
}

function openBooks(clock: Time): Books {
  const books: Books = {
    all: openBook(clock),
    second: openBook(clock),
    nextSecond() {
      const account = books.second.account()
      books.second = openBook(clock)
      return account
    },
  }
  return books
}

function openCalls(invoke: TrafficOptions['invoke'], books: Books) {
  const underWay = new Set<Promise<void>>()
  const failures: unknown[] = []
  const run = async () => {
    try {
      const answer = await invoke()
      books.all.add(answer)
      books.second.add(answer)
    } catch (error) {
      failures.push(error)
    }
  }
  return {
    begin() {
      if (underWay.size >= mostUnderWay) {
        books.all.leaveOut()
        books.second.leaveOut()
        return
      }
      const running: Promise<void> = run().finally(() => underWay.delete(running))
      underWay.add(running)
    },
    hasFailed: () => failures.length > 0,
    async settled() {
      await Promise.all(underWay)
      if (failures.length > 0) throw failures[0]
    },
  }
}
