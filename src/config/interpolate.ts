import { LambdactlError } from '../errors/error.ts'
import type { FieldPath, Variables } from './types.ts'

/** What `${…}` stands for in one function of one environment. */
export interface Scope {
  env: string
  function: string
  variables: Variables
  place: (field: FieldPath) => string
}

/**
 * Fills in `${env}`, `${function}` and `${env:NAME}`; `$${` is a plain `${`.
 *
 * @throws LambdactlError CONFIG_INVALID with the field's place, for a variable that isn't set or an unknown form
 */
export function interpolate(text: string, scope: Scope, field: FieldPath): string {
  return text.replace(/\$?\$\{([^}]*)\}/g, (written: string, expression: string) =>
    written.startsWith('$$') ? written.slice(1) : valueOf(expression, scope, field),
  )
}

function valueOf(expression: string, scope: Scope, field: FieldPath): string {
  if (expression === 'env') return scope.env
  if (expression === 'function') return scope.function
  if (!expression.startsWith('env:')) {
    throw new LambdactlError(
      'CONFIG_INVALID',
      `${scope.place(field)}: expected \${env}, \${function} or \${env:NAME}, got \${${expression}}.`,
      { next: ['Write $${ for a plain ${.'] },
    )
  }
  const name = expression.slice('env:'.length)
  const value = scope.variables[name]
  if (value !== undefined) return value
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${scope.place(field)}: the variable ${name} of \${${expression}} is not set.`,
    {
      next: [`Set ${name} in the environment that lambdactl runs in.`],
    },
  )
}
