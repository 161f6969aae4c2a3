import type { Plan } from '../../../src/release/plan/plan.ts'
import { planConcurrency } from '../../../src/release/plan/provisioned.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import { inProgress, type ReleaseRecord } from '../../../src/release/values/record.ts'
import type { ProvisionedModel } from '../provisioned-model.ts'
import { dice } from './dice.ts'

/** Provisioned concurrency in a life, with what the first release plans for it. */
interface Warmth {
  planned: Pick<Plan, 'provisioned'>
  /** Sets up how it is before everything. */
  begin(model: ProvisionedModel): void
}

/** One life in twelve has it, mostly on the version, with a dice of its own: the others stay as they are. */
export function randomWarmth(seed: number, alias: AliasState | undefined): Warmth {
  const chance = dice(seed ^ 0x5bd1e995)
  if (!alias || !chance.chance(1 / 12)) return { planned: {}, begin: () => undefined }
  const qualifier = chance.chance(0.25) ? alias.name : alias.version
  const requested = chance.between(1, 9)
  const warmMs = chance.pick([0, 1000, 20_000, 60_000])
  const isBroken = chance.chance(0.1)
  const had = { qualifier, requested, available: requested, status: 'READY', reason: undefined } as const
  const provisioned = planConcurrency([had], alias, undefined)
  return {
    planned: provisioned ? { provisioned } : {},
    begin(model) {
      model.warmMs = warmMs
      model.give(qualifier, requested)
      if (isBroken) model.broken.add('10')
    },
  }
}

export function isReady(model: ProvisionedModel, version: string): boolean {
  return model.list().some(({ qualifier, status }) => qualifier === version && status === 'READY')
}

/** Once it is calm, who has environments is who needs them. A rollback by hand leaves that to people. */
export function wrongsOfWarmth(
  model: ProvisionedModel,
  record: ReleaseRecord,
  plan: Plan | undefined,
): string[] {
  if (!plan?.provisioned || inProgress(record)) return []
  const has = (version: string) => model.list().some(({ qualifier }) => qualifier === version)
  const { candidate, held } = record
  if (record.phase === 'rolled-back') {
    const isLost = plan.provisioned.stable === undefined && !has(plan.stable ?? '')
    return [
      ...(has(candidate) ? [`version ${candidate} was rolled back, and keeps its environments`] : []),
      ...(isLost ? [`version ${plan.stable} lost its environments to a release that was rolled back`] : []),
    ]
  }
  const idle = held.filter((version) => version !== candidate && has(version))
  return [
    ...(isReady(model, candidate) ? [] : [`version ${candidate} is released, and has no environments`]),
    ...idle.map((version) => `version ${version} keeps its environments behind the release`),
  ]
}
