import { closest } from '../../config/values/closest.ts'
import { LambdactlError } from '../../errors/error.ts'
import { shellWord } from '../../errors/shell-word.ts'

/** An existing command, from oclif. */
export interface KnownCommand {
  /** As in `logs:tail`. */
  readonly id: string
  readonly args: Readonly<Record<string, { readonly required?: boolean | undefined }>>
}

/** A command by the words of its line. */
interface Words {
  readonly words: readonly string[]
  /** The fewest and the most arguments of the command. */
  readonly takes: readonly [fewest: number, most: number]
}

/**
 * The error for an unknown command, with the line that was most likely meant, and all existing commands.
 *
 * @param typed the words of the line up to the first flag
 * @param flags the rest of the line
 */
export function unknownCommand(
  typed: readonly string[],
  flags: readonly string[],
  commands: readonly KnownCommand[],
): LambdactlError {
  const known = commands.map(toWords)
  const topic = topicOf(typed, known)
  const isOfTopic = topic !== undefined && topic === typed[0]
  const within = known.filter(({ words }) => !isOfTopic || words[0] === topic)
  const line = (words: readonly string[]) => ['lambdactl', ...[...words, ...flags].map(shellWord)].join(' ')
  const meant = meantBy(typed, known, topic).map(line)
  const names = within.map(({ words }) => words.join(' ')).toSorted()
  const next = [
    ...(meant.length > 0 ? [`Did you mean ${meant.join(', or ')}?`] : []),
    `The commands are: ${names.join(', ')}. See lambdactl help${isOfTopic ? ` ${topic}` : ''}.`,
  ]
  return new LambdactlError('USAGE', `There is no command ${typed.join(' ')}.`, { next })
}

function toWords({ id, args }: KnownCommand): Words {
  const all = Object.values(args)
  return { words: id.split(':'), takes: [all.filter(({ required }) => required).length, all.length] }
}

/** The first word, or the word that it most likely means, if commands begin with it. */
function topicOf([first = '']: readonly string[], known: readonly Words[]): string | undefined {
  const topics = [
    ...new Set(known.filter(({ words }) => words.length > 1).map(({ words }) => words[0] ?? '')),
  ]
  const commands = known.filter(({ words }) => words.length === 1).map(({ words }) => words[0] ?? '')
  const meant = closest(first, [...topics, ...commands])
  return meant !== undefined && topics.includes(meant) ? meant : undefined
}

/** Lines without `lambdactl` and flags; empty if nothing is similar. */
function meantBy(typed: readonly string[], known: readonly Words[], topic: string | undefined): string[][] {
  const [first = '', ...others] = typed
  // The last word alone, as in `tail hello`.
  const byLast = known.filter(({ words }) => words.length > 1 && words.at(-1) === first)
  if (byLast.length > 0) return byLast.map(({ words }) => [...words, ...others])
  if (topic === undefined)
    return nearest(
      [first],
      others,
      known.filter(({ words }) => words.length === 1),
    )
  const own = known.filter(({ words }) => words.length > 1 && words[0] === topic)
  const [second, ...rest] = others
  if (second === undefined) return known.some(({ words }) => words.join() === topic) ? [[topic]] : []
  const misspelt = nearest([topic, second], rest, own)
  if (misspelt.length > 0) return misspelt
  // The word after the topic is an argument: of the command with the topic's name, or else of those with as many
  // arguments.
  const itself = known.find(({ words }) => words.join() === topic)
  if (itself && takesCount(itself.takes, others.length)) return [[topic, ...others]]
  return own.filter(({ takes }) => takesCount(takes, others.length)).map(({ words }) => [...words, ...others])
}

/** The command with the most similar line, and the words after it. */
function nearest(words: readonly string[], rest: readonly string[], known: readonly Words[]): string[][] {
  const lines = known.map((each) => each.words.join(' '))
  const meant = closest(words.join(' '), lines)
  // The letters of the topic itself do not count as similar.
  const last = meant?.split(' ').at(-1)
  const isNear =
    words.length === 1 || closest(words.at(-1) ?? '', last === undefined ? [] : [last]) !== undefined
  return meant !== undefined && isNear ? [[...meant.split(' '), ...rest]] : []
}

function takesCount([fewest, most]: Words['takes'], count: number): boolean {
  return count >= fewest && count <= most
}
