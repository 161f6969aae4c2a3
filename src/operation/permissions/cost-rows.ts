import type { Row } from './row.ts'

/** The reads behind the price of functions. */
export const costRows: readonly Row[] = [
  { service: 'lambda', actions: ['GetFunction', 'ListTags'], on: 'versions', verbs: ['cost'] },
  {
    service: 'lambda',
    actions: ['GetAlias', 'ListProvisionedConcurrencyConfigs'],
    on: 'function',
    verbs: ['cost'],
  },
  { service: 'cloudwatch', actions: ['GetMetricData'], on: 'all', verbs: ['cost'] },
]
