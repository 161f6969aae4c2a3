import type { Row } from '../row.ts'

const service = 'iam'

/** The policies of callers and roles, which `doctor` judges; without these permissions it says what it left out. */
export const identityRows: readonly Row[] = [
  { service, actions: ['GetRole', 'SimulatePrincipalPolicy'], on: 'callers', verbs: ['doctor'] },
  {
    service,
    actions: ['ListRolePolicies', 'GetRolePolicy', 'ListAttachedRolePolicies'],
    on: 'roleOfFunction',
    verbs: ['doctor'],
  },
  { service, actions: ['GetPolicy', 'GetPolicyVersion'], on: 'rolePolicies', verbs: ['doctor'] },
]
