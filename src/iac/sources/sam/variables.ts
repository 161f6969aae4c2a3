import { literal } from '../../../function/settings/written.ts'
import { intrinsicOf, isOpen } from '../intrinsics.ts'
import { isParts, type Part, partAt, partsOf } from '../part.ts'
import { notTaken, type Openness, type Taken } from '../take.ts'

/** Takes the environment variables with plain values, each for itself. */
export function takeVariables(environment: Part | undefined, openness: Openness): Taken {
  const variables = partAt(environment, 'Variables')
  const whole = [environment, variables].find((part) => part && (intrinsicOf(part) || !isMap(part)))
  if (whole) return { fields: {}, left: notTaken('Environment', whole, openness) }
  const others = Array.from(partsOf(environment)).filter(([name]) => name !== 'Variables')
  const all = Array.from(partsOf(variables), ([name, part]) => ({ name, part, value: valueOf(part) }))
  const taken = all.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]))
  const left = [
    ...others.flatMap(([name, part]) => notTaken(`Environment.${name}`, part, openness)),
    ...all
      .filter(({ value }) => value === undefined)
      .flatMap(({ name, part }) => notTaken(`Environment.Variables.${name}`, part, openness)),
  ]
  return { fields: taken.length > 0 ? { environment: Object.fromEntries(taken) } : {}, left }
}

function isMap({ value }: Part): boolean {
  return isParts(value) || value === null
}

/** Takes the tags if all are plain: the file has all tags of a function or none. */
export function takeTags(tags: Part | undefined, openness: Openness): Taken {
  if (!tags) return { fields: {}, left: [] }
  const isPlain =
    isParts(tags.value) &&
    !openness.isOpen(tags) &&
    [...tags.value.values()].every((each) => isText(each) && !openness.isOpen(each))
  if (!isPlain) return { fields: {}, left: notTaken('Tags', tags, openness) }
  const entries = Array.from(partsOf(tags), ([name, { value }]) => [name, literal(String(value ?? ''))])
  return { fields: entries.length > 0 ? { tags: Object.fromEntries(entries) } : {}, left: [] }
}

function isText({ value }: Part): boolean {
  return typeof value !== 'object' || value === null
}

/** A plain value, or a dynamic reference by lambdactl's name. */
function valueOf(part: Part): string | undefined {
  const { value } = part
  if (typeof value === 'object' && value !== null) return undefined
  const plain = String(value ?? '')
  return isOpen(part) ? referenceOf(plain) : literal(plain)
}

/** `${ssm:/path}` for `{{resolve:ssm:/path}}`, which both read at a deployment; undefined for other references. */
function referenceOf(text: string): string | undefined {
  const [, parameter] = /^\{\{resolve:ssm:([\w./-]+(?::\d+)?)\}\}$/.exec(text) ?? []
  if (parameter !== undefined) return `\${ssm:${parameter}}`
  const [, secret, key] =
    /^\{\{resolve:secretsmanager:([\w/+=.@-]+)(?::SecretString(?::([\w.-]*))?)?:*\}\}$/.exec(text) ?? []
  if (secret === undefined) return undefined
  return key ? `\${secret:${secret}#${key}}` : `\${secret:${secret}}`
}
