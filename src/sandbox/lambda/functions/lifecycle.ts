import type { FunctionConfiguration, LastUpdateStatusReasonCode } from '@aws-sdk/client-lambda'
import type { LambdaContext } from '../records/context.ts'
import {
  arnOf,
  type FunctionRecord,
  type FunctionVersion,
  lambdaTimestamp,
  newRevision,
} from '../records/records.ts'
import { conflict } from '../requests/errors.ts'
import { withoutState } from './configuration.ts'

const creating = 'The function is being created.'
/** Lambda uses this code for updates too, although its model doesn't list it. */
const updateReasonCode: string = 'Creating'

/** The state of a new function or version. */
export function pendingState(): FunctionConfiguration {
  return { State: 'Pending', StateReason: creating, StateReasonCode: 'Creating' }
}

/** @throws ServiceError 409 while the function is being created or updated */
export function requireSettled({ latest: { configuration } }: FunctionRecord): void {
  const unable = 'The operation cannot be performed at this time.'
  if (configuration.State === 'Pending') {
    throw conflict(`${unable} The function is currently in the following state: Pending`)
  }
  if (configuration.LastUpdateStatus === 'InProgress') {
    throw conflict(`${unable} An update is in progress for resource: ${configuration.FunctionArn}`)
  }
}

/** Starts an update of `$LATEST`; the earlier code runs until the update's delay is over. */
export function beginUpdate(
  context: LambdaContext,
  record: FunctionRecord,
  change: Partial<FunctionVersion>,
): void {
  const { latest } = record
  record.before = { ...latest }
  Object.assign(latest, change)
  latest.configuration = {
    ...latest.configuration,
    LastModified: lambdaTimestamp(context.clock()),
    RevisionId: newRevision(),
    LastUpdateStatus: 'InProgress',
    LastUpdateStatusReason: creating,
    LastUpdateStatusReasonCode: updateReasonCode as LastUpdateStatusReasonCode,
  }
  context.timers.after(context.updateDelayMs, () => settleLatest(context, record))
}

/** `$LATEST` becomes Active and Successful with a new revision id; the earlier environments end. */
export function settleLatest(context: LambdaContext, record: FunctionRecord): void {
  context.store.touch(record)
  settle(record.latest)
  record.latest.configuration.RevisionId = newRevision()
  if (!record.before) return
  delete record.before
  context.executor.retire(arnOf(record), '$LATEST')
}

/** A version becomes Active and keeps its revision id. */
export function settle(version: FunctionVersion): void {
  version.configuration = {
    ...withoutState(version.configuration),
    State: 'Active',
    LastUpdateStatus: 'Successful',
  }
}
