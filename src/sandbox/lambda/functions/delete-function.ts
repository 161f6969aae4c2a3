import type { DeleteFunctionRequest, DeleteFunctionResponse } from '@aws-sdk/client-lambda'
import type { Call } from '../../protocol/service.ts'
import type { LambdaContext } from '../records/context.ts'
import { arnOf, type FunctionRecord } from '../records/records.ts'
import { conflict, functionNotFound, invalidParameter } from '../requests/errors.ts'
import { functionArn, isAliasName, parseReference } from '../requests/names.ts'

/** Deletes a function, or one version of it; a missing version is no error. */
export function deleteFunction(
  context: LambdaContext,
  input: DeleteFunctionRequest,
  call: Call,
): DeleteFunctionResponse {
  const { name, qualifier } = parseReference(call, input.FunctionName, input.Qualifier)
  checkQualifier(qualifier)
  const record = context.store.find(call.region, name)
  if (!record) throw functionNotFound(functionArn(call, name))
  if (qualifier === undefined) {
    context.store.remove(call.region, name)
    context.executor.reserve(arnOf(record), undefined)
    context.executor.retire(arnOf(record))
  } else deleteVersion(context, record, qualifier)
  return { StatusCode: 204 }
}

function checkQualifier(qualifier: string | undefined): void {
  if (qualifier === undefined) return
  if (qualifier === '$LATEST') {
    throw invalidParameter('$LATEST version cannot be deleted without deleting the function.')
  }
  if (isAliasName(qualifier)) throw invalidParameter('Deletion of aliases is not currently supported.')
}

function deleteVersion(context: LambdaContext, record: FunctionRecord, version: string): void {
  const users = [...record.aliases.values()].filter(
    (alias) => alias.version === version || alias.additional?.version === version,
  )
  if (users.length > 0) {
    const names = users.map((alias) => alias.name).join(', ')
    throw conflict(`Unable to delete version because the following aliases reference it: [${names}]`)
  }
  if (!record.versions.delete(version)) return
  record.provisioned.delete(version)
  record.policies.delete(version)
  delete record.runtimeManagement?.[version]
  context.executor.retire(arnOf(record), version)
}
