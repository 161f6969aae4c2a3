import type { z } from 'zod'
import { asWritten, byOurNames, twiceNamed } from '../aws-shape/names.ts'
import type { ConfigFields, configSchema } from '../schema/config.ts'
import type { EnvironmentFields } from '../schema/environment.ts'
import type { FunctionFields, OverrideFields } from '../schema/function.ts'
import { withDefaults } from '../service/defaults.ts'
import { isCodeEverywhere } from '../service/managed.ts'
import { type FieldPath, valueAt } from '../values/field-path.ts'
import { mapValues } from '../values/map-values.ts'
import type { Problem } from '../values/problem.ts'

type Written = z.output<typeof configSchema>

/** Finds problems with the names of fields: a field under two names, or a required one under none. */
export function nameProblems(file: Written): Problem[] {
  const { defaults = {}, functions, environments } = file
  const ofFunctions = Object.entries(functions).flatMap(([name, fields]) => {
    const at = ['functions', name]
    const problems = twiceNamed(fields, at)
    if ([fields, defaults].some(saysWhatRuns) || isCodeEverywhere(file, name)) return problems
    const text = 'expected a Lambda runtime, as in nodejs24.x or python3.13, got nothing.'
    return [...problems, { field: [...at, 'runtime'], text }]
  })
  const ofOverrides = Object.entries(environments).flatMap(([environment, { functions: overrides = {} }]) =>
    Object.entries(overrides).flatMap(([name, fields]) =>
      fields === false ? [] : twiceNamed(fields, ['environments', environment, 'functions', name]),
    ),
  )
  return [...twiceNamed(defaults, ['defaults']), ...ofFunctions, ...ofOverrides]
}

function saysWhatRuns(fields: object): boolean {
  const { runtime, image } = byOurNames(fields) as FunctionFields
  return runtime !== undefined || image !== undefined
}

/** The whole file with every field by lambdactl's name. */
export function ourFields({ defaults, functions, environments, ...whole }: Written): ConfigFields {
  const { env, ...shared } = defaults ?? {}
  const below = defaults && (byOurNames(shared) as FunctionFields)
  return {
    ...whole,
    defaultEnvironment: env,
    defaults: below,
    functions: mapValues(functions, (fields) => withDefaults(below, byOurNames(fields) as FunctionFields)),
    environments: mapValues(environments, ourEnvironment),
  }
}

function ourEnvironment({
  functions: overrides,
  ...environment
}: Written['environments'][string]): EnvironmentFields {
  if (!overrides) return environment
  const here = Object.entries(overrides).flatMap(([name, fields]) =>
    fields === false ? [] : [[name, byOurNames(fields) as OverrideFields] as const],
  )
  const absent = Object.keys(overrides).filter((name) => overrides[name] === false)
  return { ...environment, functions: Object.fromEntries(here), ...(absent.length > 0 && { absent }) }
}

/** The path of a field in the file: a function's field may have AWS's name, or come from the defaults only. */
export function writtenField(file: unknown, field: FieldPath): FieldPath {
  const isOverride = field[0] === 'environments' && field[2] === 'functions'
  if (isOverride) return namedBelow(file, field, 4)
  if (field[0] !== 'functions') return field
  const own = namedBelow(file, field, 2)
  const shared = namedBelow(file, ['defaults', ...field.slice(2)], 1)
  const isShared = field.length > 2 && valueAt(file, own) === undefined && valueAt(file, shared) !== undefined
  return isShared ? shared : own
}

/** The path with the names in the file; the names above the function's fields are unchanged. */
function namedBelow(file: unknown, field: FieldPath, depth: number): FieldPath {
  const above = field.slice(0, depth)
  return [...above, ...asWritten(valueAt(file, above), field.slice(depth))]
}
