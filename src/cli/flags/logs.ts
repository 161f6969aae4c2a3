import * as Flags from '@oclif/core/flags'
import { LambdactlError } from '../../errors/error.ts'
import type { Expression } from '../../logs/filter/expression.ts'
import type { Wishes } from '../../logs/filter/line-filter.ts'
import { parseFilter } from '../../logs/filter/parse-filter.ts'
import { type Level, levels } from '../../logs/model/line.ts'
import type { Versions } from '../../workflows/logs/wanted-versions.ts'
import { type Moment, momentFlag, sinceFlag } from './moment.ts'
import { versionFlag } from './version.ts'

const filterFlag = Flags.custom<Expression>({
  helpValue: 'CONDITION',
  parse: async (text) => parseFilter(text),
})

/** A flag that takes a regular expression. */
export const patternFlag = Flags.custom<RegExp>({
  helpValue: 'PATTERN',
  async parse(text) {
    try {
      return new RegExp(text)
    } catch {
      throw new LambdactlError(
        'USAGE',
        `A pattern is a regular expression, and ${JSON.stringify(text)} is none.`,
      )
    }
  },
})

/** The names of fields, with commas between them. */
export const fieldsFlag = Flags.custom<string[]>({
  helpValue: 'NAMES',
  async parse(text) {
    const names = text.split(',').map((name) => name.trim())
    if (names.every((name) => name !== '')) return names
    throw new LambdactlError(
      'USAGE',
      `Expected names of fields with commas between them, got ${JSON.stringify(text)}.`,
      { next: ['Name one or more, as in --fields time,level,msg,orderId.'] },
    )
  },
})

/** The beginning of a request's id. */
export const requestFlag = Flags.custom({
  helpValue: 'ID',
  async parse(text) {
    if (/^[0-9a-f][0-9a-f-]{3,35}$/i.test(text)) return text.toLowerCase()
    throw new LambdactlError(
      'USAGE',
      `A request id begins with 4 or more hexadecimal digits, as in 8f2c1a90; got ${JSON.stringify(text)}.`,
    )
  },
})

/** The flags of all commands that read logs: the times, and the versions. */
export const readingFlags = {
  all: Flags.boolean({ description: 'read all functions of lambdactl.yaml' }),
  since: sinceFlag({
    description:
      'the start: a time span back from now, a time, or deploy for the first traffic of the last release; default: 10m',
  }),
  until: momentFlag({ description: 'the end: a time span back from now, or a time' }),
  version: versionFlag({
    description: 'only the lines of this version',
    exclusive: ['stable', 'candidate', 'canary'],
  }),
  stable: Flags.boolean({
    description: "only the lines of the alias's stable version, as the alias is now",
    exclusive: ['candidate', 'canary'],
  }),
  candidate: Flags.boolean({
    description: "only the lines of the alias's candidate, as the alias is now",
    exclusive: ['canary'],
  }),
}

/** The parsed flags that `readingFlags` declares. */
export interface ReadingFlags {
  all: boolean
  since: Moment | 'deploy' | undefined
  until: Moment | undefined
  version: string | undefined
  stable: boolean
  candidate: boolean
  canary?: boolean
}

/** The versions that the flags choose; undefined for all. */
export function versionsOf(
  { version, stable, candidate, canary = false }: ReadingFlags,
  alias: string,
): Versions | undefined {
  if (version !== undefined) return { version }
  if (canary) return { alias, roles: ['stable', 'candidate'] }
  if (stable) return { alias, roles: ['stable'] }
  return candidate ? { alias, roles: ['candidate'] } : undefined
}

/** The flags that choose lines by their content. */
export const contentFlags = {
  grep: Flags.string({
    description: 'only lines with this text; several: with all of them',
    helpValue: 'TEXT',
    multiple: true,
    multipleNonGreedy: true,
  }),
  exclude: Flags.string({
    description: 'no lines with this text',
    async parse(text) {
      // Each line has the empty text, as of a variable that is not set.
      if (text !== '') return text
      throw new LambdactlError('USAGE', 'Expected a text that lines do not have, got an empty one.')
    },
    helpValue: 'TEXT',
    multiple: true,
    multipleNonGreedy: true,
  }),
  level: Flags.option({
    description: 'only lines of this level and above; a line without one counts as info',
    options: levels,
  })(),
  filter: filterFlag({
    description: "only lines that meet a condition, as in 'level>=warn and total>100'",
  }),
}

/** The parsed flags that `contentFlags` declares. */
export interface ContentFlags {
  grep: string[] | undefined
  exclude: string[] | undefined
  level: Level | undefined
  filter: Expression | undefined
}

/** The wishes that the flags of content tell. */
export function wishesOf({ grep = [], exclude = [], level, filter }: ContentFlags): Wishes {
  return { grep, exclude, level, filter }
}
