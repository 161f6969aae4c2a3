/** A version of a function; `arn` is the function's, unqualified. */
export interface CountedVersion {
  arn: string
  version: string
}

export interface Count {
  running: number
  provisioned: number
}

/** The counts of the versions of one function. */
type Counts = Map<string, Count>

/** The reservations and the counts of all functions, by their unqualified ARNs. */
export interface Ledger {
  reserved: Map<string, number>
  functions: Map<string, Counts>
}

/** Running invocations and the concurrency that is taken. */
export interface Concurrency {
  ofFunction: number
  /** All running invocations in the Region. */
  ofRegion: number
  /** Those of functions without a reservation, except for those on provisioned concurrency. */
  unreserved: number
  /** `unreserved`, and all that is reserved or provisioned in the Region. */
  claimed: number
  /** The version's own provisioned concurrency, if it has any. */
  provisioned?: { busy: number; configured: number }
}

export function concurrencyOf(ledger: Ledger, { arn, version }: CountedVersion): Concurrency {
  const counts = countsOf(ledger, arn)
  const { running = 0, provisioned: configured = 0 } = counts.get(version) ?? {}
  const onDemandBeside = unreserved(ledger, arn)
  return {
    ofFunction: runningOf(counts),
    ofRegion: sum(beside(ledger, arn).map(([, other]) => runningOf(other))),
    unreserved: onDemandBeside,
    claimed: onDemandBeside + allocated(ledger, arn),
    ...(configured > 0 && { provisioned: { busy: Math.min(running, configured), configured } }),
  }
}

export function countsOf({ functions }: Ledger, arn: string): Counts {
  return functions.get(arn) ?? new Map<string, Count>()
}

/** The running invocations in the Region that use the concurrency which all functions share. */
export function unreserved(ledger: Ledger, arn: string): number {
  return sum(sharing(ledger, arn).map(onDemand))
}

/** The concurrency that functions of the Region have of their own: reserved, or provisioned without a reservation. */
export function allocated(ledger: Ledger, arn: string): number {
  const reservations = [...ledger.reserved].filter(([other]) => isBeside(arn, other))
  return sum(reservations.map(([, limit]) => limit)) + sum(sharing(ledger, arn).map(provisionedOf))
}

/** The functions of the Region that have no reservation. */
function sharing(ledger: Ledger, arn: string): Counts[] {
  return beside(ledger, arn)
    .filter(([other]) => !ledger.reserved.has(other))
    .map(([, counts]) => counts)
}

function beside({ functions }: Ledger, arn: string): [string, Counts][] {
  return [...functions].filter(([other]) => isBeside(arn, other))
}

function isBeside(arn: string, other: string): boolean {
  return arn.split(':')[3] === other.split(':')[3]
}

function runningOf(counts: Counts): number {
  return sum([...counts.values()].map(({ running }) => running))
}

export function provisionedOf(counts: Counts): number {
  return sum([...counts.values()].map(({ provisioned }) => provisioned))
}

/** The running invocations for which their version's provisioned concurrency does not suffice. */
export function onDemand(counts: Counts): number {
  return sum([...counts.values()].map(({ running, provisioned }) => Math.max(0, running - provisioned)))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
