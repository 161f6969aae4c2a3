import type { CallerUrl, Grant, Mapping } from '../../function/attachments/callers.ts'

/** An ARN in its parts; the resource may contain colons. */
interface ArnParts {
  service: string
  account: string
  resource: string
}

/** The parts of an ARN; undefined for other text. */
function arnParts(arn: string): ArnParts | undefined {
  const [start, , service, , account, ...resource] = arn.split(':')
  if (start !== 'arn' || service === undefined || account === undefined) return undefined
  return { service, account, resource: resource.join(':') }
}

/** The source of an event source mapping, as in `SQS queue orders`. */
export function mappingWords({ source }: Pick<Mapping, 'source'>): string {
  if (source === undefined) return 'Kafka brokers of your own'
  const parts = arnParts(source)
  const words = parts && mapped[parts.service]
  if (!parts || !words) return source
  return words(parts.resource.split(/[/:]/))
}

const mapped: Readonly<Record<string, (path: readonly string[]) => string>> = {
  sqs: ([name]) => `SQS queue ${name}`,
  kinesis: ([, name]) => `Kinesis stream ${name}`,
  dynamodb: ([, table]) => `DynamoDB stream of ${table}`,
  kafka: ([, name]) => `Kafka cluster ${name}`,
  mq: ([, name]) => `MQ broker ${name}`,
  rds: ([, name]) => `DocumentDB cluster ${name}`,
}

/** Who a permission lets in, as in `S3 bucket photos` and `everybody`. */
export function grantWords({ principal, sourceArn, sourceAccount, isOfUrl }: Grant): string {
  const who = principalWords(principal)
  if (isOfUrl) return `${who} by the function URL`
  const service = granted[principal.replace(/\.amazonaws\.com(?:\.cn)?$/, '')]
  if (service && sourceArn !== undefined) return service(arnParts(sourceArn)?.resource ?? sourceArn)
  const of = sourceArn ?? (sourceAccount === undefined ? undefined : `account ${sourceAccount}`)
  return of === undefined ? who : `${who} for ${of}`
}

function principalWords(principal: string): string {
  if (principal === '*') return 'everybody'
  const account = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(principal)?.[1]
  return account === undefined ? principal : `account ${account}`
}

/** The part of a source's ARN that says most, by the first words of a service's principal. */
const granted: Readonly<Record<string, (resource: string) => string>> = {
  s3: (bucket) => `S3 bucket ${bucket}`,
  sns: (topic) => `SNS topic ${topic}`,
  events: (rule) => `EventBridge rule ${rule.replace(/^rule\//, '')}`,
  scheduler: (name) => `EventBridge schedule ${name.replace(/^schedule\//, '')}`,
  apigateway: (path) => `API Gateway ${path}`,
  'cognito-idp': (pool) => `Cognito ${pool.replace(/^userpool\//, 'user pool ')}`,
  logs: (group) => `Logs of ${group.replace(/^log-group:/, '').replace(/:\*$/, '')}`,
}

/** A function URL, as in `URL https://…`. */
export function urlWords({ url }: CallerUrl): string {
  return `URL ${url}`
}

/**
 * The name of the queue behind a mapping, for CloudWatch; undefined for other sources, and for a queue of another
 * account, whose name a queue of this account may have too.
 */
export function queueOf({ source = '' }: Pick<Mapping, 'source'>, account: string): string | undefined {
  const parts = arnParts(source)
  return parts?.service === 'sqs' && parts.account === account ? parts.resource : undefined
}

/** Whether a mapping reads a queue of SQS, of this account or of another one. */
export function isQueue({ source = '' }: { source?: string | undefined }): boolean {
  return arnParts(source)?.service === 'sqs'
}

/** The account in a function's ARN. */
export function accountOf(arn: string): string {
  return arnParts(arn)?.account ?? ''
}

/** Whether a mapping reads a stream, whose records have an iterator age. */
export function isStream({ source = '' }: Pick<Mapping, 'source'>): boolean {
  return ['kinesis', 'dynamodb'].includes(arnParts(source)?.service ?? '')
}
