import type { Persistent } from '../state/persistent.ts'
import type { LambdaContext } from './context.ts'
import { arnOf, type FunctionRecord } from './functions.ts'
import { settle, settleLatest } from './lifecycle.ts'
import { targetOf } from './targets.ts'

type Maps = 'versions' | 'aliases' | 'policies' | 'provisioned'
/** A record whose maps are lists of entries, as JSON holds them. */
type Saved = Omit<FunctionRecord, Maps> & {
  [K in Maps]: FunctionRecord[K] extends Map<string, infer Value> ? [string, Value][] : never
}

/**
 * Lambda's state. Packages are not in it: they stay in the code directory, which must be kept with the state.
 * A creation or an update that was under way is done once restored; provisioned environments are warmed again.
 */
export function lambdaPersistent(context: LambdaContext): Persistent {
  return {
    key: 'lambda',
    snapshot: () => context.store.all().map(save),
    restore(state) {
      for (const saved of state as Saved[]) {
        const record = load(saved)
        context.store.add(record)
        resume(context, record)
      }
    },
  }
}

function save(record: FunctionRecord): Saved {
  return structuredClone({
    ...record,
    versions: [...record.versions],
    aliases: [...record.aliases],
    policies: [...record.policies],
    provisioned: [...record.provisioned],
  })
}

function load(saved: Saved): FunctionRecord {
  return {
    ...saved,
    versions: new Map(saved.versions),
    aliases: new Map(saved.aliases),
    policies: new Map(saved.policies),
    provisioned: new Map(saved.provisioned),
    reserved: saved.reserved,
  }
}

function resume(context: LambdaContext, record: FunctionRecord): void {
  const { State, LastUpdateStatus } = record.latest.configuration
  if (State === 'Pending' || LastUpdateStatus === 'InProgress') settleLatest(context, record)
  for (const version of record.versions.values()) {
    if (version.configuration.State === 'Pending') settle(version)
  }
  if (record.reserved !== undefined) context.executor.reserve(arnOf(record), record.reserved)
  for (const [qualifier, { requested }] of record.provisioned) {
    const version = record.versions.get(record.aliases.get(qualifier)?.version ?? qualifier)
    if (version) context.executor.provision(targetOf(context, version), requested)
  }
}
