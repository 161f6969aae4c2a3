import { LambdactlError } from '../../errors/error.ts'
import type { Trouble } from '../../operation/incident/trouble.ts'
import type { FunctionState, PublishedVersion } from '../../ports/functions.ts'
import type { WayBack } from '../../release/decision/rollback-target.ts'
import type { Standing } from '../../release/decision/standing.ts'
import { trafficShare } from '../../release/decision/traffic-share.ts'
import type { AlarmSelector } from '../../release/values/alarms.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import { type Origin, parseOrigin } from '../../release/values/version-description.ts'
import { explained } from '../alias/explain-alias.ts'
import { lostRecordOf } from '../alias/find-lost-record.ts'
import { type CostOfRelease, costBeside } from '../cost/release-cost.ts'
import { ownerIn } from '../release-only/owner-in.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { orFailure, type Unread, unreadOf } from '../run/unread.ts'
import { findPaused, type Paused } from '../stopping/paused.ts'
import { readingTogether } from '../stopping/read-together.ts'
import { type Stopped, stoppedOf } from '../stopping/stopped.ts'
import { wayBackOf } from './find-way-back.ts'
import { type HeldAlarm, heldAgainst } from './held-alarm.ts'
import { alarmsOf, type Known, knownAlarms } from './known-alarms.ts'
import { lastReleaseOf } from './last-release.ts'
import { type AskedTraffic, type Recent, type RecentTraffic, readRecent } from './recent-traffic.ts'
import { troublesIn } from './troubles-in.ts'

interface VersionStatus extends PublishedVersion {
  /** Digest and commit, if lambdactl published it. */
  origin: Origin | undefined
  /** Share of the alias's traffic in percent. */
  percent: number
}

export interface FunctionStatus {
  function: string
  lambdaName: string
  /** `missing` if the function is not in this account and Region; `unknown` if it could not be read. */
  state: FunctionState['status'] | 'missing' | 'unknown'
  /** Only with `unknown`: the reason. The rest is empty then. */
  error?: Unread
  /** The infrastructure tool that makes it, as in `Terraform`; absent if lambdactl does, or nothing tells. */
  owner?: string
  /** Undefined if it accepts invocations. */
  stopped: Stopped | undefined
  /** The event source mappings that a pause has disabled; absent for none. */
  paused?: Paused
  /** The reason why pauses could not be read; `paused` is absent then. */
  pausedUnknown?: string
  alias: AliasState | undefined
  record: ReleaseRecord | undefined
  /** The last release by the journal, if the alias has no record any more; absent if the journal has none. */
  lostRecord?: ReleaseRecord
  standing: Standing | undefined
  /** The newest versions, and every one with traffic. */
  versions: VersionStatus[]
  /** The number of versions left out, and the command that shows all; absent if all are shown. */
  moreVersions?: { count: number; see: string }
  /** The remaining way back; undefined if no version held 100% before. */
  wayBack: WayBack | undefined
  /** The configured alarms, including those by prefix. */
  alarms: readonly HeldAlarm[]
  /** The reason why the alarms could not be read; `alarms` and `missingAlarms` are empty then. */
  alarmsUnknown?: string
  /** Configured alarms that CloudWatch does not have here, as the file writes them; `checkout-*` for a prefix. */
  missingAlarms: string[]
  /** Faults, and states that wait for a person, the worst first; empty if nothing was found. */
  troubles: Trouble[]
  /** The last minutes by CloudWatch; absent if they could not be read. */
  recent?: RecentTraffic
  /** The reason why they could not be read. */
  recentUnknown?: string
  /** The price of both versions during a release; absent if it can't be read, or nobody asked. */
  cost?: CostOfRelease
}

/** The number of newest versions that are shown by default. */
const fewVersions = 5

/** A function to look at, and its configured alarms. */
export interface StatusAsked {
  target: Target
  alarms: readonly AlarmSelector[]
}

export interface StatusOptions {
  /** The number of versions, besides those with traffic. */
  newest?: number
  /**
   * Whether all versions are listed, 50 in a call. Without the list `versions` is empty, and the way back is looked for by
   * itself.
   */
  listsVersions?: boolean
  /** Whether the price of both versions of a release is compared: one more read for each function under release. */
  comparesCost?: boolean
  /** Reads the last minutes; default: from CloudWatch, at each call. */
  readRecent?: (asked: readonly AskedTraffic[]) => Promise<Recent>
}

/**
 * Reads the state of functions: aliases, weights, releases, versions, alarms, and the traffic of the last minutes. Alarms
 * and metrics of all functions are read together. A function that can't be read has the reason, and the others are read.
 *
 * @returns in the order of the functions that were asked for
 * @throws LambdactlError the first function's error if none can be read
 */
export async function serviceStatus(
  given: Run,
  asked: readonly StatusAsked[],
  options: StatusOptions = {},
): Promise<FunctionStatus[]> {
  const run = asked.length > 1 ? readingTogether(given) : given
  const read = await Promise.all(
    asked.map((each) => orFailure(() => readFunction(run, each, options.listsVersions ?? true))),
  )
  const there = read.flatMap((each) => (each instanceof LambdactlError || !each.latest ? [] : [each]))
  const [known, recent] = await Promise.all([
    knownAlarms(run, there),
    there.length === 0 ? undefined : (options.readRecent ?? ((of) => readRecent(run, of)))(there),
  ])
  const { newest, comparesCost } = options
  const shared = { known, recent, newest, comparesCost }
  const found: (FunctionStatus | LambdactlError)[] = []
  // One after the other: few functions need the journal, and its quota is small.
  for (const each of read)
    found.push(each instanceof LambdactlError ? each : await orFailure(() => statusOf(run, each, shared)))
  const [failure] = found
  if (failure instanceof LambdactlError && found.every((each) => each instanceof LambdactlError))
    throw failure
  return asked.flatMap(({ target }, index) => {
    const each = found[index]
    return each instanceof LambdactlError ? [notRead(target, unreadOf(run, each))] : (each ?? [])
  })
}

