/** A Region's concurrency, in concurrent executions. */
export interface Account {
  limit: number
  unreserved: number
}

/** The concurrency that a function has. */
export interface Given {
  /** Undefined: none is reserved. */
  reserved: number | undefined
  /** All provisioned environments of its versions and aliases. */
  provisioned: number
}

/** Why AWS would refuse an amount, and the largest that it takes; undefined if none would do. */
export interface Refusal {
  why: string
  most: number | undefined
}

/**
 * The concurrency that AWS keeps unreserved. Its guide says 100 ("Configuring reserved concurrency", read on 27
 * November 2026). The errors of accounts with a limit of 10 or 50 name that limit, so none of it can be reserved there.
 */
export function leastUnreserved({ limit }: Pick<Account, 'limit'>): number {
  return Math.min(100, limit)
}

/** The largest reservation that leaves the unreserved minimum. The function's own is credited back. */
export function mostReservable(account: Account, { reserved = 0 }: Pick<Given, 'reserved'>): number {
  return Math.max(0, account.unreserved + reserved - leastUnreserved(account))
}

/** Checks a reservation before AWS is asked; undefined if the limits allow it. */
export function refusedReservation(account: Account, given: Given, wanted: number): Refusal | undefined {
  const most = mostReservable(account, given)
  if (wanted < given.provisioned) {
    const why = `a reservation can't be below the number of provisioned environments, ${given.provisioned}`
    return { why, most: undefined }
  }
  // A smaller reservation than now gives concurrency back, so it is always possible.
  if (wanted <= most || wanted <= (given.reserved ?? 0)) return undefined
  const left = account.unreserved + (given.reserved ?? 0) - wanted
  const why = `of the account's ${account.limit} concurrent executions ${left} would stay unreserved, and AWS keeps at least ${leastUnreserved(account)} for functions without a reservation`
  return { why, most }
}

/**
 * Checks provisioned concurrency before AWS is asked; undefined if the limits allow it.
 *
 * @param given with the environments of other versions and aliases only
 */
export function refusedProvision(account: Account, given: Given, wanted: number): Refusal | undefined {
  const { reserved, provisioned } = given
  const others = provisioned === 0 ? '' : `, and other versions have ${provisioned}`
  if (reserved !== undefined) {
    if (provisioned + wanted <= reserved) return undefined
    const why = `the function has ${reserved} reserved concurrent executions, which its provisioned environments count against${others}`
    return { why, most: Math.max(0, reserved - provisioned) }
  }
  const most = Math.max(0, account.unreserved - leastUnreserved(account) - provisioned)
  if (wanted <= most) return undefined
  const why = `${account.unreserved} of the account's concurrent executions are unreserved, and AWS keeps at least ${leastUnreserved(account)} of them free${others}`
  return { why, most }
}

/** The minimum that AWS names in its refusal: `… below its minimum value of [100].`; undefined in other messages. */
export function namedMinimum(message: string): number | undefined {
  const [, digits] = /below its minimum value of \[(\d+)\]/.exec(message) ?? []
  return digits === undefined ? undefined : Number(digits)
}
