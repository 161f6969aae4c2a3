import { type Field, settingFields, toldOf } from '../../function/settings/fields.ts'
import type { Told } from '../../function/settings/row.ts'
import type { FunctionSettings } from '../../function/settings/settings.ts'
import type { SettingName } from '../../function/settings/table.ts'
import { alike } from '../../function/values/alike.ts'

/**
 * The configuration that a version runs with, without its code. A version's Description names its origin, so it is not
 * part of it.
 */
export type VersionConfiguration = Omit<FunctionSettings, 'description'>

/**
 * A setting that differs between two versions, by its name in `lambdactl.yaml`: memory in MB, the timeout in seconds.
 */
export interface SettingChange {
  field: Exclude<SettingName, 'environment'>
  from: Told
  to: Told
}

/** An environment variable without its values, which may be secrets. */
interface VariableChange {
  field: 'environment'
  name: string
  change: 'added' | 'removed' | 'changed'
}

export type ConfigurationChange = SettingChange | VariableChange

/**
 * Lists the differences that traffic meets when it moves from one version to another: settings first, then variables by
 * name.
 */
export function configurationChanges(
  from: VersionConfiguration,
  to: VersionConfiguration,
): ConfigurationChange[] {
  return [...settingChanges(ofVersions, from, to), ...variableChanges(from.environment, to.environment)]
}

/**
 * Lists the differences between two states of $LATEST. Their Description is the function's own, so it is compared too.
 */
export function functionChanges(from: FunctionSettings, to: FunctionSettings): ConfigurationChange[] {
  return [...configurationChanges(from, to), ...settingChanges(ofLatest, from, to)]
}

/** The configuration of a first version, as changes from nothing: empty text, 0 or an empty list. */
export function newConfiguration(to: VersionConfiguration): ConfigurationChange[] {
  return [...settingChanges(ofVersions, nothing, to), ...variableChanges({}, to.environment)]
}

/**
 * The configuration in one form: two configurations without a change between them give the same value. Journals keep
 * the fingerprint of this form. So a setting that lambdactl learns of later goes in only if it is not AWS's default.
 */
export function configurationFacts(of: VersionConfiguration): object {
  const settings = ofVersions.map((field) => ({ field: field.name, from: toldOf(field, of) }))
  return { settings, variables: of.environment }
}

type ToldField = Field & { readonly name: SettingChange['field'] }

const toldFields = settingFields.filter((field): field is ToldField => field.told !== 'names')
const ofVersions = toldFields.filter(({ ofLatest }) => !ofLatest)
const ofLatest = toldFields.filter((field) => field.ofLatest)

/** A function before its creation: it has nothing of the settings that every function has. */
const nothing = {
  memoryMb: 0,
  timeoutSeconds: 0,
  architecture: '',
  logFormat: '',
} as object as Partial<FunctionSettings>

function settingChanges(
  of: readonly ToldField[],
  before: Partial<FunctionSettings>,
  after: Partial<FunctionSettings>,
): SettingChange[] {
  return of
    .map((field) => ({ field: field.name, from: toldOf(field, before), to: toldOf(field, after) }))
    .filter(({ from, to }) => !alike(from, to))
}

/** Tells whether two changes are about the same setting or variable. */
export function sameSetting(one: ConfigurationChange, other: ConfigurationChange): boolean {
  if (one.field !== other.field) return false
  return one.field !== 'environment' || other.field !== 'environment' || one.name === other.name
}

type Variables = FunctionSettings['environment']

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
