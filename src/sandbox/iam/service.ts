import * as iam from '@aws-sdk/client-iam'
import { checked } from '../constraints/check-input.ts'
import constraints from '../constraints/models/iam.json' with { type: 'json' }
import { operationSchemas, type Service } from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import { mayAssumeIn } from './may-assume.ts'
import { policyOperations } from './policies.ts'
import type { MayAssume } from './policy/principal.ts'
import { iamContext, invalidInput } from './records.ts'
import { rolePolicyOperations } from './role-policies.ts'
import { roleOperations } from './roles.ts'
import { simulateOperation } from './simulate.ts'

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
          ...simulateOperation(context),
        },
        constraints,
        invalidInput,
      ),
    },
    persistent: [context.roles, context.policies],
    mayAssume: mayAssumeIn(context),
  }
}
