import type { Mend } from './diagnosis.ts'

/** A function whose code is released, for a policy. */
export interface Permitted {
  /** Its ARN, without a version. */
  arn: string
  /** The log group of its lines. */
  logGroup: string
  /** Whether its versions get provisioned concurrency from lambdactl. */
  isProvisioned: boolean
}

interface Statement {
  Sid: string
  Effect: 'Allow'
  Action: string[]
  Resource: string[]
}

/** An IAM policy, in AWS's form. */
export interface Policy {
  Version: '2012-10-17'
  Statement: Statement[]
}

/**
 * The policy of a caller that releases other tools' functions. It changes their code, versions and alias, and can't
 * change a setting, a tag or a role.
 */
export function releaseOnlyPolicy(functions: readonly Permitted[]): Policy {
  const [first] = functions
  const prefix = first ? logsPrefix(first.arn) : 'arn:aws:logs:*:*'
  const statements = [
    statement(
      'Release',
      releasing,
      functions.flatMap(({ arn }) => [arn, `${arn}:*`]),
    ),
    statement(
      'Provision',
      provisioning,
      functions.flatMap(({ arn, isProvisioned }) => (isProvisioned ? [arn, `${arn}:*`] : [])),
    ),
    statement('Watch', watching, ['*']),
    statement('Journal', journal, [`${prefix}:log-group:/lambdactl/releases:*`]),
    statement('Lines', ['logs:FilterLogEvents'], groups(prefix, functions)),
  ]
  return { Version: '2012-10-17', Statement: statements.filter(({ Resource }) => Resource.length > 0) }
}

/** The policy as a text to paste. */
export function policyMend(functions: readonly Permitted[]): Mend {
  return {
    where:
      'The IAM policy of a caller that may release only code; it has no UpdateFunctionConfiguration and no PassRole',
    language: 'json',
    text: JSON.stringify(releaseOnlyPolicy(functions), null, 2),
  }
}

/** Lambda gives no function to a caller that may not read its tags. */
const releasing = [
  'lambda:GetFunction',
  'lambda:ListTags',
  'lambda:ListVersionsByFunction',
  'lambda:UpdateFunctionCode',
  'lambda:PublishVersion',
  'lambda:GetAlias',
  'lambda:ListAliases',
  'lambda:CreateAlias',
  'lambda:UpdateAlias',
  'lambda:GetPolicy',
  'lambda:GetFunctionConcurrency',
  'lambda:ListProvisionedConcurrencyConfigs',
  'lambda:InvokeFunction',
]
const provisioning = ['lambda:PutProvisionedConcurrencyConfig', 'lambda:DeleteProvisionedConcurrencyConfig']
/** AWS has no permission for these on a single function. */
const watching = ['lambda:ListEventSourceMappings', 'cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData']
const journal = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:FilterLogEvents']

function statement(Sid: string, Action: string[], Resource: string[]): Statement {
  return { Sid, Effect: 'Allow', Action, Resource }
}

/** `arn:aws:logs:eu-west-1:123456789012` for a function's ARN there. */
function logsPrefix(arn: string): string {
  return arn.split(':').slice(0, 5).with(2, 'logs').join(':')
}

function groups(prefix: string, functions: readonly Permitted[]): string[] {
  return [...new Set(functions.map(({ logGroup }) => `${prefix}:log-group:${logGroup}:*`))]
}