/** Reads the state of one function. */
export async function functionStatus(
  run: Run,
  target: Target,
  alarms: readonly AlarmSelector[],
  newest?: number,
): Promise<FunctionStatus> {
  const [status] = await serviceStatus(run, [{ target, alarms }], newest === undefined ? {} : { newest })
  if (!status) throw new LambdactlError('BUG', `The state of ${target.function} was not read.`)
  return status
}

interface ReadFunction extends StatusAsked {
  latest: FunctionState | undefined
  alias: AliasState | undefined
  /** Newest first; undefined if they were not listed. */
  versions: PublishedVersion[] | undefined
}

async function readFunction(run: Run, asked: StatusAsked, listsVersions: boolean): Promise<ReadFunction> {
  const { functions, aliases } = run.aws
  const { lambdaName, alias: name } = asked.target
  const latest = await functions.get(lambdaName)
  if (!latest) return { ...asked, latest, alias: undefined, versions: [] }
  const [alias, versions] = await Promise.all([
    aliases.get(lambdaName, name),
    listsVersions ? functions.versions(lambdaName) : undefined,
  ])
  return { ...asked, latest, alias, versions }
}

interface Shared {
  known: Known
  recent: Recent | undefined
  newest: number | undefined
  comparesCost: boolean | undefined
}

async function statusOf(run: Run, read: ReadFunction, shared: Shared): Promise<FunctionStatus> {
  const { target, latest, alias } = read
  const found = { function: target.function, lambdaName: target.lambdaName }
  if (!latest) return missing(target, found)
  const record = alias && parseRecord(alias.description)
  const lost = alias && (await lostRecordOf(run, target, alias))
  const versions = read.versions ?? []
  const shown = versions
    .map((version) => withTraffic(version, alias))
    .filter(({ percent }, index) => index < (shared.newest ?? fewVersions) || percent > 0)
  const count = versions.length - shown.length
  const status = {
    ...found,
    state: latest.status,
    ...ownerIn(target, latest),
    stopped: await stoppedOf(run, target, latest),
    ...(await findPaused(run, target)),
    alias,
    record,
    ...(lost && { lostRecord: lost }),
    standing: alias && explained(alias, { record, lost }, target),
    versions: shown,
    ...(count > 0 ? { moreVersions: { count, see: commandFor(target, 'status', '--all-versions') } } : {}),
    wayBack: alias && (await wayBackOf(run, read, record ?? lost)),
    ...recentOf(target, shared.recent),
    ...(shared.comparesCost && (await costBeside(run, target, alias))),
  }
  const { alarms, missingAlarms, unreadAlarms } = alarmsOf(read.alarms, shared.known)
  const isFiring = alarms.some(({ condition }) => condition === 'ALARM')
  const release = isFiring && alias && record ? await lastReleaseOf(run, target, alias, record) : undefined
  const held = alarms.map((alarm) => heldAgainst(alarm, release))
  const troubles = troublesIn(
    target,
    {
      ...status,
      missingAlarms,
      unread: undefined,
      ...(unreadAlarms && { unreadAlarms }),
      ...(shared.recent && 'unread' in shared.recent && { unreadFigures: shared.recent.unread }),
    },
    { alarms: held, release, latest },
  )
  return {
    ...status,
    alarms: held,
    missingAlarms,
    ...(unreadAlarms && { alarmsUnknown: unreadAlarms.message }),
    troubles,
  }
}

const nothing = {
  stopped: undefined,
  alias: undefined,
  record: undefined,
  standing: undefined,
  versions: [],
  wayBack: undefined,
  missingAlarms: [],
}

function missing(target: Target, found: Pick<FunctionStatus, 'function' | 'lambdaName'>): FunctionStatus {
  const status = { ...found, state: 'missing' as const, ...nothing }
  const seen = { ...status, unread: undefined }
  const troubles = troublesIn(target, seen, { alarms: [], release: undefined, latest: undefined })
  return { ...status, alarms: [], troubles }
}

function notRead(target: Target, error: Unread): FunctionStatus {
  const found = { function: target.function, lambdaName: target.lambdaName }
  const status = { ...found, state: 'unknown' as const, error, ...nothing }
  const seen = { ...status, unread: error }
  const troubles = troublesIn(target, seen, { alarms: [], release: undefined, latest: undefined })
  return { ...status, alarms: [], troubles }
}

function recentOf(
  { lambdaName }: Target,
  recent: Recent | undefined,
): Pick<FunctionStatus, 'recent' | 'recentUnknown'> {
  if (!recent) return {}
  if ('unread' in recent) return { recentUnknown: recent.unread.message }
  const traffic = recent.of.get(lambdaName)
  return traffic ? { recent: traffic } : {}
}

function withTraffic(version: PublishedVersion, alias: AliasState | undefined): VersionStatus {
  return {
    ...version,
    origin: parseOrigin(version.description),
    percent: alias ? trafficShare(version.version, alias) : 0,
  }
}
