import { onlyCode } from '../function/manages.ts'
import type { FunctionFields, OverrideFields } from '../schema/function.ts'
import type { FieldPath } from '../values/field-path.ts'
import type { Config } from './config.ts'
import { isAbsent, managedIn } from './managed.ts'
import { own } from './own.ts'

/** A function's fields in one environment, with the place of each. */
export interface MergedFunction {
  fields: FunctionFields
  /** The path of a field in the file: in the environment's overrides if they have it. */
  origin: (field: FieldPath) => FieldPath
}

/**
 * A function's fields with the environment's merged over them; maps key by key. Where only the code is lambdactl's, the
 * fields that its infrastructure tool sets are absent: they are for other environments.
 */
export function mergeFunction(
  config: Config,
  environmentName: string,
  name: string,
): MergedFunction | undefined {
  const base = own(config.functions, name)
  const environment = own(config.environments, environmentName)
  if (!base || !environment || isAbsent(config, environmentName, name)) return undefined
  const override = own(environment.functions ?? {}, name)
  const laid = override ? layOver(base, override) : base
  const manages = managedIn(config, environmentName, name)
  const fields = { ...(manages === 'code' ? onlyCode(laid) : laid), manages }
  const overridePath = ['environments', environmentName, 'functions', name]
  const origin = (field: FieldPath) => [
    ...(has(override, field) ? overridePath : ['functions', name]),
    ...field,
  ]
  return { fields, origin }
}

/** Merges fields over others; maps key by key. */
export function layOver(base: FunctionFields, override: OverrideFields): FunctionFields {
  const defined = Object.entries(override).filter(([, value]) => value !== undefined)
  const laidOver = defined.map(([key, value]): [string, unknown] => {
    const below: unknown = base[key as keyof FunctionFields]
    if (key === 'environment') return [key, mergeVariables(below, value)]
    return [key, mergeValue(key === 'image' && typeof below === 'string' ? { uri: below } : below, value)]
  })
  return { ...base, ...Object.fromEntries(laidOver) }
}

function mergeValue(below: unknown, value: unknown): unknown {
  return isMap(below) && isMap(value) ? { ...below, ...value } : value
}

/** Here null removes a variable; elsewhere it is a value. */
function mergeVariables(below: unknown, value: unknown): unknown {
  const merged = mergeValue(below, value)
  return isMap(merged)
    ? Object.fromEntries(Object.entries(merged).filter(([, text]) => text !== null))
    : merged
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function has(value: unknown, field: FieldPath): boolean {
  const [key, ...rest] = field
  if (key === undefined) return true
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false
  return has((value as Record<PropertyKey, unknown>)[key], rest)
}
