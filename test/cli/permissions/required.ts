/** An action on a resource that AWS checks before it carries out a request. */
export interface Required {
  action: string
  resource: string
  /** Facts for conditions, by their lower-case keys. */
  context: ReadonlyMap<string, readonly string[]>
}

/** A decoded request. */
export interface Asked {
  /** The service's prefix in a policy. */
  service: string
  operation: string
  input: object
}

type Fields = Readonly<Record<string, unknown>>

const region = 'eu-west-1'
const account = '000000000000'
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`
const none: Required['context'] = new Map()
const need = (action: string, resource: string, context = none): Required => ({ action, resource, context })
const text = (value: unknown) => (typeof value === 'string' ? value : '')
const texts = (value: unknown) => (Array.isArray(value) ? value.map(text) : [])

/** IAM's names, where they are not those of the operations. */
const actionNames: Readonly<Record<string, string>> = {
  Invoke: 'InvokeFunction',
  HeadObject: 'GetObject',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  ListParts: 'ListMultipartUploadParts',
  GetBucketNotificationConfiguration: 'GetBucketNotification',
  PutBucketNotificationConfiguration: 'PutBucketNotification',
  GetApi: 'GET',
  GetApis: 'GET',
  GetIntegrations: 'GET',
  GetRoutes: 'GET',
  CreateIntegration: 'POST',
  CreateRoute: 'POST',
  UpdateIntegration: 'PATCH',
  UpdateRoute: 'PATCH',
  DeleteIntegration: 'DELETE',
  DeleteRoute: 'DELETE',
}

/**
 * The permissions that AWS wants for a request, by its Service Authorization Reference and the guides of its services.
 * It is written without the table of lambdactl, which is compared with it.
 */
export function requiredFor(asked: Asked): Required[] {
  const { service, operation, input } = asked
  const fields = input as Fields
  const action = `${service}:${actionNames[operation] ?? operation}`
  switch (service) {
    case 'lambda':
      return [
        ...lambdaResources(operation, fields).map((resource) =>
          need(action, resource, mappedTo(operation, fields)),
        ),
        ...besides(operation, fields),
      ]
    case 'logs':
      return logResources(operation, fields).map((resource) => need(action, resource))
    case 's3':
      return s3Needs(action, fields)
    case 'ssm':
      return texts(fields['Names']).map((name) =>
        need(action, arn('ssm', `parameter/${name.replace(/^\//, '')}`)),
      )
    case 'secretsmanager':
      return [need(action, arn('secretsmanager', `secret:${text(fields['SecretId'])}-a1B2c3`))]
    case 'sqs':
      return [need(action, arn('sqs', text(fields['QueueUrl']).split('/').at(-1) ?? ''))]
    case 'iam':
      return [need(action, text(fields['PolicySourceArn']) || text(fields['PolicyArn']) || roleArn(fields))]
    case 'cloudformation':
      return [need(action, arn('cloudformation', `stack/${text(fields['StackName'])}/id`))]
    case 'tagging':
      return [need('tag:GetResources', '*')]
    case 'cloudwatch':
      return alarmNeeds(action, fields)
    case 'application-autoscaling':
      return [need(action, '*'), ...(operation === 'RegisterScalableTarget' ? [scalingRole] : [])]
    case 'sts':
      return []
    default:
      return [need(action, '*')]
  }
}

const roleArn = (fields: Fields) => `arn:aws:iam::${account}:role/${text(fields['RoleName'])}`

/** AWS makes the service's role with the first target of an account. */
const scalingRole = need(
  'iam:CreateServiceLinkedRole',
  `arn:aws:iam::${account}:role/aws-service-role/lambda.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency`,
)

/** Metrics are no resources, and only with a permission for all does DescribeAlarms find composite alarms too. */
function alarmNeeds(action: string, fields: Fields): Required[] {
  const isRead = action === 'cloudwatch:DescribeAlarms'
  const names = isRead ? [] : [text(fields['AlarmName']), ...texts(fields['AlarmNames'])].filter(Boolean)
  const tagged = text(fields['ResourceARN'])
  const arns = tagged === '' ? names.map((name) => arn('cloudwatch', `alarm:${name}`)) : [tagged]
  const isTagging = fields['Tags'] !== undefined
  return [
    ...(arns.length === 0 ? [need(action, '*')] : arns.map((each) => need(action, each))),
    ...(isTagging ? arns.map((each) => need('cloudwatch:TagResource', each)) : []),
  ]
}

/** Operations that act on no named resource. */
const unnamed = ['GetAccountSettings', 'ListFunctions', 'ListEventSourceMappings', 'CreateEventSourceMapping']

