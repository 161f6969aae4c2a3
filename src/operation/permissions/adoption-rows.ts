import type { Row } from './row.ts'

/** Functions that the file does not have yet. */
export const adoptionRows: readonly Row[] = [
  {
    service: 'lambda',
    actions: ['GetFunction', 'ListTags', 'ListAliases'],
    on: 'functions',
    verbs: ['init'],
  },
  { service: 'lambda', actions: ['ListFunctions'], on: 'all', verbs: ['init'] },
  { service: 'tag', actions: ['GetResources'], on: 'all', verbs: ['init'] },
  { service: 'cloudformation', actions: ['ListStackResources'], on: 'all', verbs: ['init'] },
]
