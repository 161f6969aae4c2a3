import type { AlarmSettings, Alarms } from './alarms.ts'
import type { Aliases } from './aliases.ts'
import type { Artifacts } from './artifacts.ts'
import type { Attachments } from './attachments.ts'
import type { Concurrency, KillSwitch, Scaling } from './concurrency.ts'
import type { Functions } from './functions.ts'
import type { RolePolicies } from './iam/role-policies.ts'
import type { Simulation } from './iam/simulation.ts'
import type { Identity } from './identity.ts'
import type { Journal } from './journal.ts'
import type { Versions } from './lambda/versions.ts'
import type { Insights } from './logs/insights.ts'
import type { LiveTails } from './logs/live-tails.ts'
import type { LogEvents } from './logs/log-events.ts'
import type { LogGroups } from './logs/log-groups.ts'
import type { Metrics } from './metrics.ts'
import type { Parameters } from './parameters.ts'
import type { Apis } from './sources/apis.ts'
import type { Notifications } from './sources/notifications.ts'
import type { Queues } from './sources/queues.ts'
import type { Rules } from './sources/rules.ts'
import type { SourceMappings } from './sources/source-mappings.ts'
import type { StateMachines } from './sources/state-machines.ts'
import type { Streams } from './sources/streams.ts'
import type { Topics } from './sources/topics.ts'
import type { Stacks } from './stacks.ts'
import type { Tags } from './tags.ts'
import type { Triggers } from './triggers.ts'

/** All that workflows need from AWS. */
export interface Aws {
  functions: Functions
  aliases: Aliases
  alarms: Alarms
  apis: Apis
  alarmSettings: AlarmSettings
  attachments: Attachments
  artifacts: Artifacts
  concurrency: Concurrency
  identity: Identity
  journal: Journal
  killSwitch: KillSwitch
  liveTails: LiveTails
  insights: Insights
  logEvents: LogEvents
  logGroups: LogGroups
  metrics: Metrics
  notifications: Notifications
  parameters: Parameters
  queues: Queues
  rules: Rules
  rolePolicies: RolePolicies
  scaling: Scaling
  simulation: Simulation
  sourceMappings: SourceMappings
  stacks: Stacks
  stateMachines: StateMachines
  streams: Streams
  tags: Tags
  topics: Topics
  triggers: Triggers
  versions: Versions
}
