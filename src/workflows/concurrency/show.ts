import { isCode, LambdactlError } from '../../errors/error.ts'
import { type Burst, burstOf } from '../../operation/concurrency/burst.ts'
import type { Stop } from '../../operation/concurrency/stop.ts'
import { figureOf, regionQuery, type UsageSeries, usageQueries } from '../../operation/concurrency/usage.ts'
import type { AccountConcurrency, ProvisionedConcurrency, Scaled } from '../../ports/concurrency.ts'
import type { Run, Target } from '../run/run.ts'
import { ifReadable, orFailure, type Unread, unreadOf } from '../run/unread.ts'
import { findStop } from '../stopping/stop-journal.ts'

/** Reserved and provisioned concurrency of functions, and how much of it was used. */
export interface ConcurrencyOverview {
  account: AccountConcurrency & {
    /** The largest concurrency of all functions of the Region; null: CloudWatch has no value. */
    peak: number | null
    /** The concurrency that functions have reserved which are not shown. */
    reservedElsewhere: number
  }
  /** The time of the figures, milliseconds since the epoch. */
  from: number
  /** Exclusive; milliseconds since the epoch. */
  until: number
  functions: ShownConcurrency[]
  /** The parts that could not be read, with the reason; their figures are null or missing. */
  unread: string[]
  /** The functions that could not be read; `unread` names them too, and `functions` does not have them. */
  errors: ({ function: string } & Unread)[]
}

export interface ShownConcurrency {
  function: string
  lambdaName: string
  /** False if the function is not in this account and Region; the rest is empty then. */
  exists: boolean
  /** Null: it shares the account's unreserved concurrency. */
  reserved: number | null
  provisioned: ShownProvisioned[]
  /** Its versions and aliases that Application Auto Scaling scales. */
  scaled: Scaled[]
  /** The most concurrent executions that it can have. */
  ceiling: number
  /** The most concurrent executions that it had; null: CloudWatch has no value, as without traffic. */
  peak: number | null
  /** Throttled requests; null likewise. */
  throttles: number | null
  /** The concurrency that no other function can use, whether this one uses it or not. */
  takes: number
  burst: Burst
  /** Who stopped it by `concurrency stop`; absent if it runs, or was stopped in another way. */
  stop?: Stop
  /** The record of its stop could not be read; absent if it could, and if it runs. */
  stopUnread?: true
}

export interface ShownProvisioned extends ProvisionedConcurrency {
  /** The largest share of the environments that was busy, 0 to 1; null: no value. */
  utilization: number | null
  /** Invocations that found them all busy and started on demand; null: no value. */
  spillover: number | null
}

export interface ShowOptions {
  /** The length of time of the figures, back from now; milliseconds. */
  sinceMs: number
  /** Concurrent executions of the burst that is foretold; undefined: as many as the function can have. */
  burst: number | undefined
}

/**
 * Reads the concurrency of functions. The figures, the scaling, and each function are left out if they can't be read.
 *
 * @throws LambdactlError AWS's error for the account, and the first function's if none can be read
 */
export async function showConcurrency(
  run: Run,
  targets: readonly Target[],
  { sinceMs, burst }: ShowOptions,
): Promise<ConcurrencyOverview> {
  const until = run.clock.now()
  const span = { from: until - sinceMs, until, periodMs: periodOf(sinceMs) }
  const unread: string[] = []
  const [account, read, scaled] = await Promise.all([
    run.aws.concurrency.account(),
    Promise.all(targets.map((target) => orFailure(() => readOne(run, target)))),
    ifReadable(unread, 'the scaling', [], () => run.aws.scaling.scaled()),
  ])
  const { found, errors } = readOrNot(run, targets, read)
  unread.push(...errors.map(({ function: name, message }) => `the function ${name}: ${message}`))
  const queries = [regionQuery, ...found.filter(({ exists }) => exists).flatMap(usageQueries)]
  const series = await ifReadable(unread, 'the figures', [], () => run.aws.metrics.series(queries, span))
  const functions = found.map((one) => shown(one, { account, series, scaled, burst }))
  const reservedHere = functions.reduce((sum, { reserved }) => sum + (reserved ?? 0), 0)
  return {
    account: {
      ...account,
      peak: figureOf(series, 'peak', {}),
      reservedElsewhere: Math.max(0, account.limit - account.unreserved - reservedHere),
    },
    from: span.from,
    until,
    functions,
    unread,
    errors,
  }
}

/** @throws LambdactlError the first function's error if none was read */
function readOrNot(
  run: Run,
  targets: readonly Target[],
  read: readonly (Found | LambdactlError)[],
): { found: Found[] } & Pick<ConcurrencyOverview, 'errors'> {
  const found = read.flatMap((each) => (each instanceof LambdactlError ? [] : [each]))
  const [first] = read
  if (found.length === 0 && first instanceof LambdactlError) throw first
  const errors = targets.flatMap(({ function: name }, index) => {
    const each = read[index]
    return each instanceof LambdactlError ? [{ function: name, ...unreadOf(run, each) }] : []
  })
  return { found, errors }
}

interface Found extends Pick<ShownConcurrency, 'function' | 'lambdaName' | 'exists' | 'reserved'> {
  alias: string
  provisioned: ProvisionedConcurrency[]
  stop?: Stop | 'unread' | undefined
}

async function readOne(run: Run, target: Target): Promise<Found> {
  const { function: name, lambdaName, alias } = target
  const named = { function: name, lambdaName, alias }
  const { concurrency } = run.aws
  try {
    const [reserved = null, provisioned] = await Promise.all([
      concurrency.reserved(lambdaName),
      concurrency.provisioned(lambdaName),
    ])
    const stop = reserved === 0 ? await findStop(run, target) : undefined
    return { ...named, exists: true, reserved, provisioned, stop }
  } catch (error) {
    if (!isCode(error, 'NOT_FOUND')) throw error
    return { ...named, exists: false, reserved: null, provisioned: [] }
  }
}

interface Around {
  account: AccountConcurrency
  series: readonly UsageSeries[]
  scaled: readonly Scaled[]
  burst: number | undefined
}

function shown(
  { alias: _, stop, ...found }: Found,
  { account, series, scaled, burst }: Around,
): ShownConcurrency {
  const { lambdaName, reserved, provisioned } = found
  const of = { function: lambdaName }
  const ready = provisioned.reduce((sum, { available }) => sum + available, 0)
  const requested = provisioned.reduce((sum, one) => sum + one.requested, 0)
  const ceiling = reserved ?? account.unreserved
  return {
    ...found,
    provisioned: provisioned.map((one) => ({
      ...one,
      utilization: figureOf(series, 'utilization', { ...of, provisioned: one.qualifier }),
      spillover: figureOf(series, 'spillover', { ...of, provisioned: one.qualifier }),
    })),
    scaled: scaled.filter((one) => one.lambdaName === lambdaName),
    ceiling,
    peak: figureOf(series, 'peak', of),
    throttles: figureOf(series, 'throttles', of),
    takes: reserved ?? requested,
    burst: burstOf(burst ?? ceiling, { warm: ready, ceiling }),
    ...(stop === 'unread' ? { stopUnread: true } : stop && { stop }),
  }
}

/** CloudWatch keeps minutes for 15 days only; longer spans need fewer points. */
export function periodOf(sinceMs: number): number {
  const hour = 3_600_000
  if (sinceMs <= 24 * hour) return 60_000
  return sinceMs <= 15 * 24 * hour ? 300_000 : hour
}
