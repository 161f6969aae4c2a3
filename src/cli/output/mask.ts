import { tellRunnerToMask } from './github-actions.ts'
import { maskShapes } from './secret-shapes.ts'

/** The text that replaces a secret in output. */
const stars = '***'

/** A shorter text would match unrelated output, and is hardly a secret. */
const shortest = 4

/** The Base64 of a shorter text may occur in a digest by chance. */
const shortestInBase64 = 8

const secrets = new Set<string>()
const publicTexts = new Set<string>()
/** Finds the secrets, the longest first; made again after a new one. */
let finder: RegExp | undefined

/** The shortest line of several that is masked by itself. */
const shortestLine = 8

/** From now on the text is masked in all output; if it is JSON, each text in it too. */
export function keepSecret(text: string): void {
  for (const each of [text, ...textsIn(text)]) {
    if (each.trim().length < shortest || secrets.has(each)) continue
    // JSON may escape a text, and AWS's messages quote JSON; URLs may encode a password.
    const escaped = JSON.stringify(each).slice(1, -1)
    const encoded = encodeURIComponent(each.toWellFormed())
    for (const form of [each, escaped, JSON.stringify(escaped).slice(1, -1), encoded, ...inBase64(each)])
      secrets.add(form)
    for (const line of linesOf(each)) secrets.add(line)
    tellRunnerToMask(each)
  }
  finder = undefined
}

/** From now on these are never masked: a variable that sounds like a secret may hold a word of the file itself. */
export function keepPublic(texts: readonly string[]): void {
  for (const text of texts) publicTexts.add(text)
  finder = undefined
}

/** Returns the part of a text's Base64 that stays the same in any context, as in `Authorization: Basic …`. */
function inBase64(text: string): string[] {
  if (text.length < shortestInBase64) return []
  const ways = [0, 1, 2].flatMap((before) => [['base64', before] as const, ['base64url', before] as const])
  return ways.map(([encoding, before]) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)])
    return bytes.toString(encoding).slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6))
  })
}

/** The lines of a key, for example: an error may show them indented, or only the last ones. */
function linesOf(text: string): string[] {
  if (!text.includes('\n')) return []
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= shortestLine)
}

/** A text with all secrets masked. */
export function mask(text: string): string {
  finder ??= finderOf([...secrets].filter((secret) => !publicTexts.has(secret)))
  return maskShapes(text.replace(finder, stars))
}

function finderOf(texts: readonly string[]): RegExp {
  if (texts.length === 0) return /(?!)/g
  const longestFirst = texts.toSorted((a, b) => b.length - a.length)
  return new RegExp(longestFirst.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'g')
}

/** A value with every text in it masked; the names of its fields stay. */
export function maskAll<Value>(value: Value): Value {
  return JSON.parse(maskedJson(value)) as Value
}

/** A value as JSON with every text in it masked; the names of its fields stay. */
export function maskedJson(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_key, each: unknown) => (typeof each === 'string' ? mask(each) : each),
    indent,
  )
}

function textsIn(text: string): string[] {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null) return []
    return Object.values(parsed).flatMap((each: unknown) =>
      typeof each === 'object' && each !== null
        ? textsIn(JSON.stringify(each))
        : typeof each === 'boolean'
          ? []
          : [String(each)],
    )
  } catch {
    return []
  }
}
