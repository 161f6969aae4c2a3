import { mapOf } from '../../json.ts'
import { count, days, field, members, nested, seconds, small, text, texts, word } from '../forms.ts'
import type { Counterpart } from '../take.ts'

const ofRole =
  'SAM makes the role from it, and lambdactl makes no roles: role takes the ARN of an existing one'
const ofVersions = 'lambdactl publishes the versions'
/** Read by others. */
const elsewhere = ''

/** The properties that belong to the function or its alias, and to no version. */
export const ofNoVersion: ReadonlySet<string> = new Set([
  'CodeSigningConfigArn',
  'CodeUri',
  'DeploymentPreference',
  'EventInvokeConfig',
  'ImageUri',
  'ProvisionedConcurrencyConfig',
  'RecursiveLoop',
  'ReservedConcurrentExecutions',
  'RuntimeManagementConfig',
  'Tags',
])

/** The counterpart of each property of `AWS::Serverless::Function`. */
export const samProperties: Readonly<Record<string, Counterpart>> = {
  Architectures: (value) => field('architecture', text)(Array.isArray(value) ? value[0] : undefined),
  AssumeRolePolicyDocument: ofRole,
  AutoPublishAlias: elsewhere,
  AutoPublishAliasAllProperties: ofVersions,
  AutoPublishCodeSha256: ofVersions,
  CapacityProviderConfig: (value) =>
    nested('capacityProvider', {
      Arn: ['arn', text],
      PerExecutionEnvironmentMaxConcurrency: ['concurrency', count],
      ExecutionEnvironmentMemoryGiBPerVCpu: ['memoryPerCpu', number],
    })(value),
  CodeSigningConfigArn: field('codeSigning', text),
  CodeUri: elsewhere,
  DeadLetterQueue: (value) => field('deadLetter', text)(mapOf(value)['TargetArn']),
  DeploymentPreference: elsewhere,
  Description: field('description', text),
  DurableConfig: nested('durable', {
    ExecutionTimeout: ['timeout', seconds],
    RetentionPeriodInDays: ['retention', days],
  }),
  Environment: elsewhere,
  EphemeralStorage: (value) => field('ephemeralStorage', count)(mapOf(value)['Size']),
  EventInvokeConfig: (value) => {
    const { DestinationConfig, ...others } = mapOf(value)
    const { OnSuccess, OnFailure } = mapOf(DestinationConfig)
    return members({
      MaximumRetryAttempts: ['retries', count],
      MaximumEventAgeInSeconds: ['maximumAge', seconds],
      OnSuccess: ['onSuccess', destination],
      OnFailure: ['onFailure', destination],
    })({
      ...others,
      ...(OnSuccess !== undefined && { OnSuccess }),
      ...(OnFailure !== undefined && { OnFailure }),
    })
  },
  Events: elsewhere,
  FileSystemConfigs: field('fileSystems', (value) => {
    const systems = (Array.isArray(value) ? value : []).map(
      members({ Arn: ['arn', text], LocalMountPath: ['path', text] }),
    )
    return systems.length > 0 && systems.every((each) => each !== undefined) ? systems : undefined
  }),
  FunctionName: elsewhere,
  FunctionScalingConfig: 'lambdactl leaves the scaling of versions as AWS has it',
  FunctionUrlConfig: elsewhere,
  Handler: field('handler', text),
  ImageConfig: members({
    Command: ['image.command', texts],
    EntryPoint: ['image.entryPoint', texts],
    WorkingDirectory: ['image.workingDirectory', text],
  }),
  ImageUri: elsewhere,
  InlineCode: elsewhere,
  KmsKeyArn: field('kmsKey', text),
  Layers: field('layers', texts),
  LoggingConfig: members({
    LogFormat: ['logs.format', word({ Text: 'text', JSON: 'json' })],
    ApplicationLogLevel: ['logs.level', small],
    SystemLogLevel: ['logs.systemLevel', small],
    LogGroup: ['logs.group', text],
  }),
  MemorySize: field('memory', count),
  PackageType: elsewhere,
  PermissionsBoundary: ofRole,
  Policies: ofRole,
  PropagateTags: 'lambdactl tags nothing but the function',
  ProvisionedConcurrencyConfig: (value) =>
    field('provisionedConcurrency', count)(mapOf(value)['ProvisionedConcurrentExecutions']),
  PublishToLatestPublished: ofVersions,
  RecursiveLoop: field('recursion', word({ Allow: 'allow', Terminate: 'terminate' })),
  ReservedConcurrentExecutions: field('reservedConcurrency', count),
  Role: field('role', text),
  RolePath: ofRole,
  Runtime: field('runtime', text),
  RuntimeManagementConfig: nested('runtimeUpdates', {
    UpdateRuntimeOn: ['on', word({ Auto: 'auto', FunctionUpdate: 'function-update', Manual: 'manual' })],
    RuntimeVersionArn: ['version', text],
  }),
  SnapStart: (value) =>
    field('snapStart', word({ PublishedVersions: true, None: false }))(mapOf(value)['ApplyOn']),
  SourceKMSKeyArn: field('sourceKmsKey', text),
  Tags: elsewhere,
  TenancyConfig: (value) =>
    field('tenancy', word({ PER_TENANT: 'per-tenant' }))(mapOf(value)['TenantIsolationMode']),
  Timeout: field('timeout', seconds),
  Tracing: field(
    'tracing',
    word({ Active: 'active', PassThrough: 'pass-through', Disabled: 'pass-through' }),
  ),
  VersionDeletionPolicy: ofVersions,
  VersionDescription: ofVersions,
  VpcConfig: nested('vpc', {
    SubnetIds: ['subnets', texts],
    SecurityGroupIds: ['securityGroups', texts],
    Ipv6AllowedForDualStack: ['ipv6', (value) => (typeof value === 'boolean' ? value : undefined)],
  }),
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** SAM makes a destination that has no ARN. */
function destination(value: unknown): string | undefined {
  return text(mapOf(value)['Destination'])
}
