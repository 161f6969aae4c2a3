import { LambdactlError } from '../../errors/error.ts'
import type { FieldPath } from './field-path.ts'
import type { Lacking, ReadReference, Reference } from './references.ts'
import { holdsValues, requireMayRead, secretElsewhere } from './secret-place.ts'

/** Values of the process's environment, for `${env:NAME}`. */
export type Variables = Readonly<Record<string, string | undefined>>

/** The sources of values that the file does not contain. */
export interface Sources {
  /** The variables of the process. */
  variables: Variables
  /** Reads values that are neither in the file nor in the process; absent if there can be none. */
  readReference?: ReadReference | undefined
}

/** The values for `${…}` in one function of one environment. */
export interface Scope extends Sources {
  service: string
  env: string
  function: string
  /** The environment's Region and account, if the file has them. */
  region: string | undefined
  account: string | undefined
  place: (field: FieldPath) => string
}

/**
 * Replaces `${env}`, `${function}`, `${service}`, `${region}`, `${account}`, `${env:NAME}` and, if the scope reads
 * references, `${git.sha}`, `${ssm:NAME}` and `${secret:NAME#KEY}`. A name may contain further `${…}`, and `:-` begins a
 * fallback. `$${` becomes a plain `${`.
 *
 * @throws LambdactlError CONFIG_INVALID with the field's place, for a missing value or an unknown form
 */
export function interpolate(text: string, scope: Scope, field: FieldPath): string {
  let filled = ''
  let at = 0
  for (;;) {
    const start = text.indexOf('${', at)
    if (start === -1) return filled + text.slice(at)
    if (start > at && text[start - 1] === '$') {
      filled += `${text.slice(at, start - 1)}\${`
      at = start + 2
    } else {
      const end = closing(text, start + 2)
      if (end === -1) throw unclosed(text.slice(start), scope, field)
      filled += text.slice(at, start) + valueOf(text.slice(start + 2, end), scope, field)
      at = end + 1
    }
  }
}

/** The end of the expression that begins at an index, with nested ones skipped; -1 if there is none. */
function closing(text: string, from: number): number {
  let depth = 1
  for (let index = from; index < text.length; index++) {
    if (text.startsWith('${', index)) depth += 1
    if (text[index] === '}') depth -= 1
    if (depth === 0) return index
  }
  return -1
}

/** An expression and its fallback; a `:-` within a nested expression does not count. */
function splitFallback(expression: string): [expression: string, fallback: string | undefined] {
  let depth = 0
  for (let index = 0; index < expression.length; index++) {
    if (expression.startsWith('${', index)) depth += 1
    if (expression[index] === '}') depth -= 1
    if (depth === 0 && expression.startsWith(':-', index))
      return [expression.slice(0, index), expression.slice(index + 2)]
  }
  return [expression, undefined]
}

function valueOf(written: string, scope: Scope, field: FieldPath): string {
  const [template, fallback] = splitFallback(written)
  const expression = interpolate(template, { ...scope, readReference: undefined }, field)
  const value = lookUp(expression, fallback !== undefined, scope, field)
  // As in a shell, `:-` treats an empty text like a missing one.
  if (typeof value === 'string' && (value !== '' || fallback === undefined)) return value
  if (fallback !== undefined) return interpolate(fallback, scope, field)
  throw missing(expression, scope, field, typeof value === 'object' ? value : undefined)
}

