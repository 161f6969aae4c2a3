import type { FunctionState, PublishedVersion } from '../ports/functions.ts'

import { type WayBack, wayBack } from '../release/decision/rollback-target.ts'
import type { Standing } from '../release/decision/standing.ts'
import { trafficShare } from '../release/decision/traffic-share.ts'
import type { AlarmSelector } from '../release/values/alarm-selector.ts'
import type { AlarmState, AliasState } from '../release/values/observed.ts'
import { parseRecord, type ReleaseRecord } from '../release/values/record.ts'
import { type Origin, parseOrigin } from '../release/values/version-description.ts'
import { explained } from './alias/explain-alias.ts'
import { lostRecordOf } from './alias/find-lost-record.ts'
import { findAlarms } from './preflight/alarms/find-alarms.ts'
import { ownerIn } from './release-only/owner-in.ts'
import { commandFor, type Run, type Target } from './run/run.ts'
import { type Stopped, stoppedOf } from './stopping/stopped.ts'

interface VersionStatus extends PublishedVersion {
  /** Digest and commit, if lambdactl published it. */
  origin: Origin | undefined
  /** Share of the alias's traffic in percent. */
  percent: number
}

export interface FunctionStatus {
  function: string
  lambdaName: string
  /** `missing` if the function is not in this account and Region. */
  state: FunctionState['status'] | 'missing'
  /** The infrastructure tool that makes it, as in `Terraform`; absent if lambdactl does, or nothing tells. */
  owner?: string
  /** Undefined if it accepts invocations. */
  stopped: Stopped | undefined
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
  alarms: readonly AlarmState[]
  /** Configured alarms that CloudWatch does not have here, as the file writes them; `checkout-*` for a prefix. */
  missingAlarms: string[]
}

/** The number of newest versions that are shown by default. */
const fewVersions = 5

/**
 * Reads the state of one function: alias, weights, release, versions and alarms.
 *
 * @param newest the number of versions, besides those with traffic
 */
export async function functionStatus(
  run: Run,
  target: Target,
  selectors: readonly AlarmSelector[],
  newest = fewVersions,
): Promise<FunctionStatus> {
  const { functions, aliases } = run.aws
  const found = { function: target.function, lambdaName: target.lambdaName }
  const latest = await functions.get(target.lambdaName)
  if (!latest) {
    const nothing = {
      stopped: undefined,
      alias: undefined,
      record: undefined,
      standing: undefined,
      versions: [],
      wayBack: undefined,
      alarms: [],
      missingAlarms: [],
    }
    return { ...found, state: 'missing', ...nothing }
  }
  const [alias, versions, { alarms, unfound }] = await Promise.all([
    aliases.get(target.lambdaName, target.alias),
    functions.versions(target.lambdaName),
    findAlarms(run, selectors),
  ])
  const record = alias && parseRecord(alias.description)
  const lost = alias && (await lostRecordOf(run, target, alias))
  const existing = versions.map(({ version }) => version)
  const shown = versions
    .map((version) => withTraffic(version, alias))
    .filter(({ percent }, index) => index < newest || percent > 0)
  const count = versions.length - shown.length
  return {
    ...found,
    state: latest.status,
    ...ownerIn(target, latest),
    stopped: await stoppedOf(run, target, latest),
    alias,
    record,
    ...(lost && { lostRecord: lost }),
    standing: alias && explained(alias, { record, lost }, target),
    versions: shown,
    ...(count > 0 ? { moreVersions: { count, see: commandFor(target, 'status', '--all-versions') } } : {}),
    wayBack: alias && wayBack(alias, record ?? lost, existing),
    alarms,
    missingAlarms: unfound.map(({ wanted }) => wanted),
  }
}

function withTraffic(version: PublishedVersion, alias: AliasState | undefined): VersionStatus {
  return {
    ...version,
    origin: parseOrigin(version.description),
    percent: alias ? trafficShare(version.version, alias) : 0,
  }
}
