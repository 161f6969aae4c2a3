import { isCode, LambdactlError } from '../../errors/error.ts'
import { type MinuteSum, minuteSums } from '../../operation/cost/jackknife.ts'
import { ownTable, type PriceTable } from '../../operation/cost/own-prices.ts'
import { pricesIn } from '../../operation/cost/prices.ts'
import { compareCost, type PricedVersion, type ReleaseCost } from '../../operation/cost/release-cost.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { Point, SeriesQuery } from '../../ports/metrics.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'
import { rolesOf } from '../../release/values/roles.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'

/** The price of a release's requests, by what CloudWatch counted through the alias. */
export interface CostOfRelease extends ReleaseCost {
  function: string
  lambdaName: string
  /** The release's id; absent for a weight that somebody set by hand. */
  release?: string
  /** The candidate's first minute with invocations, or else the first one that was looked at; milliseconds since the epoch. */
  from: number
  /** Exclusive; milliseconds since the epoch. */
  until: number
  /** The date of the price table, `YYYY-MM-DD`. */
  pricesOf: string
}

interface Versions {
  candidate: string
  stable: string
}

const minuteMs = 60_000
const dayMs = 24 * 3_600_000
/** CloudWatch keeps minutes for 15 days. */
const keptMs = 15 * dayMs

/**
 * Compares what a million invocations of the candidate and of stable cost, for the last release of an alias: those of the
 * last 15 days by the alias. Inits are not counted: no metric has them.
 *
 * @throws LambdactlError NOT_FOUND without a release, or without one of its versions; USAGE for a Region without prices
 */
export async function releaseCost(run: Run, target: Target, table: PriceTable): Promise<CostOfRelease> {
  const alias = await run.aws.aliases.get(target.lambdaName, target.alias)
  if (!alias || !versionsOf(alias)) throw noRelease(target)
  return costOf(run, target, { alias, sinceMs: keptMs, table })
}

/**
 * The cost of a release under way, for a person who looks at it; empty if no two versions have traffic, or if it can't be
 * read, since it decides nothing.
 */
export async function costBeside(
  run: Run,
  target: Target,
  alias: AliasState | undefined,
): Promise<{ cost?: CostOfRelease }> {
  if (!alias?.weight) return {}
  try {
    return { cost: await costOf(run, target, { alias, sinceMs: dayMs, table: ownTable }) }
  } catch (error) {
    if (!(error instanceof LambdactlError) || isCode(error, 'INTERRUPTED')) throw error
    return {}
  }
}

async function costOf(
  run: Run,
  target: Target,
  { alias, sinceMs, table }: { alias: AliasState; sinceMs: number; table: PriceTable },
): Promise<CostOfRelease> {
  const versions = versionsOf(alias)
  if (!versions) throw noRelease(target)
  const now = run.clock.now()
  const since = now - (now % minuteMs) - sinceMs
  const [candidate, stable, minutes] = await Promise.all([
    stateOf(run, target, versions.candidate),
    stateOf(run, target, versions.stable),
    readMinutes(run, target, versions, { from: since, until: now }),
  ])
  const from = minutes.candidate[0]?.time ?? since
  const prices = pricesIn(candidate.arn.split(':')[3] ?? '', table)
  const record = parseRecord(alias.description)
  return {
    function: target.function,
    lambdaName: target.lambdaName,
    ...(record && { release: record.id }),
    from,
    until: now,
    pricesOf: table.date,
    ...compareCost(
      priced(candidate, minutes.candidate),
      priced(stable, duringOrBefore(minutes.stable, from)),
      prices,
    ),
  }
}

/** The minutes beside the candidate's; without any, such as after a release at once, those of the day before. */
function duringOrBefore(minutes: readonly MinuteSum[], from: number): MinuteSum[] {
  const during = minutes.filter(({ time }) => time >= from)
  return during.length > 0 ? during : minutes.filter(({ time }) => time >= from - dayMs)
}

/** The versions of a release under way, or of the last one on record. */
function versionsOf(alias: AliasState): Versions | undefined {
  const { stable, candidate } = rolesOf(alias)
  if (candidate !== undefined) return { stable, candidate }
  const record = parseRecord(alias.description)
  const before = record?.held.find((held) => held !== record.candidate)
  return record && before !== undefined ? { candidate: record.candidate, stable: before } : undefined
}

async function stateOf({ aws }: Run, { lambdaName }: Target, version: string): Promise<FunctionState> {
  const state = await aws.functions.get(lambdaName, version)
  if (state) return state
  throw new LambdactlError(
    'NOT_FOUND',
    `Version ${version} of ${lambdaName} is gone, so its memory is unknown.`,
  )
}

async function readMinutes(
  { aws }: Run,
  { lambdaName, alias }: Target,
  { candidate, stable }: Versions,
  span: { from: number; until: number },
): Promise<Record<keyof Versions, MinuteSum[]>> {
  const queries = [candidate, stable].flatMap((version): SeriesQuery[] => {
    const of = { function: lambdaName, qualifier: alias, version }
    return [
      { metric: 'Invocations', statistic: 'Sum', of },
      { metric: 'Duration', statistic: 'Sum', of },
    ]
  })
  const read = await aws.metrics.series(queries, { ...span, periodMs: minuteMs })
  const points = (index: number): Point[] => read[index]?.points ?? []
  return {
    candidate: minuteSums(points(0), points(1)),
    stable: minuteSums(points(2), points(3)),
  }
}

function priced({ version, settings }: FunctionState, minutes: MinuteSum[]): PricedVersion {
  return { version, memoryMb: settings.memoryMb, architecture: settings.architecture, minutes }
}

function noRelease(target: Target): LambdactlError {
  return new LambdactlError(
    'NOT_FOUND',
    `${target.lambdaName} has no release of ${target.alias} with two versions to compare.`,
    { next: [`See the state of the alias: ${commandFor(target, 'status')}`] },
  )
}
