// Writes the constraints of the inputs of the sandbox's services, from the service models that botocore has:
// `node scripts/constraints.ts …/botocore/data`.
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { autoScalingService } from '../src/sandbox/autoscaling/service.ts'
import { cloudWatchService } from '../src/sandbox/cloudwatch/service.ts'
import type { Delivery } from '../src/sandbox/delivery/parcel.ts'
import { dynamoDbService } from '../src/sandbox/dynamodb/service.ts'
import { eventsService } from '../src/sandbox/events/service.ts'
import { iamService } from '../src/sandbox/iam/service.ts'
import { kinesisService } from '../src/sandbox/kinesis/service.ts'
import { logsService } from '../src/sandbox/logs/service.ts'
import type { Service } from '../src/sandbox/protocol/service.ts'
import { secretsManagerService } from '../src/sandbox/secretsmanager/service.ts'
import { ssmService } from '../src/sandbox/ssm/service.ts'
import { statesService } from '../src/sandbox/stepfunctions/service.ts'

/** A shape of botocore's model. */
interface Shape {
  type: string
  required?: string[]
  members?: Record<string, { shape: string }>
  member?: { shape: string }
  key?: { shape: string }
  value?: { shape: string }
  min?: number
  max?: number
  pattern?: string
  enum?: string[]
  sensitive?: boolean
}

interface Model {
  operations: Record<string, { input?: { shape: string } }>
  shapes: Record<string, Shape>
}

/** A service, and how its messages differ from its model. */
interface Source {
  /** The folder of the model, without the version. */
  model: string
  hasOperation(name: string): boolean
  /** Members, as in `Shape.Member`, that the service checks by rules that its model does not have. */
  ownRules?: readonly string[]
  /** The orders and texts of enums. */
  enums?: Readonly<Record<string, string[]>>
  /** Limits by shape; an undefined one is left out, since the service has words of its own for it. */
  limits?: Readonly<Record<string, { min?: undefined; max?: number | undefined; pattern?: undefined }>>
  patterns?: Readonly<Record<string, (pattern: string) => string>>
}

/** Families of Lambda's operations that the sandbox has none of. */
const absent =
  /Durable|CapacityProvider|ScalingConfig|[ys]CodeSigningConfig|^(?:Create|Get|Update|Delete)CodeSigningConfig$/
/** Operations on metrics have words of their own for each rule. */
const onMetrics = ['PutMetricData', 'GetMetricData', 'GetMetricStatistics', 'ListMetrics']
const clock = () => 0
const nowhere: Delivery = { deliver: async () => undefined }
const cloudWatch = Object.keys(cloudWatchService({ clock }).service.operations)

/** In the order of CloudWatch's message, as Terraform's users met it. */
const standardUnits =
  'Gigabits/Second Gigabits Percent Terabits Bits Kilobits Megabytes/Second Kilobytes Megabits/Second Terabytes Bytes Count Gigabytes Milliseconds Count/Second Gigabytes/Second None Terabytes/Second Bytes/Second Megabits Kilobytes/Second Megabytes Microseconds Kilobits/Second Terabits/Second Bits/Second Seconds'.split(
    ' ',
  )

const sources: Source[] = [
  {
    model: 'lambda',
    hasOperation: (name) => !absent.test(name),
    ownRules: ['CreateFunctionRequest.Runtime', 'UpdateFunctionConfigurationRequest.Runtime'],
    enums: {
      EventSourcePosition: ['LATEST', 'AT_TIMESTAMP', 'TRIM_HORIZON'],
      LogFormat: ['Text', 'JSON'],
      RecursiveLoop: ['Terminate', 'Allow'],
      UpdateRuntimeOn: ['Auto', 'Manual', 'FunctionUpdate'],
      PackageType: ['Image', 'Zip'],
      InvokeMode: ['RESPONSE_STREAM', 'BUFFERED'],
    },
    limits: { Timeout: { max: 900 } },
    patterns: {
      TaggableResource: (pattern) => pattern.replace('|code-signing', '|layer:([a-zA-Z0-9-_]+)|code-signing'),
    },
  },
  {
    model: 'cloudwatch',
    hasOperation: (name) => cloudWatch.includes(name) && !onMetrics.includes(name),
    enums: {
      StandardUnit: standardUnits,
      StateValue: ['INSUFFICIENT_DATA', 'ALARM', 'OK'],
    },
  },
  {
    model: 'logs',
    hasOperation: has(logsService({ clock }).service.operations),
    ownRules: ['PutMetricFilterRequest.metricTransformations', 'PutRetentionPolicyRequest.retentionInDays'],
    limits: { LogGroupName: { max: undefined }, LogStreamName: { max: undefined } },
  },
  {
    model: 'ssm',
    hasOperation: has(ssmService(clock).service.operations),
    enums: { ParameterType: ['SecureString', 'StringList', 'String'] },
  },
  {
    model: 'secretsmanager',
    hasOperation: has(secretsManagerService(clock).service.operations),
    ownRules: ['CreateSecretRequest.Name'],
    enums: { FilterNameStringType: ['all', 'name', 'tag-key', 'description', 'tag-value'] },
    limits: { ClientRequestTokenType: { min: undefined, max: undefined } },
  },
  {
    model: 'kinesis',
    hasOperation: hasDeferred(kinesisService({ clock }).service),
  },
  {
    // dynalite checks the others by itself.
    model: 'dynamodb',
    hasOperation: (name) => ['TransactGetItems', 'TransactWriteItems', 'UpdateTimeToLive'].includes(name),
  },
  {
    model: 'dynamodbstreams',
    hasOperation: hasDeferred(dynamoDbService({ clock }).service),
  },
  {
    model: 'events',
    hasOperation: hasDeferred(eventsService({ clock, delivery: nowhere }).service),
  },
  {
    model: 'stepfunctions',
    hasOperation: hasDeferred(
      statesService({ clock, realMs: Number, lambda: () => ({}), mayAssume: () => true }).service,
    ),
  },
  {
    model: 'application-autoscaling',
    hasOperation: has(autoScalingService({ clock }).service.operations),
    patterns: { PolicyName: (pattern) => pattern.replace('\\p{Print}', '[\\x20-\\x7E]') },
  },
  {
    model: 'iam',
    hasOperation: has(iamService(clock).service.operations),
    limits: {
      roleNameType: { pattern: undefined },
      policyNameType: { pattern: undefined },
      pathType: { pattern: undefined },
      policyPathType: { pattern: undefined },
    },
  },
]

