import { randomUUID } from 'node:crypto'
import type { Outcome } from '../../execution/model/executor.ts'
import { start, versionOf } from '../invocation/invoke.ts'
import type { LambdaContext } from '../records/context.ts'
import type { MappingRecord } from '../records/mappings.ts'
import type { FunctionVersion } from '../records/records.ts'
import { lambdaParts } from '../requests/names.ts'

/** An invocation of a mapping that ran. */
export interface Ran {
  requestId: string
  executedVersion: string
  outcome: Outcome
}

/**
 * Invokes the function of a mapping once. Each attempt is routed by the alias and its weights.
 *
 * @param eventFor makes the event for the version that runs
 * @throws ServiceError if it did not run: 429, or a function that is gone or not Active
 */
export async function invokeMapped(
  context: LambdaContext,
  { region, functionArn }: MappingRecord,
  eventFor: (version: FunctionVersion) => object,
): Promise<Ran> {
  const { name = '', qualifier } = lambdaParts(functionArn)
  const requestId = randomUUID()
  const version = versionOf(context, { region, name, qualifier, requestId })
  const payload = Buffer.from(JSON.stringify(eventFor(version)))
  const invocation = { requestId, payload, invokedArn: functionArn, qualifier }
  const outcome = await start(context, version, invocation)
  return { requestId, executedVersion: version.configuration.Version ?? '$LATEST', outcome }
}
