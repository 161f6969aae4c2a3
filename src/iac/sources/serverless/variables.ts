import { literal } from '../../../function/settings/written.ts'
import { wordsOf as intrinsicWords, isOpen as isIntrinsic } from '../intrinsics.ts'
import { type Part, type Parts, partsOf } from '../part.ts'
import { notTaken, type Openness, openParts, type Taken } from '../take.ts'

const longest = 60

/** Tells whether the value is the framework's to find out, or CloudFormation's. */
export function isOpen(part: Part): boolean {
  return isIntrinsic(part) || (typeof part.value === 'string' && part.value.includes('${'))
}

/** The value as the file writes it. */
export function wordsOf(part: Part): string {
  if (typeof part.value !== 'string') return intrinsicWords(part)
  return part.value.length > longest ? `${part.value.slice(0, longest)}…` : part.value
}

/** Takes the environment variables with plain values, or with variables that lambdactl has too, each for itself. */
export function takeEnvironment(environment: Parts, openness: Openness): Taken {
  const all = Array.from(environment, ([name, part]) => ({ name, part, value: valueOf(part) }))
  const taken = all.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]))
  const left = all
    .filter(({ value }) => value === undefined)
    .flatMap(({ name, part }) => notTaken(`environment.${name}`, part, openness))
  return { fields: taken.length > 0 ? { environment: Object.fromEntries(taken) } : {}, left }
}

/** Takes the tags if all are plain: the file has all tags of a function or none. */
export function takeTags(tags: Parts, openness: Openness): Taken {
  const left = Array.from(tags).flatMap(([name, part]) => openParts(`tags.${name}`, part, openness))
  if (left.length > 0 || tags.size === 0) return { fields: {}, left }
  return {
    fields: { tags: Object.fromEntries(Array.from(tags, ([name, part]) => [name, plain(part)])) },
    left,
  }
}

function plain({ value }: Part): string {
  return literal(String(typeof value === 'object' ? '' : value))
}

function valueOf(part: Part): string | undefined {
  if (partsOf(part).size > 0 || Array.isArray(part.value)) return undefined
  if (!isOpen(part)) return plain(part)
  return typeof part.value === 'string' ? withOurVariables(part.value) : undefined
}

/** `${env:HOST:-x}` for `${env:HOST, 'x'}`, and `${ssm:/path}`; undefined for a text with another variable. */
function withOurVariables(text: string): string | undefined {
  const written = text.replaceAll(
    /\$\{(env:\w+|ssm:[\w./-]+)(?:,\s*'([^'}]*)')?\}/g,
    (_, reference: string, fallback?: string) =>
      `\0${reference}${fallback === undefined ? '' : `:-${fallback}`}}`,
  )
  return written.includes('${') || written.includes('{{resolve:')
    ? undefined
    : written.replaceAll('\0', () => '${')
}
