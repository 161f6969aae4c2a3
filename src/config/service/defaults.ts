import { notWithImage } from '../function/source.ts'
import type { ConfigFields } from '../schema/config.ts'
import type { FunctionFields } from '../schema/function.ts'
import type { Problem } from '../values/problem.ts'
import { layOver } from './overrides.ts'
import { own } from './own.ts'

/** A function's fields merged over the defaults; an image leaves out the defaults that only code has. */
export function withDefaults(defaults: FunctionFields | undefined, fields: FunctionFields): FunctionFields {
  if (!defaults) return fields
  const isImage = fields.image !== undefined
  const kept = Object.entries(defaults).filter(([key]) => !isImage || !ofCode.has(key))
  return layOver(Object.fromEntries(kept) as FunctionFields, fields)
}

const ofCode: ReadonlySet<string> = new Set(notWithImage)

/** Finds a default environment that the file does not have. */
export function defaultsProblems({ defaultEnvironment, environments }: ConfigFields): Problem[] {
  if (defaultEnvironment === undefined || own(environments, defaultEnvironment)) return []
  const names = Object.keys(environments).join(', ')
  const text = `expected one of the environments (${names}), got ${JSON.stringify(defaultEnvironment)}.`
  return [{ field: ['defaults', 'env'], text }]
}
