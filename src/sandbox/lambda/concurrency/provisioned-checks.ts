import type { LambdaContext } from '../records/context.ts'
import type { FunctionRecord } from '../records/records.ts'
import { conflict, invalidParameter, untypedInvalidParameter } from '../requests/errors.ts'
import { leastUnreserved, totalProvisioned, unreservedConcurrency } from './concurrency.ts'

/**
 * Checks a new provisioned concurrency.
 *
 * @throws ServiceError 400 for a weighted alias or too many environments, 409 if the version has one already
 */
export function checkProvisioning(
  context: LambdaContext,
  record: FunctionRecord,
  qualifier: string,
  requested: number,
): void {
  checkQualifier(record, qualifier)
  checkLimits(context, record, qualifier, requested)
}

/** A version has at most one configuration, by its number or by an alias. */
function checkQualifier(record: FunctionRecord, qualifier: string): void {
  const alias = record.aliases.get(qualifier)
  if (alias?.additional) {
    throw invalidParameter('Alias with weights can not be used with Provisioned Concurrency')
  }
  const pointing = [...record.aliases.values()].some(
    ({ name, version }) =>
      name !== qualifier && version === (alias?.version ?? qualifier) && record.provisioned.has(name),
  )
  if (alias && (pointing || record.provisioned.has(alias.version))) {
    throw conflict(
      "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
    )
  }
  if (pointing) throw conflict('Version is pointed by a Provisioned Concurrency alias')
}

function checkLimits(
  context: LambdaContext,
  record: FunctionRecord,
  qualifier: string,
  requested: number,
): void {
  const others = totalProvisioned(record) - (record.provisioned.get(qualifier)?.requested ?? 0)
  if (record.reserved !== undefined) {
    if (others + requested <= record.reserved) return
    throw invalidParameter(
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    )
  }
  const unreserved = unreservedConcurrency(context, record.region)
  if (others + requested > unreserved) {
    throw untypedInvalidParameter(
      `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${unreserved}].`,
    )
  }
  if (unreserved - others - requested < leastUnreserved) {
    throw untypedInvalidParameter(
      `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${leastUnreserved}].`,
    )
  }
}
