import { formatDuration } from '../values/duration.ts'

/** The configuration that a version runs with, without its code. */
export interface VersionConfiguration {
  runtime: string
  handler: string
  role: string
  memoryMb: number
  timeoutSeconds: number
  environment: Readonly<Record<string, string>>
  architecture: string
  logFormat: string
  /** Layer version ARNs, in order. */
  layers?: readonly string[] | undefined
  tracing?: string
  ephemeralStorageMb?: number
  snapStart?: boolean
  logLevels?: { readonly application: string; readonly system: string }
  /** Empty: Lambda's own. */
  logGroup?: string
  vpc?: {
    readonly subnets: readonly string[]
    readonly securityGroups: readonly string[]
    readonly ipv6: boolean
  }
  /** ARNs; empty: none. */
  deadLetter?: string
  kmsKey?: string
  sourceKmsKey?: string
  fileSystems?: readonly { readonly arn: string; readonly path: string; readonly directRead?: string }[]
  durable?: {
    readonly timeoutSeconds: number
    readonly retentionDays?: number
    readonly kmsKey?: string
  } | null
  capacityProvider?: {
    readonly arn: string
    readonly concurrency?: number
    readonly memoryGibPerCpu?: number
  } | null
  tenancy?: string
  /** The values that replace those of an image at its start. */
  image?: {
    readonly command: readonly string[]
    readonly entryPoint: readonly string[]
    readonly workingDirectory: string
  }
}

/** A setting, as `lambdactl.yaml` calls it, that differs between two versions: memory in MB, the timeout in seconds. */
export interface SettingChange {
  field:
    | 'runtime'
    | 'handler'
    | 'memory'
    | 'timeout'
    | 'role'
    | 'architecture'
    | 'layers'
    | 'logFormat'
    | 'tracing'
    | 'ephemeralStorage'
    | 'snapStart'
    | 'logs.level'
    | 'logs.systemLevel'
    | 'logs.group'
    | 'vpc'
    | 'deadLetter'
    | 'fileSystems'
    | 'kmsKey'
    | 'sourceKmsKey'
    | 'image.command'
    | 'image.entryPoint'
    | 'image.workingDirectory'
    | 'durable'
    | 'capacityProvider'
    | 'tenancy'
    /** The function's own; a version's says where it comes from, and is not compared. */
    | 'description'
  from: string | number | readonly string[]
  to: string | number | readonly string[]
}

/** An environment variable, without its values: they may be secrets. */
export interface VariableChange {
  field: 'environment'
  name: string
  change: 'added' | 'removed' | 'changed'
}

export type ConfigurationChange = SettingChange | VariableChange

/** Lists the differences that traffic meets when it moves from one version to another: settings first, then variables by name. */
export function configurationChanges(
  from: VersionConfiguration,
  to: VersionConfiguration,
): ConfigurationChange[] {
  const before = settingsByField(from)
  const after = settingsByField(to)
  const settings = before.map((setting, index) => ({ ...setting, to: after[index]?.from ?? '' }))
  const changed = settings.filter((each) => JSON.stringify(each.from) !== JSON.stringify(each.to))
  return [...changed, ...variableChanges(from.environment, to.environment)]
}

/** The same of two states of $LATEST, whose Description is the function's own; that of a version says where it comes from. */
export function functionChanges(
  from: FunctionConfiguration,
  to: FunctionConfiguration,
): ConfigurationChange[] {
  const description = { field: 'description' as const, from: from.description, to: to.description }
  const isSame = description.from === description.to
  return [...configurationChanges(from, to), ...(isSame ? [] : [description])]
}

/** The configuration of $LATEST. */
export interface FunctionConfiguration extends VersionConfiguration {
  description: string
}

/** All that changes are told of, in one form: two configurations without a change between them give the same. */
export function configurationFacts(of: VersionConfiguration): object {
  return { settings: settingsByField(of), variables: of.environment }
}

