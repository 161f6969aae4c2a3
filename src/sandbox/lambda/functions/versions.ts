import type {
  FunctionConfiguration,
  ListVersionsByFunctionRequest,
  ListVersionsByFunctionResponse,
  PublishVersionRequest,
} from '@aws-sdk/client-lambda'
import type { Call, Operations } from '../../protocol/service.ts'
import type { LambdaContext } from '../records/context.ts'
import {
  type FunctionRecord,
  type FunctionVersion,
  lambdaTimestamp,
  newRevision,
  type PublishedVersion,
  requireFunction,
  requireNamed,
  requireRevision,
} from '../records/records.ts'
import { invalidParameter } from '../requests/errors.ts'
import { parseReference } from '../requests/names.ts'
import { pageOf } from '../requests/paging.ts'
import { listAnswer, versionAnswer } from './answers.ts'
import { fingerprint, withoutState } from './configuration.ts'
import { pendingState, requireSettled, settle } from './lifecycle.ts'

/** PublishVersion and ListVersionsByFunction. */
export function versionOperations(context: LambdaContext): Operations {
  return {
    PublishVersion: (input: PublishVersionRequest, call) => publishVersion(context, input, call),
    ListVersionsByFunction: (input: ListVersionsByFunctionRequest, call) =>
      listVersions(context, input, call),
  }
}

interface Publishing {
  /** Default: the description of `$LATEST`. */
  description?: string | undefined
  /** Whether the version is Pending until the context's delay is over; default: only one with SnapStart. */
  isPending?: boolean
}

/**
 * Publishes `$LATEST`, or returns the last version if nothing changed since. `$LATEST` gets a new revision id. A new
 * version is Active at once, except for one that is published with a function's creation or code, or that has
 * SnapStart.
 */
export function publish(
  context: LambdaContext,
  record: FunctionRecord,
  { description, isPending = hasSnapStart(record.latest) }: Publishing = {},
): FunctionVersion {
  const { latest } = record
  const print = fingerprint(latest)
  const previous = record.versions.get(String(record.nextVersion - 1))
  if (previous?.fingerprint === print) return previous
  const version = createVersion(context, record, print, description)
  record.versions.set(String(record.nextVersion), version)
  record.nextVersion += 1
  latest.configuration = { ...latest.configuration, RevisionId: newRevision() }
  if (!isPending) settle(version)
  else
    context.timers.after(context.updateDelayMs, () => {
      context.store.touch(record)
      settle(version)
    })
  return version
}

/** The version number for lists and sorting; `$LATEST` comes first. */
export function versionSortKey(version: string | undefined): string {
  return version === undefined || version === '$LATEST' ? '' : version.padStart(10, '0')
}

function hasSnapStart({ configuration }: FunctionVersion): boolean {
  return configuration.SnapStart?.ApplyOn === 'PublishedVersions'
}

function createVersion(
  context: LambdaContext,
  { latest, nextVersion }: FunctionRecord,
  print: string,
  description: string | undefined,
): PublishedVersion {
  const { configuration } = latest
  return {
    code: latest.code,
    ...(latest.layers && { layers: latest.layers }),
    fingerprint: print,
    configuration: {
      ...withoutState(configuration),
      ...pendingState(),
      Description: description ?? configuration.Description,
      Version: String(nextVersion),
      ...(hasSnapStart(latest) && {
        SnapStart: { ApplyOn: 'PublishedVersions', OptimizationStatus: 'On' },
      }),
      RevisionId: newRevision(),
      LastModified: lambdaTimestamp(context.clock()),
    },
  }
}

function publishVersion(
  context: LambdaContext,
  input: PublishVersionRequest,
  call: Call,
): FunctionConfiguration {
  const record = requireNamed(context.store, call, input)
  requireRevision(record, input.RevisionId)
  requireSettled(record)
  const { CodeSha256 } = record.latest.configuration
  if (input.CodeSha256 !== undefined && input.CodeSha256 !== CodeSha256) {
    throw invalidParameter(
      `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    )
  }
  return versionAnswer(publish(context, record, { description: input.Description }))
}

function listVersions(
  context: LambdaContext,
  input: ListVersionsByFunctionRequest,
  call: Call,
): ListVersionsByFunctionResponse {
  const reference = parseReference(call, input.FunctionName)
  const record = requireFunction(context.store, call, reference)
  const all = [record.latest, ...record.versions.values()]
  const { items, next } = pageOf(all, ({ configuration }) => versionSortKey(configuration.Version), input)
  return {
    Versions: items.map((version) => listAnswer(version, version.configuration.Version)),
    NextMarker: next,
  }
}
