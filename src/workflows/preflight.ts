import { LambdactlError } from '../errors/error.ts'
import { alarmChecks } from '../gates/alarm-checks.ts'
import { alarmVerdict } from '../gates/alarm-gate.ts'
import { smokeCheck } from '../gates/smoke-check.ts'
import { triggerCheck } from '../gates/trigger-check.ts'
import type { Check } from '../release/check.ts'
import type { AliasState } from '../release/observed.ts'
import type { Plan } from '../release/plan.ts'
import { parseRecord } from '../release/record.ts'
import { comparisonChecks } from './compare-versions.ts'
import { commandFor, type Run, type Target } from './run.ts'

/**
 * Proves the gates before anything is uploaded: the triggers go through the alias, every alarm is there and quiet, and the
 * metrics that are to be compared can be read.
 *
 * @param alias as it is; undefined before the first release, which has nothing to prove
 * @param needsAlarm whether a release without any gate, an alarm or a comparison, fails
 * @throws LambdactlError PREFLIGHT_FAILED that names what failed
 */
export async function proveGates(
  run: Run,
  target: Target,
  plan: Plan,
  alias: AliasState | undefined,
  needsAlarm: boolean,
): Promise<void> {
  if (!alias) return
  const checks = [...aliasChecks(alias), ...(await gateChecks(run, target, plan, needsAlarm))]
  judge(run, target, plan, 'Nothing was published and no traffic moved', checks)
}

/**
 * Proves the candidate at 0%, and that no alarm began to fire meanwhile.
 *
 * @param smoke the event that the candidate has to answer
 * @throws LambdactlError PREFLIGHT_FAILED that names what failed
 */
export async function proveCandidate(
  run: Run,
  target: Target,
  plan: Plan,
  smoke: { payload: unknown } | undefined,
): Promise<void> {
  const checks = [await smokeOf(run, target, plan, smoke), ...(await stillQuiet(run, plan))]
  judge(run, target, plan, `Version ${plan.candidate} got no traffic`, checks)
}

/**
 * Proves that no alarm began to fire since.
 *
 * @throws LambdactlError PREFLIGHT_FAILED that names what failed
 */
export async function proveQuiet(run: Run, target: Target, plan: Plan): Promise<void> {
  judge(run, target, plan, `Version ${plan.candidate} got no traffic`, await stillQuiet(run, plan))
}

function judge(run: Run, target: Target, plan: Plan, consequence: string, checks: readonly Check[]): void {
  for (const check of checks) run.emit({ function: target.function, event: 'checked', check })
  const failed = checks.filter(({ outcome }) => outcome === 'fail')
  if (failed.length === 0) return
  const what = failed.map(({ title, detail }) => `${title}: ${detail}`).join('; ')
  throw new LambdactlError('PREFLIGHT_FAILED', `${consequence}, since preflight failed: ${what}.`, {
    next: nextSteps(target, plan),
  })
}

/** A Description that is somebody else's is named before it is replaced. */
function aliasChecks(alias: AliasState): Check[] {
  if (!alias.description || parseRecord(alias.description)) return []
  const detail = `its Description is replaced by the release record, and kept in the journal: ${JSON.stringify(alias.description)}`
  return [{ title: `alias ${alias.name}`, outcome: 'warn', detail }]
}

/** A release that may go without alarms says that nothing watches it. */
async function gateChecks(run: Run, target: Target, plan: Plan, needsAlarm: boolean): Promise<Check[]> {
  const triggers = triggerCheck(await run.aws.triggers.list(target.lambdaName, target.alias), target.alias)
  if (plan.comparison && plan.alarms.length === 0)
    return [triggers, ...(await comparisonChecks(run, target, plan))]
  if (!needsAlarm && plan.alarms.length === 0) {
    return [
      triggers,
      {
        title: 'alarms',
        outcome: 'warn',
        detail: 'none configured: nothing watches the version after the switch',
      },
    ]
  }
  const alarms = plan.alarms.length > 0 ? await run.aws.alarms.describe(plan.alarms) : []
  return [
    triggers,
    ...alarmChecks(plan.alarms, alarms, { functionName: target.lambdaName, alias: target.alias }),
    ...(await comparisonChecks(run, target, plan)),
  ]
}

async function stillQuiet(run: Run, { alarms }: Plan): Promise<Check[]> {
  if (alarms.length === 0) return []
  const { outcome, reason } = alarmVerdict(alarms, await run.aws.alarms.describe(alarms))
  return outcome === 'fail' ? [{ title: 'alarms', outcome, detail: reason }] : []
}

async function smokeOf(
  run: Run,
  target: Target,
  plan: Plan,
  smoke: { payload: unknown } | undefined,
): Promise<Check> {
  if (!smoke) return smokeCheck(undefined)
  const payload = Buffer.from(JSON.stringify(smoke.payload))
  return smokeCheck(await run.aws.functions.invoke(target.lambdaName, plan.candidate, payload))
}

function nextSteps(target: Target, plan: Plan): string[] {
  const next = [
    `Correct it, then release again; alias ${target.alias} is ${plan.stable ? `still on version ${plan.stable}` : 'not created'}.`,
  ]
  if (plan.stable !== undefined && plan.alarms.length === 0 && !plan.comparison) {
    next.push(
      `Name alarms in lambdactl.yaml (functions.${target.function}.release.alarms) or with --alarm NAME.`,
      `Or have a canary's two versions compared: functions.${target.function}.release.compare: true`,
      `To switch at once without a gate: ${commandFor(target, 'deploy')}`,
    )
  }
  return next
}