function lambdaResources(operation: string, fields: Fields): string[] {
  if (unnamed.includes(operation)) return ['*']
  if (operation === 'GetLayerVersionByArn') return []
  const mapping = text(fields['UUID'])
  if (mapping !== '') return [arn('lambda', `event-source-mapping:${mapping}`)]
  const name = text(fields['FunctionName']) || text(fields['Resource'])
  const whole = name.startsWith('arn:') ? name : arn('lambda', `function:${name}`)
  const qualifier = text(fields['Qualifier'])
  const signing = text(fields['CodeSigningConfigArn'])
  const isSigning = operation === 'PutFunctionCodeSigningConfig'
  return [qualifier === '' ? whole : `${whole}:${qualifier}`, ...(isSigning ? [signing] : [])]
}

/** A new mapping has no ARN yet, so a condition names its function. */
function mappedTo(operation: string, fields: Fields): Required['context'] {
  if (operation !== 'CreateEventSourceMapping') return none
  return new Map([['lambda:functionarn', [arn('lambda', `function:${text(fields['FunctionName'])}`)]]])
}

/** The permissions that Lambda wants for other services, and for parts of a function. */
function besides(operation: string, fields: Fields): Required[] {
  const code = (fields['Code'] ?? fields) as Fields
  const vpc = (fields['VpcConfig'] ?? {}) as Fields
  const key = text(fields['KMSKeyArn'])
  const role = text(fields['Role'])
  const object = `arn:aws:s3:::${text(code['S3Bucket'])}/${text(code['S3Key'])}`
  const name = arn('lambda', `function:${text(fields['FunctionName'])}`)
  const passed = new Map([['iam:passedtoservice', ['lambda.amazonaws.com']]])
  const isNew = operation === 'CreateFunction'
  const isMapping = operation === 'CreateEventSourceMapping'
  const layers = operation === 'GetLayerVersionByArn' ? [text(fields['Arn'])] : texts(fields['Layers'])
  return [
    ...(operation === 'GetFunction' ? [need('lambda:ListTags', name)] : []),
    ...(role === '' ? [] : [need('iam:PassRole', role, passed)]),
    ...layers.map((layer) => need('lambda:GetLayerVersion', layer)),
    ...(isNew && fields['Tags'] !== undefined ? [need('lambda:TagResource', name)] : []),
    ...(isMapping ? [need('lambda:TagResource', arn('lambda', 'event-source-mapping:new'))] : []),
    ...(texts(vpc['SubnetIds']).length > 0
      ? ['DescribeSecurityGroups', 'DescribeSubnets', 'DescribeVpcs'].map((each) => need(`ec2:${each}`, '*'))
      : []),
    ...(key === '' ? [] : ['CreateGrant', 'Decrypt', 'Encrypt'].map((each) => need(`kms:${each}`, key))),
    ...(text(code['S3Key']) === '' ? [] : [need('s3:GetObject', object)]),
    ...(text(code['S3ObjectVersion']) === '' ? [] : [need('s3:GetObjectVersion', object)]),
    ...(text(code['ImageUri']) === '' ? [] : repositoryNeeds(text(code['ImageUri']))),
  ]
}

function repositoryNeeds(uri: string): Required[] {
  const [, owner = '', name = ''] = /^(\d{12})[^/]*\/([^@]+)/.exec(uri) ?? []
  const repository = `arn:aws:ecr:${region}:${owner}:repository/${name}`
  return ['GetRepositoryPolicy', 'SetRepositoryPolicy'].map((each) => need(`ecr:${each}`, repository))
}

/** The ARNs are those of AWS's refusals: "… on resource: arn:aws:logs:…:log-group:/my-group:log-stream:". */
function logResources(operation: string, fields: Fields): string[] {
  if (operation === 'StartLiveTail') return texts(fields['logGroupIdentifiers'])
  if (operation === 'GetQueryResults' || operation === 'StopQuery') return ['*']
  if (operation === 'DescribeLogGroups') return [arn('logs', 'log-group::log-stream:')]
  const groups = [
    text(fields['logGroupName']),
    text(fields['logGroupIdentifier']),
    ...texts(fields['logGroupNames']),
  ]
  return groups
    .filter((group) => group !== '')
    .map((group) => arn('logs', `log-group:${group}:log-stream:${text(fields['logStreamName'])}`))
}

function s3Needs(action: string, fields: Fields): Required[] {
  const bucket = `arn:aws:s3:::${text(fields['Bucket'])}`
  const key = text(fields['Key'])
  const kms = text(fields['SSEKMSKeyId'])
  const isVersioned = action === 's3:GetObject' && text(fields['VersionId']) !== ''
  return [
    need(action, key === '' ? bucket : `${bucket}/${key}`),
    ...(isVersioned ? [need('s3:GetObjectVersion', `${bucket}/${key}`)] : []),
    ...(kms === '' ? [] : ['Decrypt', 'GenerateDataKey'].map((each) => need(`kms:${each}`, kms))),
  ]
}
