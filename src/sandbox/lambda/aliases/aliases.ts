import type {
  AliasConfiguration,
  CreateAliasRequest,
  DeleteAliasRequest,
  GetAliasRequest,
  ListAliasesRequest,
  ListAliasesResponse,
  UpdateAliasRequest,
} from '@aws-sdk/client-lambda'
import type { Call, Operations } from '../../protocol/service.ts'
import { followAlias, releaseAlias, settleMove } from '../concurrency/provisioned-move.ts'
import { aliasAnswer } from '../functions/answers.ts'
import { checkRoute, readRouting } from '../invocation/routing.ts'
import type { LambdaContext } from '../records/context.ts'
import {
  type Alias,
  arnOf,
  type FunctionRecord,
  newRevision,
  requireFunction,
  requireVersion,
} from '../records/records.ts'
import { conflict, functionNotFound, invalidParameter, notFound, staleRevision } from '../requests/errors.ts'
import { functionArn, parseReference } from '../requests/names.ts'
import { omit } from '../requests/omit.ts'
import { pageOf } from '../requests/paging.ts'
import { required } from '../requests/validation.ts'

/** CreateAlias, GetAlias, UpdateAlias, DeleteAlias and ListAliases. */
export function aliasOperations(context: LambdaContext): Operations {
  return {
    CreateAlias: (input: CreateAliasRequest, call) => createAlias(context, input, call),
    GetAlias: (input: GetAliasRequest, call) => getAlias(context, input, call),
    UpdateAlias: (input: UpdateAliasRequest, call) => updateAlias(context, input, call),
    DeleteAlias: (input: DeleteAliasRequest, call) => deleteAlias(context, input, call),
    ListAliases: (input: ListAliasesRequest, call) => listAliases(context, input, call),
  }
}

function createAlias(context: LambdaContext, input: CreateAliasRequest, call: Call): AliasConfiguration {
  const name = required(input.Name, 'name')
  const version = required(input.FunctionVersion, 'functionVersion')
  const additional = input.RoutingConfig && readRouting(input.RoutingConfig)
  const record = findRecord(context, call, input, version)
  const alias: Alias = { name, version, description: input.Description ?? '', revisionId: newRevision() }
  if (additional) alias.additional = additional
  checkTargets(record, call, alias)
  if (record.aliases.has(name))
    throw conflict(`Alias already exists: ${functionArn(call, record.name, name)}`)
  record.aliases.set(name, alias)
  return answer(record, alias)
}

function getAlias(context: LambdaContext, input: GetAliasRequest, call: Call): AliasConfiguration {
  const name = required(input.Name, 'name')
  const record = findRecord(context, call, input)
  const alias = record.aliases.get(name)
  if (!alias) throw notFound(`Cannot find alias arn: ${functionArn(call, record.name, name)}`)
  settleMove(context, record, alias)
  return answer(record, alias)
}

/** Every update sets a new revision id, even one that changes nothing. */
function updateAlias(context: LambdaContext, input: UpdateAliasRequest, call: Call): AliasConfiguration {
  const name = required(input.Name, 'name')
  const additional = input.RoutingConfig && readRouting(input.RoutingConfig)
  const record = findRecord(context, call, input)
  const current = record.aliases.get(name)
  if (!current) throw notFound(`Alias not found: ${functionArn(call, record.name, name)}`)
  settleMove(context, record, current)
  if (input.RevisionId !== undefined && input.RevisionId !== current.revisionId) {
    throw staleRevision('GetFunction/GetAlias')
  }
  const alias: Alias = omit(current, 'movingFrom')
  alias.revisionId = newRevision()
  alias.version = input.FunctionVersion ?? current.version
  alias.description = input.Description ?? current.description
  if (input.RoutingConfig) {
    delete alias.additional
    if (additional) alias.additional = additional
  }
  checkTargets(record, call, alias)
  followAlias(context, record, current, alias)
  record.aliases.set(name, alias)
  return answer(record, alias)
}

/** Deleting a missing alias is no error. */
function deleteAlias(context: LambdaContext, input: DeleteAliasRequest, call: Call): object {
  const name = required(input.Name, 'name')
  const record = findRecord(context, call, input)
  const alias = record.aliases.get(name)
  if (alias) releaseAlias(context, record, alias)
  record.aliases.delete(name)
  record.policies.delete(name)
  delete record.eventInvokeConfigs?.[name]
  delete record.urls?.[name]
  return {}
}

function listAliases(context: LambdaContext, input: ListAliasesRequest, call: Call): ListAliasesResponse {
  const record = findRecord(context, call, input)
  for (const alias of record.aliases.values()) settleMove(context, record, alias)
  const wanted = input.FunctionVersion
  const aliases = [...record.aliases.values()].filter(
    (alias) => wanted === undefined || alias.version === wanted || alias.additional?.version === wanted,
  )
  const { items, next } = pageOf(aliases, (alias) => alias.name, input)
  return { Aliases: items.map((alias) => answer(record, alias)), NextMarker: next }
}

function findRecord(
  context: LambdaContext,
  call: Call,
  input: { FunctionName: string | undefined },
  version?: string,
): FunctionRecord {
  const { name } = parseReference(call, input.FunctionName)
  return requireFunction(context.store, call, { name, qualifier: version })
}

function answer(record: FunctionRecord, alias: Alias): AliasConfiguration {
  return aliasAnswer(alias, arnOf(record))
}

/** Both versions must exist, with the same role and dead-letter queue. */
function checkTargets(record: FunctionRecord, call: Call, alias: Alias): void {
  checkRoute(alias)
  const main = requireVersion(record, call, alias.version).configuration
  if (!alias.additional) return
  const { version } = alias.additional
  const second = record.versions.get(version)?.configuration
  if (!second) throw functionNotFound(functionArn(call, record.name, version))
  if (main.Role !== second.Role) {
    throw invalidParameter('Specified versions must be associated with the same execution role')
  }
  if ((main.DeadLetterConfig?.TargetArn ?? '') !== (second.DeadLetterConfig?.TargetArn ?? '')) {
    // The rule comes from Lambda's guide; Lambda's own message for it is unknown.
    throw invalidParameter('Specified versions must be associated with the same dead-letter queue')
  }
}
