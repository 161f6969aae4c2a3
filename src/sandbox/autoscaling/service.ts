import { randomUUID } from 'node:crypto'
import * as autoScaling from '@aws-sdk/client-application-auto-scaling'
import type { GetProvisionedConcurrencyConfigResponse } from '@aws-sdk/client-lambda'
import { checked } from '../constraints/check-input.ts'
import constraints from '../constraints/models/application-autoscaling.json' with { type: 'json' }
import { errorsWithMessage, type Operations, operationSchemas, type Service } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { KeptMap } from '../state/kept-map.ts'
import type { Persistent } from '../state/persistent.ts'
import { actionOperations } from './actions.ts'
import { policyOperations } from './policies.ts'
import { type Scalings, type Target, validation } from './records.ts'
import { targetOperations } from './targets.ts'

/** Application Auto Scaling for Lambda's provisioned concurrency; README.md tells what it has. */
export function autoScalingService(
  clock: () => number,
  lambda: () => Operations = () => ({}),
): { service: Service; persistent: Persistent[] } {
  const scalings: Scalings = {
    targets: new KeptMap('scalable-target'),
    policies: new KeptMap('scaling-policy'),
    actions: new KeptMap('scheduled-action'),
    clock,
    adjust: (target) => adjust(lambda(), target),
  }
  return {
    service: {
      signingName: 'application-autoscaling',
      protocol: {
        kind: 'awsJson',
        version: '1.1',
        target: 'AnyScaleFrontendService',
        capitalised: errorsWithMessage(autoScaling),
      },
      schemas: operationSchemas(autoScaling),
      operations: checked(
        { ...targetOperations(scalings), ...policyOperations(scalings), ...actionOperations(scalings) },
        constraints,
        validation,
      ),
    },
    persistent: [scalings.targets, scalings.policies, scalings.actions],
  }
}

/** Brings the present environments of a target between its bounds, as AWS does when it is registered. */
async function adjust(lambda: Operations, { resource, region, account, min, max }: Target): Promise<void> {
  const [, FunctionName, Qualifier] = resource.split(':')
  const call = { region, account, requestId: randomUUID(), host: '' }
  const run = async (name: string, input: object) =>
    (await lambda[name]?.({ FunctionName, Qualifier, ...input } as never, call)) ?? {}
  const now = await present(() => run('GetProvisionedConcurrencyConfig', {}))
  const wanted = Math.min(Math.max(now, min), max)
  if (wanted === now) return
  if (wanted === 0) await run('DeleteProvisionedConcurrencyConfig', {})
  else await run('PutProvisionedConcurrencyConfig', { ProvisionedConcurrentExecutions: wanted })
}

/** @throws ServiceError 400 if the function, or its version or alias, is not there */
async function present(read: () => Promise<GetProvisionedConcurrencyConfigResponse>): Promise<number> {
  try {
    return (await read()).RequestedProvisionedConcurrentExecutions ?? 0
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    if (error.code === 'ProvisionedConcurrencyConfigNotFoundException') return 0
    throw validation(error.message)
  }
}
