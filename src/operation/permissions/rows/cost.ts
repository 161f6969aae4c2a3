import type { Row } from '../row.ts'

/** The reads behind the price of functions. */
export const costRows: readonly Row[] = [
  {
    service: 'lambda',
    actions: ['GetFunction', 'ListTags'],
    on: 'versions',
    verbs: ['cost', 'cold-starts', 'canary status'],
  },
  {
    service: 'lambda',
    actions: ['GetAlias', 'ListProvisionedConcurrencyConfigs'],
    on: 'function',
    verbs: ['cost', 'cold-starts'],
  },
  { service: 'cloudwatch', actions: ['GetMetricData'], on: 'all', verbs: ['cost', 'canary status'] },
  { service: 'logs', actions: ['StartQuery'], on: 'logGroup', verbs: ['cold-starts', 'cost'] },
  { service: 'logs', actions: ['GetQueryResults', 'StopQuery'], on: 'all', verbs: ['cold-starts', 'cost'] },
]
