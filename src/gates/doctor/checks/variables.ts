import { secretNames } from '../../../release/values/secret-names.ts'
import type { Diagnosis } from '../diagnosis.ts'

/** Shapes of values that give access by themselves, whatever their variable's name is. */
const shapes: readonly (readonly [words: string, shape: RegExp])[] = [
  ['an access key of AWS', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['an address with a password', /:\/\/[^/\s:@]*:[^/\s@]+@/],
  ['a token of GitHub', /\bgh[pousr]_[A-Za-z0-9]{36}/],
  ['a token of Slack', /\bxox[abprs]-[A-Za-z0-9-]{10}/],
  ['a live key of Stripe', /\b[rs]k_live_[A-Za-z0-9]{16}/],
  ['a JSON Web Token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/],
]

/** A value that only names a place where a secret is kept. */
const place = /^(?:arn:|$)/

/** Tells which variables probably hold secrets, by names and shapes; no value goes into a message. */
export function variablesDiagnosis(
  variables: Readonly<Record<string, string>>,
  hidden: string | undefined,
): Diagnosis {
  const title = 'variables'
  if (hidden !== undefined)
    return { title, outcome: 'note', detail: `not checked: Lambda can't decrypt them (${hidden})` }
  const found = suspects(variables)
  if (found.length === 0) return { title, outcome: 'pass', detail: 'none looks like a secret' }
  return {
    title,
    outcome: 'warn',
    detail: `${found.join(', ')} ${found.length === 1 ? 'looks' : 'look'} like a secret in plain text`,
    why: 'Everybody who may read the configuration of the function, or of any old version, can read it.',
    field: 'environment',
    next: [
      'Put its value into Secrets Manager or an SSM SecureString, only its name or ARN into the variable, and let the function read it (docs/operating/doctor.md#variables).',
      'Then change the secret itself: published versions keep the old value.',
    ],
  }
}

function suspects(variables: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(variables).filter(([, value]) => !place.test(value))
  const named = secretNames(entries.map(([name]) => name))
  return entries.flatMap(([name, value]) => {
    const shape = shapes.find(([, pattern]) => pattern.test(value))
    if (shape) return [`${name} (${shape[0]})`]
    return named.includes(name) ? [name] : []
  })
}
