import { sourceArn } from '../../function/triggers/wanted.ts'
import type { Permitted, PolicyPlace } from './facts.ts'

/** Narrows a statement further, in AWS's form. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The ARNs on which actions are allowed. No ARN: the function needs none of the actions. */
export interface Resources {
  arns: readonly string[]
  condition?: Condition
}

/** In place of an ARN that the file has from SSM or Secrets Manager: any. */
export const unreadArn = '*'

type Read = (fn: Permitted, place: PolicyPlace) => Resources

interface Kind {
  /** As in "the role". */
  words: string
  of: Read
}

const on = (...arns: readonly (string | undefined)[]): Resources => ({
  arns: arns.filter((arn) => arn !== undefined),
})
const arnIn = ({ partition, region, account }: PolicyPlace, service: string, rest: string): string =>
  `arn:${partition}:${service}:${region}:${account}:${rest}`
const functionArn = (place: PolicyPlace, name: string): string => arnIn(place, 'lambda', `function:${name}`)
const logGroupArn = (place: PolicyPlace, name: string): string => arnIn(place, 'logs', `log-group:${name}`)
const objectArn = ({ partition }: PolicyPlace, bucket: string, key: string): string =>
  `arn:${partition}:s3:::${bucket}/${key}`

/**
 * The kinds of resources, each by its ARNs: those of AWS's Service Authorization Reference. For the actions that take a
 * version or an alias, the ARN with it counts, and without it that of the function.
 */