function lookUp(
  expression: string,
  hasFallback: boolean,
  scope: Scope,
  field: FieldPath,
): string | Lacking | undefined {
  if (expression === 'env') return scope.env
  if (expression === 'function') return scope.function
  if (expression === 'service') return scope.service
  if (expression === 'region' || expression === 'account') return scope[expression]
  if (/^env:./s.test(expression)) return variable(expression.slice('env:'.length), scope, field)
  const reference = referenceOf(expression)
  if (!reference) throw unknown(expression, scope, field)
  if (scope.readReference) {
    const found = scope.readReference(reference, hasFallback)
    if (!found || 'why' in found) return found
    if (found.isSecret && !holdsValues(field)) throw secretElsewhere(expression, scope.place(field))
    return found.value
  }
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${scope.place(field)}: \${${expression}} can't be used here, since only a deploy reads it, for the function's settings.`,
    { next: ['Use ${env:NAME} here.'] },
  )
}

function variable(name: string, { variables, place }: Scope, field: FieldPath): string | undefined {
  const value = variables[name]
  requireMayRead(name, value, field, place(field))
  return value
}

function referenceOf(expression: string): Reference | undefined {
  if (expression === 'git.sha') return { kind: 'commit' }
  const [, parameter] = /^ssm:(.+)$/s.exec(expression) ?? []
  if (parameter !== undefined) return { kind: 'ssm', name: parameter }
  const [, name, key] = /^secret:([^#]+)(?:#(.+))?$/s.exec(expression) ?? []
  if (name === undefined) return undefined
  return key === undefined ? { kind: 'secret', name } : { kind: 'secret', name, key }
}

function unclosed(rest: string, { place }: Scope, field: FieldPath): LambdactlError {
  return new LambdactlError('CONFIG_INVALID', `${place(field)}: expected a } to close ${rest}, got none.`, {
    next: [plainDollar],
  })
}

const plainDollar = 'Write $${ for a literal ${.'

function unknown(expression: string, { place }: Scope, field: FieldPath): LambdactlError {
  const known =
    '${env}, ${function}, ${service}, ${region}, ${account}, ${git.sha}, ${env:NAME}, ${ssm:NAME} or ${secret:NAME#KEY}'
  return new LambdactlError('CONFIG_INVALID', `${place(field)}: expected ${known}, got \${${expression}}.`, {
    next: [plainDollar],
  })
}

/** The value of a variable, a parameter or a secret is never shown. */
function missing(
  expression: string,
  { place, env }: Scope,
  field: FieldPath,
  lacking: Lacking | undefined,
): LambdactlError {
  const reference = referenceOf(expression)
  const [what, next] = reference ? missingOutside(reference, env, lacking) : missingHere(expression, env)
  return new LambdactlError(
    'CONFIG_INVALID',
    `${place(field)}: ${what.replace('…', () => `\${${expression}}`)}.`,
    {
      next: [next, `Or give it a fallback: \${${expression}:-…}.`],
    },
  )
}

function missingHere(expression: string, env: string): [what: string, next: string] {
  if (expression === 'region' || expression === 'account')
    return [
      `the environment ${env} has no ${expression} for …`,
      `Give it one: environments.${env}.${expression}.`,
    ]
  const name = expression.slice('env:'.length)
  return [`the variable ${name} of … is not set`, `Set ${name} in the environment that lambdactl runs in.`]
}

function missingOutside(
  reference: Reference,
  env: string,
  lacking: Lacking | undefined,
): [what: string, next: string] {
  const here = `in the account and Region of ${env}`
  switch (reference.kind) {
    case 'commit':
      return [
        `there is no commit for …${lacking ? `: ${lacking.why}` : ''}`,
        lacking?.next ?? 'Run the command in a git repository with a commit.',
      ]
    case 'ssm':
      return [
        `the parameter ${reference.name} of … does not exist ${here}`,
        `Create it: aws ssm put-parameter --name ${reference.name} --type SecureString --value …`,
      ]
    case 'secret': {
      const { name, key } = reference
      return key === undefined
        ? [
            `the secret ${name} of … does not exist ${here}, or has no text`,
            `Create it: aws secretsmanager create-secret --name ${name} --secret-string …`,
          ]
        : [
            `the secret ${name} of … does not exist ${here}, or is not JSON with text at ${key}`,
            `See its keys: aws secretsmanager get-secret-value --secret-id ${name} --query SecretString --output text | jq keys`,
          ]
    }
  }
}
