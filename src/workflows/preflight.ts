import { LambdactlError } from '../errors/error.ts'
import { alarmChecks } from '../gates/alarm-checks.ts'
import { smokeCheck } from '../gates/smoke-check.ts'
import { triggerCheck } from '../gates/trigger-check.ts'
import type { Check } from '../release/check.ts'
import type { AliasState } from '../release/observed.ts'
import type { Plan } from '../release/plan.ts'
import { parseRecord } from '../release/record.ts'
import type { Run, Target } from './run.ts'

/** What preflight is to prove beside the plan. */
export interface Proofs {
  /** The alias as it is; undefined before the first release. */
  alias: AliasState | undefined
  /** The event that the candidate has to answer. */
  smoke: { payload: unknown } | undefined
  /** Whether a release without any alarm fails. */
  needsAlarm: boolean
}

/**
 * Proves a release before any traffic moves: its alarms, its triggers, and that the candidate starts and answers.
 *
 * @throws LambdactlError PREFLIGHT_FAILED that names what failed
 */
export async function preflight(run: Run, target: Target, plan: Plan, proofs: Proofs): Promise<void> {
  const checks: Check[] = []
  const add = (...found: Check[]) => {
    for (const check of found) run.emit({ function: target.function, event: 'checked', check })
    checks.push(...found)
  }
  add(...aliasChecks(proofs.alias))
  add(...(await gateChecks(run, target, plan, proofs.needsAlarm)))
  add(await smokeOf(run, target, plan, proofs.smoke))
  const failed = checks.filter(({ outcome }) => outcome === 'fail')
  if (failed.length === 0) return
  const what = failed.map(({ title, detail }) => `${title}: ${detail}`).join('; ')
  throw new LambdactlError(
    'PREFLIGHT_FAILED',
    `Version ${plan.candidate} got no traffic, since preflight failed: ${what}.`,
    {
      next: nextSteps(target, plan),
    },
  )
}

/** A Description that is somebody else's is named before it is replaced. */
function aliasChecks(alias: AliasState | undefined): Check[] {
  if (!alias?.description || parseRecord(alias.description)) return []
  const detail = `its Description is replaced by the release record, and kept in the journal: ${JSON.stringify(alias.description)}`
  return [{ title: `alias ${alias.name}`, outcome: 'warn', detail }]
}

/** A first version has nothing to be compared with, and an all-at-once release without alarms says that it bakes not. */
async function gateChecks(run: Run, target: Target, plan: Plan, needsAlarm: boolean): Promise<Check[]> {
  if (plan.stable === undefined) return []
  const triggers = triggerCheck(await run.aws.triggers.list(target.lambdaName, target.alias), target.alias)
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
  ]
}

async function smokeOf(run: Run, target: Target, plan: Plan, smoke: Proofs['smoke']): Promise<Check> {
  if (!smoke) return smokeCheck(undefined)
  const payload = Buffer.from(JSON.stringify(smoke.payload))
  return smokeCheck(await run.aws.functions.invoke(target.lambdaName, plan.candidate, payload))
}

function nextSteps(target: Target, plan: Plan): string[] {
  const next = [
    `Correct it, then release again; alias ${target.alias} is ${plan.stable ? `still on version ${plan.stable}` : 'not created'}.`,
  ]
  if (plan.stable !== undefined && plan.alarms.length === 0) {
    next.push(
      `Name alarms in lambdactl.yaml (functions.${target.function}.release.alarms) or with --alarm NAME.`,
      'To switch at once without a gate, use lambdactl deploy.',
    )
  }
  return next
}
