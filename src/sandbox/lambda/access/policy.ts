import type {
  AddPermissionRequest,
  AddPermissionResponse,
  GetPolicyRequest,
  GetPolicyResponse,
  RemovePermissionRequest,
} from '@aws-sdk/client-lambda'
import type { Call, Operations } from '../../protocol/service.ts'
import type { LambdaContext } from '../records/context.ts'
import {
  type FunctionRecord,
  newRevision,
  requireFunction,
  requireQualifier,
  resolveQualifier,
} from '../records/records.ts'
import { conflict, invalidParameter, notFound, staleRevision } from '../requests/errors.ts'
import { functionArn, parseReference } from '../requests/names.ts'
import { required } from '../requests/validation.ts'
import { statementOf } from './policy-statement.ts'

/** AddPermission, RemovePermission and GetPolicy: each qualifier has a policy of its own. */
export function policyOperations(context: LambdaContext): Operations {
  return {
    AddPermission: (input: AddPermissionRequest, call) => addPermission(context, input, call),
    RemovePermission: (input: RemovePermissionRequest, call) => removePermission(context, input, call),
    GetPolicy: (input: GetPolicyRequest, call) => getPolicy(context, input, call),
  }
}

function addPermission(
  context: LambdaContext,
  input: AddPermissionRequest,
  call: Call,
): AddPermissionResponse {
  const id = required(input.StatementId, 'statementId')
  const { name, qualifier } = parseReference(call, input.FunctionName, input.Qualifier)
  if (qualifier === '$LATEST') {
    throw invalidParameter('We currently do not support adding policies for $LATEST.')
  }
  const statement = statementOf(input, functionArn(call, name, qualifier))
  const record = requireFunction(context.store, call, { name, qualifier: undefined })
  if (qualifier !== undefined) requireQualifier(record, call, qualifier)
  if (input.RevisionId !== undefined && input.RevisionId !== revisionOf(record, call, qualifier)) {
    throw staleRevision('GetPolicy')
  }
  const statements = record.policies.get(qualifier ?? '') ?? []
  if (statements.some(({ Sid }) => Sid === id)) {
    throw conflict(
      `The statement id (${id}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    )
  }
  record.policies.set(qualifier ?? '', [...statements, statement])
  renewRevision(record, call, qualifier)
  return { Statement: JSON.stringify(statement) }
}

function removePermission(context: LambdaContext, input: RemovePermissionRequest, call: Call): object {
  const id = required(input.StatementId, 'statementId')
  const { name, qualifier } = parseReference(call, input.FunctionName, input.Qualifier)
  const record = context.store.find(call.region, name)
  if (!record) throw notFound(`No policy found for: ${functionArn(call, name, qualifier)}`)
  if (qualifier !== undefined) requireQualifier(record, call, qualifier)
  const statements = record.policies.get(qualifier ?? '')
  if (!statements) throw notFound('No policy is associated with the given resource.')
  if (input.RevisionId !== undefined && input.RevisionId !== revisionOf(record, call, qualifier)) {
    throw staleRevision('GetFunction/GetAlias')
  }
  const kept = statements.filter(({ Sid }) => Sid !== id)
  if (kept.length === statements.length) {
    throw notFound(`Statement ${id} is not found in resource policy.`)
  }
  if (kept.length > 0) record.policies.set(qualifier ?? '', kept)
  else record.policies.delete(qualifier ?? '')
  renewRevision(record, call, qualifier)
  return {}
}

function getPolicy(context: LambdaContext, input: GetPolicyRequest, call: Call): GetPolicyResponse {
  const { name, qualifier } = parseReference(call, input.FunctionName, input.Qualifier)
  const record = context.store.find(call.region, name)
  const statements = record?.policies.get(qualifier ?? '')
  if (!record || !statements) throw notFound('The resource you requested does not exist.')
  return {
    Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements }),
    RevisionId: revisionOf(record, call, qualifier),
  }
}

/** A policy has the revision id of its function, version or alias. */
function revisionOf(record: FunctionRecord, call: Call, qualifier: string | undefined): string | undefined {
  const alias = record.aliases.get(qualifier ?? '')
  return alias ? alias.revisionId : resolveQualifier(record, call, qualifier).configuration.RevisionId
}

function renewRevision(record: FunctionRecord, call: Call, qualifier: string | undefined): void {
  const alias = record.aliases.get(qualifier ?? '')
  if (alias) {
    alias.revisionId = newRevision()
    return
  }
  const version = resolveQualifier(record, call, qualifier)
  version.configuration = { ...version.configuration, RevisionId: newRevision() }
}
