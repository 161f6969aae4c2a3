import type { z } from 'zod'
import { byOurNames } from '../aws-shape/names.ts'
import { ownedFields } from '../function/manages.ts'
import type { configSchema } from '../schema/config.ts'
import { isCodeEverywhere, managedIn } from '../service/managed.ts'
import type { FieldPath } from '../values/field-path.ts'
import type { Problem } from '../values/problem.ts'

/**
 * Finds fields that an infrastructure tool sets, where each environment that they are for has `manages: code`. A field
 * that is also for another environment is accepted.
 */
export function ownedProblems(file: z.output<typeof configSchema>): Problem[] {
  const { defaults: { env: _, ...shared } = {}, functions, environments } = file
  const names = Object.keys(functions)
  const isCode = (name: string) => isCodeEverywhere(file, name)
  const ofFunctions = names.filter(isCode).flatMap((name) => problemsAt(['functions', name], functions[name]))
  const ofDefaults = names.length > 0 && names.every(isCode) ? problemsAt(['defaults'], shared) : []
  const ofEnvironments = Object.entries(environments).flatMap(([environment, fields]) => {
    const at = ['environments', environment]
    const isCodeHere = (name: string) => managedIn(file, environment, name) === 'code'
    const areCode = names.length > 0 && names.every(isCodeHere)
    const overrides = Object.entries(fields.functions ?? {}).filter(([name]) => isCodeHere(name))
    return [
      ...(areCode && fields.role !== undefined ? [owned([...at, 'role'])] : []),
      ...overrides.flatMap(([name, override]) => problemsAt([...at, 'functions', name], override || {})),
    ]
  })
  return [...ofDefaults, ...ofFunctions, ...ofEnvironments]
}

function problemsAt(at: FieldPath, fields: object = {}): Problem[] {
  return ownedFields(byOurNames(fields)).map((field) => owned([...at, ...field.split('.')]))
}

function owned(field: FieldPath): Problem {
  const text =
    'it belongs to the tool that makes the function, since manages is code. Expected no such field: set it there.'
  return { field, text, aboutKey: true as const }
}
