import type { z } from 'zod'
import { asWritten, byOurNames, twiceNamed } from './aws-names.ts'
import { mapValues } from './map-values.ts'
import { type Problem, valueAt } from './problems.ts'
import type { configSchema } from './schema.ts'
import type { ConfigFields, FieldPath, FunctionFields, OverrideFields } from './types.ts'

type Written = z.output<typeof configSchema>

/** Finds problems with the names of fields: one given by two names, or a required one by none. */
export function nameProblems({ functions, environments }: Written): Problem[] {
  const ofFunctions = Object.entries(functions).flatMap(([name, fields]) => {
    const at = ['functions', name]
    const problems = twiceNamed(fields, at)
    const hasRuntime = fields.runtime !== undefined || fields.Runtime !== undefined
    const isImage = fields.image !== undefined || fields.Code?.ImageUri !== undefined
    if (hasRuntime || isImage) return problems
    const text = 'expected a Lambda runtime, as in nodejs24.x or python3.13, got nothing.'
    return [...problems, { field: [...at, 'runtime'], text }]
  })
  const ofOverrides = Object.entries(environments).flatMap(([environment, { functions: overrides = {} }]) =>
    Object.entries(overrides).flatMap(([name, fields]) =>
      twiceNamed(fields, ['environments', environment, 'functions', name]),
    ),
  )
  return [...ofFunctions, ...ofOverrides]
}

/** The whole file with every field by our name. */
export function ourFields({ functions, environments, ...whole }: Written): ConfigFields {
  return {
    ...whole,
    functions: mapValues(functions, (fields) => byOurNames(fields) as FunctionFields),
    environments: mapValues(environments, ({ functions: overrides, ...environment }) =>
      overrides
        ? { ...environment, functions: mapValues(overrides, (each) => byOurNames(each) as OverrideFields) }
        : environment,
    ),
  }
}

/** The path that a field has in the file, where a function's may be given by another name. */
export function writtenField(file: unknown, field: FieldPath): FieldPath {
  const isOverride = field[0] === 'environments' && field[2] === 'functions'
  const depth = isOverride ? 4 : field[0] === 'functions' ? 2 : field.length
  const above = field.slice(0, depth)
  return [...above, ...asWritten(valueAt(file, above), field.slice(depth))]
}
