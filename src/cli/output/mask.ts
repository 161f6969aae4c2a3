import { tellRunnerToMask } from './github-actions.ts'
import { maskShapes } from './secret-shapes.ts'

/** It stands for a secret in output. */
const stars = '***'

/** A shorter text would be found in output that has nothing to do with it, and is no secret to speak of. */
const shortest = 4

/** The Base64 of a shorter one may well be found in a digest. */
const shortestInBase64 = 8

const secrets = new Set<string>()
const publicTexts = new Set<string>()
/** Finds the secrets, the longest first; made again once there is another. */
let finder: RegExp | undefined

/** The same for one line of several. */
const shortestLine = 8

/** From now on the text is masked in all output; of JSON, each text in it as well. */
export function keepSecret(text: string): void {
  for (const each of [text, ...textsIn(text)]) {
    if (each.trim().length < shortest || secrets.has(each)) continue
    // Within JSON a text may be written otherwise, and AWS's messages quote JSON; a password has its place in URLs.
    const escaped = JSON.stringify(each).slice(1, -1)
    const encoded = encodeURIComponent(each.toWellFormed())
    for (const form of [each, escaped, JSON.stringify(escaped).slice(1, -1), encoded, ...inBase64(each)])
      secrets.add(form)
    for (const line of linesOf(each)) secrets.add(line)
    tellRunnerToMask(each)
  }
  finder = undefined
}

/** From now on these are never masked: a variable that sounds like a secret may hold what the file itself calls something. */
export function keepPublic(texts: readonly string[]): void {
  for (const text of texts) publicTexts.add(text)
  finder = undefined
}

/** Returns the part of a text's Base64 that stays the same whatever stands before and after it, as in `Authorization: Basic …`. */
function inBase64(text: string): string[] {
  if (text.length < shortestInBase64) return []
  const ways = [0, 1, 2].flatMap((before) => [['base64', before] as const, ['base64url', before] as const])
  return ways.map(([encoding, before]) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)])
    return bytes.toString(encoding).slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6))
  })
}

/** Of a key, say: what is told of an error has its lines indented, or only the last ones. */
function linesOf(text: string): string[] {
  if (!text.includes('\n')) return []
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= shortestLine)
}

/** A text without any secret in it. */
export function mask(text: string): string {
  finder ??= finderOf([...secrets].filter((secret) => !publicTexts.has(secret)))
  return maskShapes(text.replace(finder, stars))
}

function finderOf(texts: readonly string[]): RegExp {
  if (texts.length === 0) return /(?!)/g
  const longestFirst = texts.toSorted((a, b) => b.length - a.length)
  return new RegExp(longestFirst.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'g')
}

/** A value with every text in it masked; the names of its fields are not. */
export function maskAll<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_key, each: unknown) =>
    typeof each === 'string' ? mask(each) : each,
  ) as Value
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
