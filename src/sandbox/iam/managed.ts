import { ownEntry } from '../own-entry.ts'

/** The text of AWS's own policies that functions have most often, by the end of their ARN. */
const documents: Readonly<Record<string, { Action: string[]; Resource: string }>> = {
  AdministratorAccess: { Action: ['*'], Resource: '*' },
  'service-role/AWSLambdaBasicExecutionRole': {
    Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: '*',
  },
  'service-role/AWSLambdaRole': { Action: ['lambda:InvokeFunction'], Resource: '*' },
  AWSXRayDaemonWriteAccess: {
    Action: [
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:GetSamplingStatisticSummaries',
    ],
    Resource: '*',
  },
}

const own = /^arn:[^:]+:iam::aws:policy\//

/** Tells whether a policy is one of AWS's own. */
export function isManagedByAws(arn: string): boolean {
  return own.test(arn)
}

/** The text of one of AWS's own policies; undefined if the sandbox does not have it. */
export function managedDocument(arn: string): string | undefined {
  const found = ownEntry(documents, arn.replace(own, ''))
  return found && JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...found }] })
}
