import { alarmChecks } from '../../gates/alarms/checks.ts'
import type { AlarmSelection } from '../../gates/alarms/selection.ts'
import { passedOver } from '../../gates/breakglass.ts'
import { provisionedChecks } from '../../gates/candidate/provisioned-check.ts'
import { type Pair, splitChecks } from '../../gates/candidate/split-check.ts'
import { triggerCheck } from '../../gates/candidate/trigger-check.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { Check } from '../../release/values/check.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import { scaledAliasChecks } from '../provisioned/scaled-alias.ts'
import type { PlannedRelease } from '../run/release.ts'
import { commandFor, sameCommand } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { comparisonChecks } from '../watch/compare-versions.ts'
import { withRemedies } from './alarms/remedies.ts'
import { bakeChecks } from './bake-check.ts'
import { judge } from './judge.ts'
import { movedChecks } from './moved-checks.ts'
import { splitWays } from './prove-split.ts'
import { wayBackChecks } from './prove-way-back.ts'

/** The gates that are proved before anything is uploaded. */
export interface Gates {
  /** Whether a release without any gate, an alarm or a comparison, fails. */
  needsAlarm: boolean
  /** The alarms that were read for the plan. */
  selection: AlarmSelection
  /** The journal's record of the last release, if the alias has no record any more. */
  lost?: ReleaseRecord | undefined
  /** The requested time of watching 100%, milliseconds; absent if it is optional. */
  bakeMs?: number
  /** The function's tags, which show the tool that made it and its triggers. */
  tags?: FunctionState['tags']
  /** The two versions whose settings must match for Lambda; undefined if only one will be on the alias. */
  pair?: Pair | undefined
}

/**
 * Proves the gates before anything is uploaded: there is a way back, the triggers go through the alias, Lambda will
 * accept the two versions, every alarm exists and is quiet, and the compared metrics can be read. A plan with
 * breakglass goes past failed gates, and says so.
 *
 * @param alias its present state; undefined before the first release, which has nothing to prove
 * @throws LambdactlError PREFLIGHT_FAILED with the failed checks
 */
export async function proveGates(
  release: PlannedRelease,
  alias: AliasState | undefined,
  gates: Gates,
): Promise<void> {
  if (!alias) return tellBypasses(release)
  const { run, target, plan } = release
  const [back, proved, scaled] = await Promise.all([
    wayBackChecks(run, target, alias),
    gateChecks(release, gates),
    scaledAliasChecks(run, target, plan),
  ])
  const found = [
    ...aliasChecks(alias),
    ...movedChecks(alias, gates.lost),
    ...back,
    ...provisionedChecks(plan, target.alias),
    ...scaled,
    ...proved,
    ...bakeChecks(plan, gates.bakeMs ?? 0),
  ]
  const checks = plan.breakglass ? found.map(passedOver) : found
  const goPast = `If the release can't wait, override the gate, on record: ${sameCommand(target, plan, '--breakglass', '"why"')}`
  const refused = splitChecks(plan, alias, gates.pair)
  judge(release, {
    consequence: 'Nothing was published and no traffic moved',
    checks: [...refused, ...checks],
    ways: refused.length > 0 ? splitWays(target, alias) : [goPast],
  })
}

/** A first release changes nothing for the triggers of another tool, which go to $LATEST. */
function tellBypasses({ run, target, plan: { beside } }: PlannedRelease): void {
  const { bypasses = [], through = [] } = beside ?? {}
  if (bypasses.length === 0) return
  const count = bypasses.length + through.length
  const text = `${bypasses.length} of ${count} triggers bypass ${target.alias}, so their events never reach a released version: ${bypasses.join(', ')}; to put them on ${target.alias}: ${commandFor(target, 'doctor')}`
  warn(run, target, text)
}

/** Another tool's Description is named before it is replaced. */
function aliasChecks(alias: AliasState): Check[] {
  if (!alias.description || parseRecord(alias.description)) return []
  const detail = `the release record replaces its Description, which the journal keeps: ${JSON.stringify(alias.description)}`
  return [{ title: `alias ${alias.name}`, outcome: 'warn', detail }]
}

/** A release that may go without alarms says that nothing watches it. */
async function gateChecks(release: PlannedRelease, { needsAlarm, selection, tags }: Gates): Promise<Check[]> {
  const { run, target, plan } = release
  const { lambdaName, alias } = target
  const found = await run.aws.triggers.list(lambdaName, alias)
  const made = { configName: run.config.name, tags, awsCli: target.awsCli?.() }
  const triggers = triggerCheck(found, { functionName: lambdaName, alias, ...made })
  const asksNone = selection.alarms.length + selection.unfound.length === 0
  if (plan.comparison && asksNone) return [triggers, ...(await comparisonChecks(release))]
  if (!needsAlarm && asksNone) {
    return [
      triggers,
      {
        title: 'alarms',
        outcome: 'warn',
        detail: 'none configured, so nothing watches the version after the switch',
      },
    ]
  }
  const gated = { ...plan, functionName: target.lambdaName, alias: target.alias }
  const alarms = await withRemedies(run, target, plan, alarmChecks(selection, gated))
  return [triggers, ...alarms, ...(await comparisonChecks(release))]
}
