import { LambdactlError } from '../../errors/error.ts'
import { alarmChecks } from '../../gates/alarms/checks.ts'
import { alarmVerdict } from '../../gates/alarms/gate.ts'
import type { AlarmSelection } from '../../gates/alarms/selection.ts'
import { judgeAlarms } from '../../gates/alarms/verdict.ts'
import { passedOver } from '../../gates/breakglass.ts'
import { provisionedChecks } from '../../gates/candidate/provisioned-check.ts'
import { type Pair, splitChecks } from '../../gates/candidate/split-check.ts'
import { triggerCheck } from '../../gates/candidate/trigger-check.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { Check } from '../../release/values/check.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'
import type { SmokeEvent } from '../../release/values/smoke.ts'
import type { PlannedRelease } from '../run/release.ts'
import { commandFor, sameCommand, type Target } from '../run/run.ts'
import { comparisonChecks } from '../watch/compare-versions.ts'
import { withRemedies } from './alarms/remedies.ts'
import { bakeChecks } from './bake-check.ts'
import { wayBackChecks } from './prove-way-back.ts'
import { trySmokeEvents } from './try-smoke-events.ts'

/** The gates that are proved before anything is uploaded. */
export interface Gates {
  /** Whether a release without any gate, an alarm or a comparison, fails. */
  needsAlarm: boolean
  /** The alarms as they were read for the plan. */
  selection: AlarmSelection
  /** How long the release was to watch 100%, milliseconds; absent for one that only may. */
  bakeMs?: number
  /** The function's tags, which tell the tool that made it and its triggers. */
  tags?: FunctionState['tags']
  /** The two versions whose settings Lambda wants alike; undefined where only one will be on the alias. */
  pair?: Pair | undefined
}

/**
 * Proves the gates before anything is uploaded: there is a way back, the triggers go through the alias, Lambda will take the
 * two versions, every alarm is there and quiet, and the metrics that are to be compared can be read. A plan with a breakglass
 * goes past the gates that fail, and says so.
 *
 * @param alias as it is; undefined before the first release, which has nothing to prove
 * @throws LambdactlError PREFLIGHT_FAILED that names what failed
 */
export async function proveGates(
  release: PlannedRelease,
  alias: AliasState | undefined,
  gates: Gates,
): Promise<void> {
  if (!alias) return
  const { run, target, plan } = release
  const [back, proved] = await Promise.all([wayBackChecks(run, target, alias), gateChecks(release, gates)])
  const found = [
    ...aliasChecks(alias),
    ...back,
    ...provisionedChecks(plan, target.alias),
    ...proved,
    ...bakeChecks(plan, gates.bakeMs ?? 0),
  ]
  const checks = plan.breakglass ? found.map(passedOver) : found
  const goPast = `If it can't wait, go past it, on the record: ${sameCommand(target, plan, '--breakglass', '"why"')}`
  const refused = splitChecks(plan, alias, gates.pair)
  judge(release, {
    consequence: 'Nothing was published and no traffic moved',
    checks: [...refused, ...checks],
    ways: refused.length > 0 ? splitWays(target, alias) : [goPast],
  })
}

/**
 * Proves that Lambda will take the candidate beside stable: what the file leaves as it is may have changed meanwhile.
 *
 * @throws LambdactlError PREFLIGHT_FAILED that names what differs
 */
export function proveSplit(
  release: PlannedRelease,
  alias: AliasState | undefined,
  pair: Pair | undefined,
): void {
  if (!alias) return
  const checks = splitChecks(release.plan, alias, pair)
  judge(release, { consequence: noTraffic(release.plan), checks, ways: splitWays(release.target, alias) })
}

/** How to go on where Lambda would not take the two versions. */
function splitWays(target: Target, { name, version }: AliasState): string[] {
  const deploy = commandFor(target, 'deploy')
  if (version === '$LATEST') return [`To put ${name} on a version first: ${deploy}`]
  return [
    `To switch at once, which Lambda takes: ${deploy}`,
    `To have the code in a canary all the same, make this change alone first, with the code as it is: ${deploy}`,
  ]
}

/**
 * Proves the candidate at 0%, and that no alarm began to fire meanwhile.
 *
 * @param smoke the events that the candidate has to answer
 * @throws LambdactlError PREFLIGHT_FAILED that names what failed
 */
export async function proveCandidate(release: PlannedRelease, smoke: readonly SmokeEvent[]): Promise<void> {
  const checks = [...(await trySmokeEvents(release, smoke)), ...(await stillQuiet(release))]
  judge(release, { consequence: noTraffic(release.plan), checks })
}

/**
 * Proves that no alarm began to fire since.
 *
 * @throws LambdactlError PREFLIGHT_FAILED that names what failed
 */
export async function proveQuiet(release: PlannedRelease): Promise<void> {
  judge(release, { consequence: noTraffic(release.plan), checks: await stillQuiet(release) })
}

function noTraffic({ candidate }: Plan): string {
  return `Version ${candidate} got no traffic`
}

/** The part of a plan that the next steps speak of. */
export type Judged = Pick<Plan, 'stable' | 'strategy'>

/** Checks of a release, and what it means where one of them fails. */
interface Findings {
  /** As in `Nothing was changed`. */
  consequence: string
  checks: readonly Check[]
  /** Further next steps. */
  ways?: readonly string[]
}

/**
 * Tells checks, and ends the release where one of them fails.
 *
 * @throws LambdactlError PREFLIGHT_FAILED that names what failed
 */
export function judge(
  { run, target, plan }: Pick<PlannedRelease, 'run' | 'target'> & { plan: Judged },
  { consequence, checks, ways = [] }: Findings,
): void {
  for (const check of checks) run.emit({ function: target.function, event: 'checked', check })
  const failed = checks.filter(({ outcome }) => outcome === 'fail')
  if (failed.length === 0) return
  const what = failed.map(({ title, detail }) => `${title}: ${detail}`).join('; ')
  throw new LambdactlError('PREFLIGHT_FAILED', `${consequence}, since preflight failed: ${what}.`, {
    next: [...nextSteps(target, plan), ...failed.flatMap(({ next = [] }) => next), ...ways],
  })
}

/** A Description that is somebody else's is named before it is replaced. */
function aliasChecks(alias: AliasState): Check[] {
  if (!alias.description || parseRecord(alias.description)) return []
  const detail = `its Description is replaced by the release record, and kept in the journal: ${JSON.stringify(alias.description)}`
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
        detail: 'none configured: nothing watches the version after the switch',
      },
    ]
  }
  const gated = { ...plan, functionName: target.lambdaName, alias: target.alias }
  const alarms = await withRemedies(run, target, plan, alarmChecks(selection, gated))
  return [triggers, ...alarms, ...(await comparisonChecks(release))]
}

async function stillQuiet({ run, plan }: PlannedRelease): Promise<Check[]> {
  if (plan.alarms.length === 0) return []
  const alarms = judgeAlarms(await run.aws.alarms.describe(plan.alarms), plan)
  const { outcome, reason } = alarmVerdict(plan.alarms, alarms)
  return outcome === 'fail' ? [{ title: 'alarms', outcome, detail: reason }] : []
}

function nextSteps({ alias }: Target, { stable }: Judged): string[] {
  const where = stable ? `still on version ${stable}` : 'on no version yet'
  return [`Alias ${alias} is ${where}: put right what failed, then release again.`]
}
