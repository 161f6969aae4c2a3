import type { Aws } from '../ports/aws.ts'
import type { Connection } from './client/connection.ts'
import { cloudWatchAlarmSettings } from './cloudwatch/alarm-settings.ts'
import { cloudWatchAlarms } from './cloudwatch/alarms.ts'
import { cloudWatchApi } from './cloudwatch/api.ts'
import { cloudWatchMetrics } from './cloudwatch/metrics.ts'
import { iamApi } from './iam/api.ts'
import { iamRolePolicies } from './iam/role-policies.ts'
import { iamSimulation } from './iam/simulation.ts'
import { stsIdentity } from './identity.ts'
import { lambdaAliases } from './lambda/aliases.ts'
import { lambdaApi } from './lambda/api.ts'
import { lambdaAttachments } from './lambda/attachments.ts'
import { lambdaConcurrency } from './lambda/concurrency.ts'
import { lambdaFunctions } from './lambda/functions.ts'
import { lambdaSourceMappings } from './lambda/triggers/source-mappings.ts'
import { lambdaTriggers } from './lambda/triggers/triggers.ts'
import { lambdaVersions } from './lambda/versions/uses.ts'
import { logsApi } from './logs/api.ts'
import { cloudWatchInsights } from './logs/insights.ts'
import { cloudWatchJournal } from './logs/journal.ts'
import { cloudWatchLiveTails } from './logs/live-tails.ts'
import { cloudWatchLogEvents } from './logs/log-events.ts'
import { cloudWatchLogGroups } from './logs/log-groups.ts'
import { awsParameters } from './parameters.ts'
import { s3Api } from './s3/api.ts'
import { s3Artifacts } from './s3/artifacts.ts'
import { s3Notifications } from './s3/notifications.ts'
import { applicationAutoScaling } from './scaling.ts'
import { httpApis } from './sources/apis.ts'
import { sqsQueues } from './sources/queues.ts'
import { eventBridgeRules } from './sources/rules.ts'
import { stateMachines } from './sources/state-machines.ts'
import { awsStreams } from './sources/streams.ts'
import { snsTopics } from './sources/topics.ts'
import { cloudFormationStacks } from './tags/stacks.ts'
import { taggingApi } from './tags/tags.ts'

/** All ports over one connection; Lambda's client is loaded at once, those of the other services when first used. */
export function connectAws(connection: Connection): Aws {
  const lambda = lambdaApi(connection)
  const cloudWatch = cloudWatchApi(connection)
  const logs = logsApi(connection)
  const concurrency = lambdaConcurrency(lambda)
  const iam = iamApi(connection)
  const s3 = s3Api(connection)
  return {
    functions: lambdaFunctions(lambda),
    aliases: lambdaAliases(lambda),
    alarms: cloudWatchAlarms(cloudWatch, connection.listeners.onAlarm),
    alarmSettings: cloudWatchAlarmSettings(cloudWatch),
    apis: httpApis(connection),
    attachments: lambdaAttachments(lambda),
    artifacts: s3Artifacts(s3),
    concurrency,
    identity: stsIdentity(connection),
    journal: cloudWatchJournal(logs),
    killSwitch: concurrency,
    liveTails: cloudWatchLiveTails(logs),
    insights: cloudWatchInsights(logs),
    logEvents: cloudWatchLogEvents(logs, connection.logReads),
    logGroups: cloudWatchLogGroups(logs),
    metrics: cloudWatchMetrics(cloudWatch),
    notifications: s3Notifications(s3),
    parameters: awsParameters(connection),
    queues: sqsQueues(connection),
    rules: eventBridgeRules(connection),
    rolePolicies: iamRolePolicies(iam),
    simulation: iamSimulation(iam),
    sourceMappings: lambdaSourceMappings(lambda),
    scaling: applicationAutoScaling(connection),
    stacks: cloudFormationStacks(connection),
    stateMachines: stateMachines(connection),
    streams: awsStreams(connection),
    topics: snsTopics(connection),
    tags: taggingApi(connection),
    triggers: lambdaTriggers(lambda),
    versions: lambdaVersions(lambda),
  }
}
