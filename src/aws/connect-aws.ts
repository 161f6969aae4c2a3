import type { Aws } from '../ports/aws.ts'
import type { Connection } from './client/connection.ts'
import { cloudWatchAlarms } from './cloudwatch/alarms.ts'
import { cloudWatchApi } from './cloudwatch/api.ts'
import { cloudWatchMetrics } from './cloudwatch/metrics.ts'
import { stsIdentity } from './identity.ts'
import { lambdaAliases } from './lambda/aliases.ts'
import { lambdaApi } from './lambda/api.ts'
import { lambdaAttachments } from './lambda/attachments.ts'
import { lambdaConcurrency } from './lambda/concurrency.ts'
import { lambdaFunctions } from './lambda/functions.ts'
import { lambdaTriggers } from './lambda/triggers.ts'
import { cloudWatchJournal } from './logs/journal.ts'
import { cloudWatchLogEvents } from './logs/log-events.ts'
import { cloudWatchLogGroups } from './logs/log-groups.ts'
import { awsParameters } from './parameters.ts'
import { s3Artifacts } from './s3/artifacts.ts'

/** All ports over one connection; the clients of CloudWatch, its Logs and S3 are loaded when first used. */
export function connectAws(connection: Connection): Aws {
  const lambda = lambdaApi(connection)
  const cloudWatch = cloudWatchApi(connection)
  return {
    functions: lambdaFunctions(lambda),
    aliases: lambdaAliases(lambda),
    alarms: cloudWatchAlarms(cloudWatch, connection.listeners.onAlarm),
    attachments: lambdaAttachments(lambda),
    artifacts: s3Artifacts(connection),
    concurrency: lambdaConcurrency(lambda),
    identity: stsIdentity(connection),
    journal: cloudWatchJournal(connection),
    logEvents: cloudWatchLogEvents(connection),
    logGroups: cloudWatchLogGroups(connection),
    metrics: cloudWatchMetrics(cloudWatch),
    parameters: awsParameters(connection),
    triggers: lambdaTriggers(lambda),
  }
}
