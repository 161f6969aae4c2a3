import { type FieldPath, valueAt } from '../values/field-path.ts'
import type { Problem } from '../values/problem.ts'

const managedInstances = 'CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig'

/** Other names of fields, AWS's own mostly, and ours. */
const otherNames: readonly (readonly [other: string, ours: string])[] = [
  ['logFormat', 'logs.format'],
  ['FunctionName', 'name'],
  ['Description', 'description'],
  ['Runtime', 'runtime'],
  ['Handler', 'handler'],
  ['Role', 'role'],
  ['MemorySize', 'memory'],
  ['Timeout', 'timeout'],
  ['Environment.Variables', 'environment'],
  ['Architectures', 'architecture'],
  ['Layers', 'layers'],
  ['TracingConfig.Mode', 'tracing'],
  ['EphemeralStorage.Size', 'ephemeralStorage'],
  ['SnapStart.ApplyOn', 'snapStart'],
  ['LoggingConfig.LogFormat', 'logs.format'],
  ['LoggingConfig.ApplicationLogLevel', 'logs.level'],
  ['LoggingConfig.SystemLogLevel', 'logs.systemLevel'],
  ['LoggingConfig.LogGroup', 'logs.group'],
  ['RetentionInDays', 'logs.retention'],
  ['VpcConfig.SubnetIds', 'vpc.subnets'],
  ['VpcConfig.SecurityGroupIds', 'vpc.securityGroups'],
  ['VpcConfig.Ipv6AllowedForDualStack', 'vpc.ipv6'],
  ['DeadLetterConfig.TargetArn', 'deadLetter'],
  ['FileSystemConfigs', 'fileSystems'],
  ['KMSKeyArn', 'kmsKey'],
  ['MaximumRetryAttempts', 'retries'],
  ['MaximumEventAgeInSeconds', 'maximumAge'],
  ['DestinationConfig.OnSuccess.Destination', 'onSuccess'],
  ['DestinationConfig.OnFailure.Destination', 'onFailure'],
  ['FunctionUrlConfig.AuthType', 'url.auth'],
  ['FunctionUrlConfig.InvokeMode', 'url.invokeMode'],
  ['FunctionUrlConfig.Cors.AllowOrigins', 'url.cors.origins'],
  ['FunctionUrlConfig.Cors.AllowMethods', 'url.cors.methods'],
  ['FunctionUrlConfig.Cors.AllowHeaders', 'url.cors.headers'],
  ['FunctionUrlConfig.Cors.ExposeHeaders', 'url.cors.exposeHeaders'],
  ['FunctionUrlConfig.Cors.MaxAge', 'url.cors.maxAge'],
  ['FunctionUrlConfig.Cors.AllowCredentials', 'url.cors.credentials'],
  ['Tags', 'tags'],
  ['ReservedConcurrentExecutions', 'reservedConcurrency'],
  ['ProvisionedConcurrentExecutions', 'provisionedConcurrency'],
  ['SourceKMSKeyArn', 'sourceKmsKey'],
  ['Code.SourceKMSKeyArn', 'sourceKmsKey'],
  ['Code.ImageUri', 'image.uri'],
  ['ImageConfig.Command', 'image.command'],
  ['ImageConfig.EntryPoint', 'image.entryPoint'],
  ['ImageConfig.WorkingDirectory', 'image.workingDirectory'],
  ['CodeSigningConfigArn', 'codeSigning'],
  ['RecursiveLoop', 'recursion'],
  ['RuntimeManagementConfig.UpdateRuntimeOn', 'runtimeUpdates.on'],
  ['RuntimeManagementConfig.RuntimeVersionArn', 'runtimeUpdates.version'],
  ['TenancyConfig.TenantIsolationMode', 'tenancy'],
  ['DurableConfig.ExecutionTimeout', 'durable.timeout'],
  ['DurableConfig.RetentionPeriodInDays', 'durable.retention'],
  ['DurableConfig.KMSKeyArn', 'durable.kmsKey'],
  [`${managedInstances}.CapacityProviderArn`, 'capacityProvider.arn'],
  [`${managedInstances}.PerExecutionEnvironmentMaxConcurrency`, 'capacityProvider.concurrency'],
  [`${managedInstances}.ExecutionEnvironmentMemoryGiBPerVCpu`, 'capacityProvider.memoryPerCpu'],
]

const pairs = otherNames.map(([other, ours]) => ({ other: other.split('.'), ours: ours.split('.') }))

/** The same fields by our names alone. */
export function byOurNames(fields: object): object {
  const named = structuredClone(imageAsMap(fields))
  for (const { other, ours } of pairs) {
    const value = valueAt(fields, other)
    if (value !== undefined) put(named, ours, value)
  }
  for (const { other } of pairs) Reflect.deleteProperty(named, other[0] ?? '')
  return named
}

/** A field that is given by two names, or of which one holds what the other takes away. */
export function twiceNamed(fields: object, at: FieldPath): Problem[] {
  return pairs.flatMap(({ other, ours }, index) => {
    if (valueAt(fields, other) === undefined) return []
    const earlier = pairs.slice(0, index).filter((pair) => pair.ours.join('.') === ours.join('.'))
    const first = [ours, ...earlier.map((pair) => pair.other)].find((name) =>
      isGiven(imageAsMap(fields), name),
    )
    if (!first) return []
    const text = `it is the same field as ${first.join('.')}. Expected one of the two, got both.`
    return [{ field: [...at, ...other], text, aboutKey: true as const }]
  })
}

/** A field's path as the file has it: by another name where it is given by that. */
export function asWritten(fields: unknown, field: FieldPath): FieldPath {
  const pair = pairs.find(
    ({ other, ours }) =>
      ours.every((key, index) => field[index] === key) && valueAt(fields, other) !== undefined,
  )
  return pair ? [...pair.other, ...field.slice(pair.ours.length)] : field
}

/** An image's text stands for its URI, which other names may stand beside. */
function imageAsMap(fields: object): object {
  const image = valueAt(fields, ['image'])
  const hasOther = pairs.some(
    ({ other, ours }) => ours[0] === 'image' && valueAt(fields, other) !== undefined,
  )
  return hasOther && typeof image === 'string' ? { ...fields, image: { uri: image } } : fields
}

/** Given, or taken away as a whole: `vpc: null` leaves no place for `vpc.subnets`. */
function isGiven(fields: object, path: readonly string[]): boolean {
  const above = path.map((_, index) => valueAt(fields, path.slice(0, index + 1)))
  return above.at(-1) !== undefined || above.includes(null)
}

function put(fields: object, [key = '', ...rest]: readonly string[], value: unknown): void {
  const map = fields as Record<string, unknown>
  if (rest.length === 0) {
    map[key] = value
    return
  }
  map[key] ??= {}
  put(map[key] as object, rest, value)
}
