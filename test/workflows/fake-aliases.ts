import type { Aliases, AliasSettings } from '../../src/ports/aliases.ts'
import type { AliasState } from '../../src/release/observed.ts'
import { parseRecord } from '../../src/release/record.ts'
import { awsError, type Calls } from './calls.ts'
import type { FakeClock } from './fake-clock.ts'

/** A change that an update made. */
export interface Update {
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
  /** What lambdactl changed, in order. */
  updates: Update[]
  /** Somebody else changes the alias; what is not given stays, as in AWS. */
  byHand(functionName: string, change: Partial<AliasState>): void
}

/** Aliases with revisions, one a function. */
export function fakeAliases(clock: FakeClock, calls: Calls): FakeAliases {
  const start = clock.now()
  const state = new Map<string, AliasState>()
  const updates: Update[] = []
  let revision = 0

  const put = (functionName: string, alias: Omit<AliasState, 'revisionId'>) => {
    revision += 1
    const revised = { ...alias, revisionId: `revision-${revision}` }
    state.set(functionName, revised)
    return revised
  }
  const write = (functionName: string, name: string, { version, weight, description }: AliasSettings) => {
    if (description.length > 256) throw new Error('The Description is too long.')
    if (weight?.version === version) throw awsError('AWS_REFUSED', `version ${version} is already included`)
    const share = weight ? `${weight.percent}% on ${weight.version}` : ''
    const { phase } = parseRecord(description) ?? {}
    updates.push({ after: clock.now() - start, version, weight: share, phase })
    return put(functionName, { name, version, ...(weight ? { weight } : {}), description })
  }

  return {
    state,
    updates,
    byHand(functionName, change) {
      const found = state.get(functionName)
      put(functionName, { name: 'live', version: '', description: '', ...found, ...change })
    },
    get: (functionName) => calls.perform('aliases.get', () => state.get(functionName)),
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
}