/** The settings in the order in which changes are told. What was not read is as AWS has it where nothing is said. */
function settingsByField(of: VersionConfiguration): Omit<SettingChange, 'to'>[] {
  return [
    { field: 'runtime', from: of.runtime },
    { field: 'handler', from: of.handler },
    { field: 'memory', from: of.memoryMb },
    { field: 'timeout', from: of.timeoutSeconds },
    { field: 'role', from: of.role },
    { field: 'architecture', from: of.architecture },
    { field: 'layers', from: of.layers ?? [] },
    { field: 'logFormat', from: of.logFormat },
    { field: 'tracing', from: of.tracing ?? 'pass-through' },
    { field: 'ephemeralStorage', from: of.ephemeralStorageMb ?? 512 },
    { field: 'snapStart', from: of.snapStart ? 'on' : 'off' },
    { field: 'logs.level', from: of.logLevels?.application ?? 'info' },
    { field: 'logs.systemLevel', from: of.logLevels?.system ?? 'info' },
    { field: 'logs.group', from: of.logGroup ?? '' },
    { field: 'vpc', from: vpcWords(of.vpc) },
    { field: 'deadLetter', from: of.deadLetter ?? '' },
    { field: 'fileSystems', from: (of.fileSystems ?? []).map(fileSystemWords) },
    { field: 'kmsKey', from: of.kmsKey ?? '' },
    { field: 'sourceKmsKey', from: of.sourceKmsKey ?? '' },
    { field: 'image.command', from: of.image?.command ?? [] },
    { field: 'image.entryPoint', from: of.image?.entryPoint ?? [] },
    { field: 'image.workingDirectory', from: of.image?.workingDirectory ?? '' },
    { field: 'durable', from: durableWords(of.durable) },
    { field: 'capacityProvider', from: providerWords(of.capacityProvider) },
    { field: 'tenancy', from: of.tenancy === 'none' ? '' : (of.tenancy ?? '') },
  ]
}

function fileSystemWords({
  arn,
  path,
  directRead,
}: NonNullable<VersionConfiguration['fileSystems']>[number]) {
  return `${arn} at ${path}${directRead === undefined ? '' : `, direct reads ${directRead}`}`
}

function durableWords(durable: VersionConfiguration['durable']): string[] {
  if (!durable) return []
  const { timeoutSeconds, retentionDays, kmsKey } = durable
  return [
    `timeout ${formatDuration(timeoutSeconds * 1000)}`,
    ...(retentionDays === undefined ? [] : [`retention ${retentionDays}d`]),
    ...(kmsKey ? [`key ${kmsKey}`] : []),
  ]
}

function providerWords(provider: VersionConfiguration['capacityProvider']): string[] {
  if (!provider) return []
  const { arn, concurrency, memoryGibPerCpu } = provider
  return [
    arn,
    ...(concurrency === undefined ? [] : [`concurrency ${concurrency}`]),
    ...(memoryGibPerCpu === undefined ? [] : [`${memoryGibPerCpu} GiB per vCPU`]),
  ]
}

/** Ids in an order of their own: AWS's says nothing. */
function vpcWords(vpc: VersionConfiguration['vpc']): string[] {
  if (!vpc) return []
  return [...vpc.subnets.toSorted(), ...vpc.securityGroups.toSorted(), ...(vpc.ipv6 ? ['ipv6'] : [])]
}

const nothing: VersionConfiguration = {
  runtime: '',
  handler: '',
  role: '',
  memoryMb: 0,
  timeoutSeconds: 0,
  environment: {},
  architecture: '',
  logFormat: '',
  layers: [],
}

/** The configuration of a first version, from nothing: empty text, 0 or an empty list. */
export function newConfiguration(to: VersionConfiguration): ConfigurationChange[] {
  return configurationChanges(nothing, to)
}

/** Whether two changes are of the same setting, or the same variable. */
export function sameSetting(one: ConfigurationChange, other: ConfigurationChange): boolean {
  if (one.field !== other.field) return false
  return one.field !== 'environment' || other.field !== 'environment' || one.name === other.name
}

type Variables = VersionConfiguration['environment']

function variableChanges(from: Variables, to: Variables): VariableChange[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].toSorted()
  return names.flatMap((name) => {
    const change = variableChange(from, to, name)
    return change ? [{ field: 'environment' as const, name, change }] : []
  })
}

function variableChange(from: Variables, to: Variables, name: string): VariableChange['change'] | undefined {
  if (!Object.hasOwn(from, name)) return 'added'
  if (!Object.hasOwn(to, name)) return 'removed'
  return from[name] === to[name] ? undefined : 'changed'
}
