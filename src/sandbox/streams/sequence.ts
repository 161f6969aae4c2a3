/** Gives sequence numbers to records. */
export interface Sequence {
  /** A number that is larger than all before it, also than those of an earlier sandbox; it has 21 digits. */
  next(): string
  /** Tells of a number that an earlier sandbox has given. */
  restore(given: string): void
}

/** Records a millisecond whose numbers tell the time; a sandbox takes fewer. */
const eachMs = 1_000_000n
/** Goes before the digits, so that all numbers are equally long. */
const first = 100_000_000_000_000_000_000n

/** @param clock milliseconds since the epoch: numbers grow with it, so that they grow when no record is left */
export function createSequence(clock: () => number): Sequence {
  let last = 0n
  return {
    next() {
      const now = BigInt(clock()) * eachMs
      last = now > last ? now : last + 1n
      return String(first + last)
    },
    restore(given) {
      const number = BigInt(given) - first
      if (number > last) last = number
    },
  }
}

/** Whether a number is larger than another one; both are decimal, without zeros in front. */
export function isAfter(one: string, other: string): boolean {
  return one.length === other.length ? one > other : one.length > other.length
}
