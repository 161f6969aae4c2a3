import type { Catalog, CatalogFlag } from './catalog.ts'
import type { Slot } from './slot.ts'

/** A word that a shell may offer. */
export interface Candidate {
  word: string
  /** Empty if the word says it all. */
  description: string
}

/**
 * A word of these characters alone is plain in every shell: it is offered as it is, and nothing in it runs. PowerShell
 * makes a list of a comma.
 */
const plainWord = /^[\w@%+=:./-]+$/
/** A name that begins in another way is a flag, a path, or the start of what zsh and PowerShell replace. */
const plainName = /^\w/
/** Longer descriptions don't fit beside a word. */
const longestDescription = 72

/**
 * The words that fit at the cursor, in the order in which a shell shows them.
 *
 * @param names the values of the slot's kind, for kinds that the manifest does not have
 */
export function candidatesFor(slot: Slot, catalog: Catalog, names: readonly string[]): Candidate[] {
  const { typed, prefix } = slot
  const all = [
    ...(slot.isCommandWord ? commandWords(slot.commandWords, catalog) : []),
    ...slot.flags.flatMap(flagWords),
    ...valuesOf(slot, catalog, names).map((word) => ({ word, description: '' })),
  ]
  return all
    .filter(({ word }) => word.startsWith(typed) && plainWord.test(word))
    .map(({ word, description }) => ({ word: prefix + word, description: oneLine(description) }))
}

function valuesOf({ wanted, given }: Slot, catalog: Catalog, names: readonly string[]): readonly string[] {
  if (!wanted) return []
  if ('options' in wanted) return wanted.options
  const { kind } = wanted
  if (kind === 'commands') return commandWords(given.args, catalog).map(({ word }) => word)
  return names.filter((name) => plainName.test(name) && !given.args.includes(name))
}

/** The next words of the commands that begin with these words. */
function commandWords(before: readonly string[], { commands, topics }: Catalog): Candidate[] {
  const begin = before.map((word) => `${word}:`).join('')
  const words = new Map<string, string>()
  for (const { id, summary = '', hidden } of commands) {
    if (hidden || !id.startsWith(begin)) continue
    const [word = '', ...more] = id.slice(begin.length).split(':')
    if (more.length === 0) words.set(word, summary)
    else if (!words.has(word)) words.set(word, topics[`${begin}${word}`]?.description ?? '')
  }
  return [...words].map(([word, description]) => ({ word, description })).toSorted(byWord)
}

function byWord({ word: a }: Candidate, { word: b }: Candidate): number {
  return a < b ? -1 : 1
}

function flagWords({ name, allowNo, description = '' }: CatalogFlag): Candidate[] {
  const words = [`--${name}`, ...(allowNo ? [`--no-${name}`] : [])]
  return words.map((word) => ({ word, description }))
}

/** A shell shows a description on one line, and splits at tabs. */
function oneLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  return line.length > longestDescription ? `${line.slice(0, longestDescription - 1)}…` : line
}
