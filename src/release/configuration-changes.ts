/** What a version runs with, apart from its code. */
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
  layers: readonly string[]
}

/** A setting, as `lambdactl.yaml` calls it, that one version has otherwise than another: memory in MB, the timeout in seconds. */
export interface SettingChange {
  field: 'runtime' | 'handler' | 'memory' | 'timeout' | 'role' | 'architecture' | 'layers' | 'logFormat'
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

/** What traffic meets otherwise when it moves from one version to another, settings first, then variables by name. */
export function configurationChanges(
  from: VersionConfiguration,
  to: VersionConfiguration,
): ConfigurationChange[] {
  const settings: SettingChange[] = [
    { field: 'runtime', from: from.runtime, to: to.runtime },
    { field: 'handler', from: from.handler, to: to.handler },
    { field: 'memory', from: from.memoryMb, to: to.memoryMb },
    { field: 'timeout', from: from.timeoutSeconds, to: to.timeoutSeconds },
    { field: 'role', from: from.role, to: to.role },
    { field: 'architecture', from: from.architecture, to: to.architecture },
    { field: 'layers', from: from.layers, to: to.layers },
    { field: 'logFormat', from: from.logFormat, to: to.logFormat },
  ]
  const changed = settings.filter((each) => JSON.stringify(each.from) !== JSON.stringify(each.to))
  return [...changed, ...variableChanges(from.environment, to.environment)]
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
