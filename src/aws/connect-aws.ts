import type { Aws } from '../ports/aws.ts'
import { cloudWatchAlarms } from './alarms.ts'
import { lambdaAliases } from './aliases.ts'
import { s3Artifacts } from './artifacts.ts'
import { lambdaAttachments } from './attachments.ts'
import { cloudWatchApi } from './cloudwatch-api.ts'
import { lambdaConcurrency } from './concurrency.ts'
import type { Connection } from './connection.ts'
import { lambdaFunctions } from './functions.ts'
import { stsIdentity } from './identity.ts'
import { cloudWatchJournal } from './journal.ts'
import { lambdaApi } from './lambda-api.ts'
import { cloudWatchLogEvents } from './log-events.ts'
import { cloudWatchLogGroups } from './log-groups.ts'
import { cloudWatchMetrics } from './metrics.ts'
import { awsParameters } from './parameters.ts'
import { lambdaTriggers } from './triggers.ts'

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