export const resourceKinds = {
  function: {
    words: 'the function',
    of: ({ lambdaName }, place) => on(functionArn(place, lambdaName)),
  },
  versions: {
    words: 'the function, its versions and aliases',
    of: ({ lambdaName }, place) => on(functionArn(place, lambdaName), `${functionArn(place, lambdaName)}:*`),
  },
  published: {
    words: 'its versions and aliases',
    of: ({ lambdaName }, place) => on(`${functionArn(place, lambdaName)}:*`),
  },
  functions: {
    words: 'all functions of the account and Region',
    of: (_, place) => on(functionArn(place, '*')),
  },
  mappings: {
    words: 'the event source mappings of the account and Region',
    of: (_, place) => on(arnIn(place, 'lambda', 'event-source-mapping:*')),
  },
  newMappings: {
    words: '`*`, if `lambda:FunctionArn` is the function',
    of: ({ lambdaName }, place) => ({
      arns: ['*'],
      condition: { ArnLike: { 'lambda:FunctionArn': `${functionArn(place, lambdaName)}*` } },
    }),
  },
  triggerQueues: { words: 'the queues of `triggers`', of: (fn, place) => sourcesOf(fn, place, 'sqs') },
  triggerStreams: { words: 'the streams of `triggers`', of: (fn, place) => sourcesOf(fn, place, 'kinesis') },
  triggerTables: { words: 'the tables of `triggers`', of: (fn, place) => sourcesOf(fn, place, 'dynamodb') },
  triggerBuckets: { words: 'the buckets of `triggers`', of: (fn, place) => sourcesOf(fn, place, 's3') },
  triggerTopics: {
    words: 'the topics of `triggers`, and their subscriptions',
    of: (fn, place) => on(...sourcesOf(fn, place, 'sns').arns.flatMap((arn) => [arn, `${arn}:*`])),
  },
  triggerBuses: {
    words: 'the event buses of `triggers`',
    of: ({ triggers = [] }, place) =>
      on(
        ...triggers.flatMap((one) =>
          one.kind === 'eventbridge' && one.source !== 'default'
            ? [sourceArn(place, 'events', one.source, 'event-bus/')]
            : [],
        ),
      ),
  },
  triggerRules: {
    words: 'the rules that begin with the name of the function',
    of: ({ lambdaName }, place) => on(arnIn(place, 'events', `rule/*${lambdaName}-*`)),
  },
  apis: {
    words: 'the HTTP APIs of the Region',
    of: (_, { partition, region }) =>
      on(`arn:${partition}:apigateway:${region}::/apis`, `arn:${partition}:apigateway:${region}::/apis/*`),
  },
  triggerStateMachines: {
    words: 'the state machines of `triggers`',
    of: (fn, place) => sourcesOf(fn, place, 'stepFunctions'),
  },
  stateMachineRole: {
    words: 'the roles of those state machines, if `iam:PassedToService` is `states.amazonaws.com`',
    of: ({ triggers = [] }) => ({
      arns: triggers.flatMap((one) => (one.kind === 'stepFunctions' ? [one.role] : [])),
      condition: { StringEquals: { 'iam:PassedToService': 'states.amazonaws.com' } },
    }),
  },
  queues: {
    words: 'all queues of the account and Region',
    of: (_, place) => on(arnIn(place, 'sqs', '*')),
  },
  all: { words: '`*`: AWS has no permission for less', of: () => on('*') },
  scalableTargets: {
    words: '`*`: a scalable target has an ARN only once it exists',
    of: () => on('*'),
  },
  alarms: {
    words: '`*`: else AWS leaves out composite alarms',
    of: () => on('*'),
  },
  anyAlarm: {
    words: 'all alarms of the account and Region',
    of: (_, place) => on(arnIn(place, 'cloudwatch', 'alarm:*')),
  },
  ensuredAlarms: {
    words: 'the alarms that `alarms` of the file means',
    of: ({ lambdaName }, place) => on(arnIn(place, 'cloudwatch', `alarm:${lambdaName}-*`)),
  },
  role: {
    words: "the function's role, if `iam:PassedToService` is `lambda.amazonaws.com`",
    of: ({ role }, { partition, account }) => ({
      arns: on(role === unreadArn ? `arn:${partition}:iam::${account}:role/*` : role).arns,
      condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    }),
  },
  roleOfFunction: {
    words: "the function's role",
    of: ({ role }, { partition, account }) =>
      on(role === undefined || role === unreadArn ? `arn:${partition}:iam::${account}:role/*` : role),
  },
  rolePolicies: {
    words: "the policies of the account, and AWS's own",
    of: (_, { partition, account }) =>
      on(`arn:${partition}:iam::${account}:policy/*`, `arn:${partition}:iam::aws:policy/*`),
  },
  callers: {
    words: 'the roles and users of the account, as the caller',
    of: (_, { partition, account }) =>
      on(`arn:${partition}:iam::${account}:role/*`, `arn:${partition}:iam::${account}:user/*`),
  },
  scalingRole: {
    words: 'the service-linked role of Application Auto Scaling, before its first use',
    of: (_, { partition, account }) =>
      on(
        `arn:${partition}:iam::${account}:role/aws-service-role/lambda.application-autoscaling.amazonaws.com/*`,
      ),
  },
  layers: { words: 'its layers', of: ({ layers = [] }) => on(...layers) },
  codeSigning: {
    words: 'its code signing configuration',
    of: ({ codeSigning }) => on(codeSigning || undefined),
  },
  variablesKey: {
    words: 'the KMS key of its variables',
    of: ({ kmsKey }, place) => keyResources(kmsKey, place),
  },
  repository: {
    words: "its image's repository",
    of: ({ image }, place) => on(image === undefined ? undefined : repositoryArn(image, place)),
  },
  journal: {
    words: 'the log group `/lambdactl/releases`',
    of: (_, place) => on(`${logGroupArn(place, '/lambdactl/releases')}:*`),
  },
  logGroup: {
    words: "the function's log group",
    of: ({ logGroup }, place) => on(`${logGroupArn(place, logGroup)}:*`),
  },
  tailedGroup: {
    words: "the function's log group, with and without `:*`",
    of: ({ logGroup }, place) => on(logGroupArn(place, logGroup), `${logGroupArn(place, logGroup)}:*`),
  },
  logGroups: { words: 'all log groups', of: (_, place) => on(logGroupArn(place, '*')) },
  packages: {
    words: "the function's packages in `artifacts`",
    of: ({ packages }, place) => on(packages && objectArn(place, packages.bucket, `${packages.keyPrefix}*`)),
  },
  bucket: {
    words: 'the bucket of `artifacts`',
    of: ({ packages }, { partition }) => on(packages && `arn:${partition}:s3:::${packages.bucket}`),
  },
  packagesKey: {
    words: '`kmsKey` of `artifacts`',
    of: ({ packages }, place) => keyResources(packages?.kmsKey, place),
  },
  zip: {
    words: 'the zip in S3 that is its `source`',
    of: ({ zip }, place) => on(zip && objectArn(place, zip.bucket, zip.key)),
  },
  zipVersion: {
    words: 'that zip, if `source` has a versionId',
    of: ({ zip }, place) => on(zip?.version ? objectArn(place, zip.bucket, zip.key) : undefined),
  },
  parameters: {
    words: 'the parameters of `${ssm:…}`',
    of: ({ parameters = [] }, place) => on(...parameters.map((name) => parameterArn(name, place))),
  },
  secrets: {
    words: 'the secrets of `${secret:…}`',
    of: ({ secrets = [] }, place) => on(...secrets.map((name) => secretArn(name, place))),
  },
} as const satisfies Record<string, Kind>

