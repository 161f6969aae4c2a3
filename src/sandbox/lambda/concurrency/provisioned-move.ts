import type { LambdaContext } from '../records/context.ts'
import { type Alias, arnOf, type FunctionRecord, newRevision } from '../records/records.ts'
import { targetOf } from '../records/targets.ts'

/**
 * Moving an alias with provisioned concurrency warms the new version while weights keep the traffic on the old one, as
 * Lambda does. If the new version fails to start, the weights stay until an UpdateAlias clears them.
 */
export function followAlias(context: LambdaContext, record: FunctionRecord, from: Alias, to: Alias): void {
  const config = record.provisioned.get(to.name)
  if (!config) return
  if (from.movingFrom !== undefined && from.movingFrom !== to.version) {
    release(context, record, from.movingFrom)
  }
  const next = record.versions.get(to.version)
  if (from.version === to.version || !next) return
  context.executor.provision(targetOf(context, next), config.requested)
  if (to.additional) {
    release(context, record, from.version)
    return
  }
  to.additional = { version: from.version, weight: 1 }
  to.movingFrom = from.version
  settleMove(context, record, to)
}

/** Ends a move whose new version is warm: removes the weights and the old version's environments. */
export function settleMove(context: LambdaContext, record: FunctionRecord, alias: Alias): void {
  if (alias.movingFrom === undefined) return
  const state = context.executor.provisioned(arnOf(record), alias.version)
  if (!state || state.failure !== undefined || state.allocated < state.requested) return
  release(context, record, alias.movingFrom)
  delete alias.additional
  delete alias.movingFrom
  alias.revisionId = newRevision()
}

/** The provisioned concurrency of an alias ends with it. */
export function releaseAlias(context: LambdaContext, record: FunctionRecord, alias: Alias): void {
  if (!record.provisioned.delete(alias.name)) return
  release(context, record, alias.version)
  if (alias.movingFrom !== undefined) release(context, record, alias.movingFrom)
}

function release(context: LambdaContext, record: FunctionRecord, version: string): void {
  const found = record.versions.get(version)
  if (found) context.executor.provision(targetOf(context, found), 0)
}
