import type { Row } from '../row.ts'

/** Functions that the file does not have yet. */
export const adoptionRows: readonly Row[] = [
  {
    service: 'lambda',
    actions: ['GetFunction', 'ListTags'],
    on: 'functions',
    verbs: ['init'],
  },
  { service: 'lambda', actions: ['ListAliases'], on: 'functions', verbs: ['init', 'list'] },
  { service: 'lambda', actions: ['ListFunctions'], on: 'all', verbs: ['init', 'list'] },
  { service: 'tag', actions: ['GetResources'], on: 'all', verbs: ['init', 'list'] },
  { service: 'cloudformation', actions: ['ListStackResources'], on: 'all', verbs: ['init'] },
]
