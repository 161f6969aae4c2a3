import { type HookPoint, hookPoints } from '../plan/hooks.ts'
import type { Plan } from '../plan/plan.ts'
import type { AliasState } from '../values/observed.ts'
import type { ReleaseRecord } from '../values/record.ts'

/** The facts for a hook about the alias that is released. */
interface HookTarget {
  function: string
  lambdaName: string
  environment: string
  alias: string
}

/** The place of a release in its plan: a step, and the candidate's share of the traffic in percent. */
export interface HookPlace {
  step: number
  percent: number
}

/** The place that a hook is about: the one after its shift, or else the present one. */
export function hookPlace(
  hook: HookPoint,
  { steps }: Pick<Plan, 'steps'>,
  record: Pick<ReleaseRecord, 'step'> | undefined,
  weight: AliasState['weight'],
): HookPlace {
  const step = record?.step ?? 0
  switch (hook) {
    case 'confirm-rollout':
      return { step: 0, percent: 0 }
    case 'before-shift':
      return { step: step + 1, percent: steps[step]?.percent ?? 100 }
    case 'before-promote':
      return { step: steps.length, percent: 100 }
    case 'after-shift':
      return { step, percent: weight?.percent ?? 100 }
    case 'after-rollback':
      return { step, percent: 0 }
  }
}

/** The hook before the shift that follows a step: one before the next step, or before the switch to 100%. */
export function hookBefore({ steps }: Pick<Plan, 'steps'>, step: number): HookPoint {
  return step < steps.length ? 'before-shift' : 'before-promote'
}

/**
 * The points of a plan that have a hook, in order. A first release has no way back, so a hook can only stop it before
 * it begins.
 */
export function plannedHooks(
  hooks: Readonly<Partial<Record<HookPoint, unknown>>>,
  isFirst: boolean,
): HookPoint[] {
  return hookPoints.filter((point) => {
    const needsStable = point === 'after-shift' || point === 'after-rollback'
    return hooks[point] !== undefined && !(isFirst && needsStable)
  })
}

/** A hook that needs the facts. */
interface FactsHook {
  hook: HookPoint
  place: HookPlace
  /** Why the release was rolled back, for `after-rollback`. */
  reason?: string | undefined
}

/** The release's facts, as a hook's environment has them. */
export function hookFacts(
  { hook, place: { step, percent }, reason }: FactsHook,
  target: HookTarget,
  plan: Plan,
): Record<string, string> {
  return {
    LAMBDACTL_HOOK: hook,
    LAMBDACTL_RELEASE: plan.id,
    LAMBDACTL_FUNCTION: target.function,
    LAMBDACTL_LAMBDA_NAME: target.lambdaName,
    LAMBDACTL_ENV: target.environment,
    LAMBDACTL_ALIAS: target.alias,
    LAMBDACTL_STRATEGY: plan.strategy,
    LAMBDACTL_CANDIDATE: plan.candidate,
    LAMBDACTL_STABLE: plan.stable ?? '',
    LAMBDACTL_STEP: String(step),
    LAMBDACTL_STEPS: String(plan.steps.length),
    LAMBDACTL_PERCENT: String(percent),
    ...(reason === undefined ? {} : { LAMBDACTL_REASON: oneLine(reason) }),
  }
}

/** Anybody may write an alarm's text, and an environment variable can't hold all characters. */
function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
}
