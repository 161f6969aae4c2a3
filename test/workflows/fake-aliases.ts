import type { Aliases, AliasSettings } from '../../src/ports/aliases.ts'
import type { AliasState } from '../../src/release/values/observed.ts'
import { parseRecord } from '../../src/release/values/record.ts'
import { awsError, type Calls } from './calls.ts'
import type { FakeClock } from './fake-clock.ts'
import type { ProvisionedModel } from './provisioned-model.ts'

/** A change that an update made. */
interface Update {
  /** Since the world began, milliseconds. */
  after: number
  version: string
  /** On the other version, as in `10% on 4`; empty without a weight. */
  weight: string
  phase: string | undefined
}

export interface FakeAliases extends Aliases {
  /** By function. */
  state: Map<string, AliasState>
  /** The updates by lambdactl, in order. */
  updates: Update[]
  /** Other aliases of the function, which lambdactl does not move. */
  others: AliasState[]
  /** Versions that were deleted: no alias is put on them. */
  missing: Set<string>
  /** The model of aliases that have provisioned concurrency; set by the world. */
  provisioned: Pick<ProvisionedModel, 'afterMove' | 'isSettled'> | undefined
  /** Somebody else changes the alias; what is not given stays, as in AWS. */
  byHand(functionName: string, change: Partial<AliasState>): void
}

/** Aliases with revisions, one a function. */
export function fakeAliases(clock: FakeClock, calls: Calls): FakeAliases {
  const start = clock.now()
  const state = new Map<string, AliasState>()
  const updates: Update[] = []
  const others: AliasState[] = []
  let revision = 0

  const put = (functionName: string, alias: Omit<AliasState, 'revisionId'>) => {
    revision += 1
    const revised = { ...alias, revisionId: `revision-${revision}` }
    state.set(functionName, revised)
    return revised
  }
  const write = (functionName: string, name: string, { version, weight, description }: AliasSettings) => {
    if (description.length > 256) throw new Error('The Description is too long.')
    if (fake.missing.has(version)) throw awsError('NOT_FOUND', `Function not found: ${version}`)
    if (weight?.version === version) throw awsError('AWS_REFUSED', `version ${version} is already included`)
    const share = weight ? `${weight.percent}% on ${weight.version}` : ''
    const { phase } = parseRecord(description) ?? {}
    updates.push({ after: clock.now() - start, version, weight: share, phase })
    const next = { name, version, ...(weight ? { weight } : {}), description, revisionId: '' }
    return put(functionName, fake.provisioned?.afterMove(state.get(functionName), next) ?? next)
  }
  /** Weights that Lambda set go, with a new revision, once they have served. */
  const read = (functionName: string) => {
    const alias = state.get(functionName)
    if (alias?.weight?.percent !== 100 || !fake.provisioned?.isSettled(alias)) return alias
    const { weight: _, ...settled } = alias
    return put(functionName, settled)
  }

  const fake: FakeAliases = {
    state,
    updates,
    others,
    missing: new Set(),
    provisioned: undefined,
    byHand(functionName, change) {
      const found = state.get(functionName)
      put(functionName, { name: 'live', version: '', description: '', ...found, ...change })
    },
    get: (functionName) => calls.perform('aliases.get', () => read(functionName)),
    list: (functionName) =>
      calls.perform('aliases.list', () => {
        const alias = read(functionName)
        return alias ? [alias, ...others] : others
      }),
    create: (functionName, alias, settings) =>
      calls.perform('aliases.create', () => {
        if (state.has(functionName)) throw awsError('CONFLICT', `Alias already exists: ${alias}`)
        return write(functionName, alias, settings)
      }),
    update: (functionName, alias, settings, revisionId) =>
      calls.perform('aliases.update', () => {
        if (state.get(functionName)?.revisionId !== revisionId)
          throw awsError('CONFLICT', 'The Revision Id provided does not match the latest Revision Id')
        return write(functionName, alias, settings)
      }),
  }
  return fake
}