export type ResourceKind = keyof typeof resourceKinds

/** The ARNs of the sources of one kind, which are named by a name or an ARN. */
function sourcesOf({ triggers = [] }: Permitted, place: PolicyPlace, kind: keyof typeof arnParts): Resources {
  const [service, prefix] = arnParts[kind]
  return on(
    ...triggers.flatMap((one) => {
      if (one.kind !== kind) return []
      return kind === 's3'
        ? [`arn:${place.partition}:s3:::${one.source}`]
        : [tableOf(sourceArn(place, service, one.source, prefix))]
    }),
  )
}

/** The service and the beginning of the resource in the ARN of each kind of source. */
const arnParts = {
  sqs: ['sqs', ''],
  kinesis: ['kinesis', 'stream/'],
  dynamodb: ['dynamodb', 'table/'],
  s3: ['s3', ''],
  sns: ['sns', ''],
  stepFunctions: ['states', 'stateMachine:'],
} as const

/** The table of a stream's ARN; any other ARN as it is. */
function tableOf(arn: string): string {
  return arn.replace(/\/stream\/[^/]+$/, '')
}

/** An alias names no resource of a policy, so a condition names it. */
function keyResources(key: string | undefined, place: PolicyPlace): Resources {
  if (!key) return on()
  const alias = /(?:^|:)(alias\/.+)$/.exec(key)?.[1]
  if (alias === undefined) return on(key.startsWith('arn:') ? key : arnIn(place, 'kms', `key/${key}`))
  return {
    arns: [arnIn(place, 'kms', 'key/*')],
    condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': alias } },
  }
}

/** As in `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:…`; the repository may be another account's. */
function repositoryArn(image: string, { partition, region }: PolicyPlace): string {
  const [, account, name] = /^(\d{12})\.[^/]+\/([^@:]+)/.exec(image) ?? []
  return account === undefined ? '*' : `arn:${partition}:ecr:${region}:${account}:repository/${name}`
}

/** A name may have a version or a label after a colon, and may be an ARN. */
function parameterArn(name: string, place: PolicyPlace): string {
  if (name.startsWith('arn:')) return name.split(':').slice(0, 6).join(':')
  const [plain = ''] = name.split(':')
  return arnIn(place, 'ssm', `parameter/${plain.replace(/^\//, '')}`)
}

/** Secrets Manager puts a hyphen and six characters after a secret's name; an ARN may be without them. */
function secretArn(name: string, place: PolicyPlace): string {
  const arn = name.startsWith('arn:') ? name : arnIn(place, 'secretsmanager', `secret:${name}`)
  return name.startsWith('arn:') && /-[A-Za-z0-9]{6}$/.test(name) ? arn : `${arn}-??????`
}
