import * as iam from '@aws-sdk/client-iam'
import { type Constraints, checked } from '../constraints/check-input.ts'
import constraints from '../constraints/models/iam.json' with { type: 'json' }
import { operationSchemas, type Service } from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import { boundaryOperations } from './boundaries.ts'
import { mayAssumeIn } from './may-assume.ts'
import { policyOperations } from './policies.ts'
import type { MayAssume } from './policy/principal.ts'
import { iamContext, invalidInput } from './records.ts'
import { rolePolicyOperations } from './role-policies.ts'
import { roleOperations } from './roles.ts'
import { simulateOperation } from './simulate.ts'
import { tagOperations } from './tag-operations.ts'
import { versionOperations } from './versions.ts'

/** IAM repeats no value in its messages. */
const silent: Constraints = {
  ...constraints,
  shapes: Object.fromEntries(
    Object.entries(constraints.shapes as Constraints['shapes']).map(([name, shape]) => [
      name,
      { ...shape, sensitive: true },
    ]),
  ),
}

/** IAM: roles and policies; README.md tells what it has. */
export function iamService(clock: () => number): {
  service: Service
  persistent: Persistent[]
  mayAssume: MayAssume
} {
  const context = iamContext(clock)
  return {
    service: {
      signingName: 'iam',
      protocol: {
        kind: 'awsQuery',
        version: '2010-05-08',
        xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
      },
      schemas: operationSchemas(iam),
      operations: checked(
        {
          ...roleOperations(context),
          ...rolePolicyOperations(context),
          ...policyOperations(context),
          ...versionOperations(context),
          ...boundaryOperations(context),
          ...tagOperations(context),
          ...simulateOperation(context),
        },
        silent,
        invalidInput,
      ),
    },
    persistent: [context.roles, context.policies],
    mayAssume: mayAssumeIn(context),
  }
}
