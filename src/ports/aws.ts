import type { Alarms } from './alarms.ts'
import type { Aliases } from './aliases.ts'
import type { Artifacts } from './artifacts.ts'
import type { Concurrency } from './concurrency.ts'
import type { Functions } from './functions.ts'
import type { Identity } from './identity.ts'
import type { Journal } from './journal.ts'
import type { LogEvents } from './log-events.ts'
import type { Metrics } from './metrics.ts'
import type { Triggers } from './triggers.ts'

/** All that workflows need of AWS. */
export interface Aws {
  functions: Functions
  aliases: Aliases
  alarms: Alarms
  artifacts: Artifacts
  concurrency: Concurrency
  identity: Identity
  journal: Journal
  logEvents: LogEvents
  metrics: Metrics
  triggers: Triggers
}