const [data] = process.argv.slice(2)
if (data === undefined) throw new Error('Name the folder of the models: node scripts/constraints.ts FOLDER')
/** The version of each model. */
const versions: Readonly<Record<string, string>> = {
  lambda: '2015-03-31',
  cloudwatch: '2010-08-01',
  logs: '2014-03-28',
  ssm: '2014-11-06',
  secretsmanager: '2017-10-17',
  iam: '2010-05-08',
  kinesis: '2013-12-02',
  dynamodb: '2012-08-10',
  dynamodbstreams: '2012-08-10',
  events: '2015-10-07',
  stepfunctions: '2016-11-23',
  'application-autoscaling': '2016-02-06',
}
for (const source of sources) {
  const file = `${data}/${source.model}/${versions[source.model]}/service-2.json.gz`
  const model = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Model
  const target = `src/sandbox/constraints/models/${source.model}.json`
  writeFileSync(target, `${JSON.stringify(constraintsOf(model, source), null, 2)}\n`)
}

function hasDeferred({ deferred }: Service): Source['hasOperation'] {
  return (name) => deferred?.operationNames.includes(name) ?? false
}

function has(operations: object): Source['hasOperation'] {
  return (name) => name in operations
}

function constraintsOf({ operations, shapes: all }: Model, source: Source): object {
  const inputs: Record<string, string> = {}
  const shapes: Record<string, object> = {}
  const taking = new Set<string>()
  for (const [operation, { input }] of Object.entries(operations)) {
    if (input && source.hasOperation(operation) && take(input.shape)) inputs[operation] = input.shape
  }
  return { inputs, shapes }

  /** Takes over a shape and those in it; false if nothing in it is constrained. */
  function take(name: string): boolean {
    if (name in shapes) return true
    const shape = all[name]
    // The value of an attribute has values in it.
    if (!shape || taking.has(name)) return false
    taking.add(name)
    const { required, members = {}, member, key, value } = shape
    const isOwn = (of: string) => source.ownRules?.includes(`${name}.${of}`) ?? false
    const inner = Object.entries(members).filter(([of, { shape: to }]) => !isOwn(of) && take(to))
    const needed = required?.filter((of) => !isOwn(of))
    const constraint = {
      ...limitsOf(source, name, shape),
      ...(needed?.length && { required: needed }),
      ...(inner.length > 0 && { members: Object.fromEntries(inner.map(([of, { shape: to }]) => [of, to])) }),
      ...(member && take(member.shape) && { member: member.shape }),
      ...(key && take(key.shape) && { key: key.shape }),
      ...(value && take(value.shape) && { value: value.shape }),
    }
    if (Object.keys(constraint).length === 0) return false
    shapes[name] = { ...constraint, ...(shape.sensitive && { sensitive: true }) }
    return true
  }
}

function limitsOf(source: Source, name: string, { type, min, max, pattern, enum: values }: Shape): object {
  // The body of a request is limited before anything else.
  if (type === 'blob') return {}
  const number = ['integer', 'long', 'double', 'float'].includes(type)
    ? { number: type === 'double' ? 'double' : 'integer' }
    : {}
  const own = {
    ...(max !== undefined && { max }),
    ...(min !== undefined && { min }),
    ...(pattern !== undefined && {
      pattern: readable(withSovereign((source.patterns?.[name] ?? String)(pattern))),
    }),
    ...(values && { enum: source.enums?.[name] ?? values }),
  }
  return Object.keys(own).length > 0 ? { ...number, ...own, ...source.limits?.[name] } : {}
}

/** Lambda's own messages have the European Sovereign Cloud's Regions, unlike the model. */
function withSovereign(pattern: string): string {
  return pattern.replaceAll('[a-z]{2}((-gov)', '(eusc-)?[a-z]{2}((-gov)')
}

/** JavaScript reads a range of surrogate pairs only with a flag that other patterns do not take. */
function readable(pattern: string): string {
  return pattern.replaceAll('\\uD800\\uDC00-\\uDBFF\\uDFFF', '\\uD800-\\uDFFF')
}
