/** The commands as help groups them, by their first word; a test holds that each command is in one. */
export const commandGroups = {
  RELEASE: ['deploy', 'canary', 'rollback'],
  LOOK: ['status', 'history', 'diff', 'logs'],
  OPERATE: ['invoke', 'concurrency'],
  'ON THIS MACHINE': ['init', 'package', 'sandbox', 'schema', 'trust', 'help'],
} as const
