import type { ProvisionedConcurrency } from '../../src/release/plan/provisioned.ts'
import type { AliasState } from '../../src/release/values/observed.ts'
import { awsError } from './calls.ts'

/** How Lambda treats the provisioned concurrency of one function with one alias. */
export interface ProvisionedModel {
  /** How long environments take to be ready, milliseconds. */
  warmMs: number
  /** Versions whose start fails, as soon as half of that is over. */
  broken: Set<string>
  /** Undefined: none is reserved. */
  reserved: number | undefined
  list(): ProvisionedConcurrency[]
  /** @throws LambdactlError CONFLICT or AWS_REFUSED where Lambda refuses */
  put(qualifier: string, amount: number): void
  /** It has had them for a day. */
  give(qualifier: string, amount: number): void
  remove(qualifier: string): void
  /** The alias after an update: Lambda gives it weights when it moves and has environments of its own. */
  afterMove(before: AliasState | undefined, after: AliasState): AliasState
  /** True once the environments of an alias are ready, so that the weights that Lambda set are gone. */
  isSettled(alias: AliasState): boolean
}

interface Put {
  requested: number
  at: number
}

export function provisionedModel(
  now: () => number,
  aliasNow: () => AliasState | undefined,
): ProvisionedModel {
  const puts = new Map<string, Put>()
  const describe = (qualifier: string, { requested, at }: Put): ProvisionedConcurrency => {
    const alias = aliasNow()
    const version = alias?.name === qualifier ? alias.version : qualifier
    const share = model.warmMs === 0 ? 1 : Math.min(1, (now() - at) / model.warmMs)
    const base = { qualifier, requested, modified: at }
    if (model.broken.has(version) && share >= 0.5)
      return { ...base, available: 0, status: 'FAILED', reason: 'FUNCTION_ERROR_INIT_FAILURE' }
    const status = share < 1 ? 'IN_PROGRESS' : 'READY'
    return { ...base, available: Math.floor(requested * share), status, reason: undefined }
  }
  const model: ProvisionedModel = {
    warmMs: 60_000,
    broken: new Set(),
    reserved: undefined,
    list: () => [...puts].map(([qualifier, put]) => describe(qualifier, put)),
    put(qualifier, amount) {
      refuse(qualifier, aliasNow(), puts)
      const others = [...puts].filter(([other]) => other !== qualifier)
      const total = others.reduce((sum, [, { requested }]) => sum + requested, amount)
      if (model.reserved !== undefined && total > model.reserved)
        throw awsError('AWS_REFUSED', 'Requested Provisioned Concurrency should not be greater than reserved')
      puts.set(qualifier, { requested: amount, at: now() })
    },
    give: (qualifier, requested) => void puts.set(qualifier, { requested, at: now() - 86_400_000 }),
    remove: (qualifier) => void puts.delete(qualifier),
    afterMove(before, after) {
      const put = puts.get(after.name)
      if (!put || !before || before.version === after.version || after.weight) return after
      puts.set(after.name, { ...put, at: now() })
      return { ...after, weight: { version: before.version, percent: 100 } }
    },
    isSettled: ({ name }) => {
      const put = puts.get(name)
      return put !== undefined && describe(name, put).status === 'READY'
    },
  }
  return model
}

/** One configuration a version, and none on an alias with weights. */
function refuse(qualifier: string, alias: AliasState | undefined, puts: ReadonlyMap<string, Put>): void {
  if (qualifier !== alias?.name) {
    if (alias?.version === qualifier && puts.has(alias.name))
      throw awsError('CONFLICT', 'Version is pointed by a Provisioned Concurrency alias')
    return
  }
  if (alias.weight)
    throw awsError('AWS_REFUSED', 'Alias with weights can not be used with Provisioned Concurrency')
  if (puts.has(alias.version))
    throw awsError('CONFLICT', "Alias can't be used for Provisioned Concurrency on a Provisioned version")
}
