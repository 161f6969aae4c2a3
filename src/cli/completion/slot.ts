import type { Catalog, CatalogCommand, CatalogFlag } from './catalog.ts'
import { type Kind, kindOfArg, kindOfFlag } from './kinds.ts'
import type { TypedWords } from './typed-words.ts'

/** The values that a word can have. */
type Wanted = { options: readonly string[] } | { kind: Kind }

/** The things that the word at the cursor can be. */
export interface Slot {
  /** The words of a command, or of the topic, before the cursor. */
  commandWords: readonly string[]
  /** Whether the word can be the next one of a command. */
  isCommandWord: boolean
  /** The flags that it can be. */
  flags: readonly CatalogFlag[]
  /** The values that it can have; undefined for a text of the user's own. */
  wanted: Wanted | undefined
  /** The typed beginning of the value, without its flag. */
  typed: string
  /** The flag before the value in the same word: `--env=`. */
  prefix: string
  given: Given
}

/** The flags and arguments before the cursor. */
export interface Given {
  /** By the flag's name; the last value counts. */
  values: ReadonlyMap<string, string>
  names: ReadonlySet<string>
  args: readonly string[]
}

/** oclif answers these, and its manifest does not have them. */
const help: CatalogFlag = { name: 'help', type: 'boolean', description: 'show the help' }
const version: CatalogFlag = { name: 'version', type: 'boolean', description: 'show the version' }

const nothing: Given = { values: new Map(), names: new Set(), args: [] }

/** Finds out what the word at the cursor can be. */
export function slotAt({ before, current }: TypedWords, { commands }: Catalog): Slot {
  const command = commandOf(before, commands)
  const words = command ? command.id.split(':') : before
  const base = { commandWords: words, flags: [], prefix: '', typed: current, given: nothing }
  if (!command) {
    const flags = before.length === 0 && current.startsWith('-') ? [help, version] : []
    return { ...base, flags, isCommandWord: true, wanted: undefined }
  }
  const rest = before.slice(words.length)
  const { given, open, isEnded } = read(rest, command)
  const at = { ...base, given, isCommandWord: rest.length === 0 && !current.startsWith('-') }
  if (open) return { ...at, isCommandWord: false, wanted: wantedOfFlag(open) }
  if (!isEnded && current.startsWith('-')) return { ...at, ...flagSlot(current, command, given) }
  return { ...at, wanted: wantedOfArg(command, given) }
}

/** The command with the most words at the beginning of the line. */
function commandOf(
  before: readonly string[],
  commands: readonly CatalogCommand[],
): CatalogCommand | undefined {
  for (let length = before.length; length > 0; length -= 1) {
    const id = before.slice(0, length).join(':')
    const found = commands.find((command) => command.id === id)
    if (found) return found
  }
  return undefined
}

/** Reads flags and arguments; `open` is the flag whose value comes next. */
function read(words: readonly string[], command: CatalogCommand) {
  const values = new Map<string, string>()
  const names = new Set<string>()
  const args: string[] = []
  let open: CatalogFlag | undefined
  let isEnded = false
  for (const word of words) {
    if (open) {
      values.set(open.name, word)
      open = undefined
    } else if (isEnded || !word.startsWith('-') || word === '-') args.push(word)
    else if (word === '--') isEnded = true
    else {
      const flag = flagOf(word, command)
      if (!flag) continue
      names.add(flag.name)
      const value = valueIn(word)
      if (value !== undefined) values.set(flag.name, value)
      else if (flag.type === 'option') open = flag
    }
  }
  return { given: { values, names, args }, open, isEnded }
}

function flagOf(word: string, { flags }: CatalogCommand): CatalogFlag | undefined {
  const [, long, short] = /^(?:--([^=]+)|-([^-]))/.exec(word) ?? []
  return Object.values(flags).find(({ name, char, allowNo }) => {
    return name === long || (short !== undefined && char === short) || (allowNo && long === `no-${name}`)
  })
}

/** The value in the same word: `--env=prod`, `-eprod`. */
function valueIn(word: string): string | undefined {
  return /^(?:--[^=]+=|-[^-]=?(?=.))(.*)$/s.exec(word)?.[1]
}

/** A word that begins with a dash: a flag, or a flag with its value. */
function flagSlot(
  current: string,
  command: CatalogCommand,
  given: Given,
): Partial<Slot> & Pick<Slot, 'wanted'> {
  const [, prefix] = /^(--[^=]+=|-[^-](?=.))/.exec(current) ?? []
  const flag = prefix === undefined ? undefined : flagOf(current, command)
  if (prefix !== undefined && flag?.type === 'option') {
    return { prefix, typed: current.slice(prefix.length), wanted: wantedOfFlag(flag) }
  }
  const flags = [...Object.values(command.flags), help].filter(
    ({ name, multiple, hidden }) => !hidden && (multiple || !given.names.has(name)),
  )
  return { flags, wanted: undefined }
}

function wantedOfFlag(flag: CatalogFlag): Wanted | undefined {
  if (flag.options) return { options: flag.options }
  const kind = kindOfFlag(flag)
  return kind && { kind }
}

function wantedOfArg({ args }: CatalogCommand, given: Given): Wanted | undefined {
  const all = Object.values(args)
  const last = all.at(-1)
  const arg = all[given.args.length] ?? (last?.multiple ? last : undefined)
  if (!arg) return undefined
  if (arg.options) return { options: arg.options }
  const kind = kindOfArg(arg)
  return kind && { kind }
}
