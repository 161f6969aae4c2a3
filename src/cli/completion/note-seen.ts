import type { Aws } from '../../ports/aws.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'
import type { Seen } from './seen.ts'

interface Noted {
  versions: Set<string>
  releases: Set<string>
}

/** The versions and releases in the answers of AWS. */
export interface NotedAws {
  aws: Aws
  /** By the name of the function in Lambda; empty if no answer had any. */
  seen: () => Seen
}

/** Notes the versions and releases that a command reads or makes, so that a shell can complete them later. */
export function noteSeen(aws: Aws): NotedAws {
  const functions = new Map<string, Noted>()
  const notedOf = (name: string): Noted => {
    const noted = functions.get(name) ?? { versions: new Set(), releases: new Set() }
    functions.set(name, noted)
    return noted
  }
  const note = (name: string, alias: AliasState | undefined) => {
    if (!alias) return
    const { versions, releases } = notedOf(name)
    const record = parseRecord(alias.description)
    const numbers = [alias.version, alias.weight?.version, record?.candidate, ...(record?.held ?? [])]
    for (const number of numbers) if (isNumber(number)) versions.add(number)
    if (record) releases.add(record.id)
  }
  return {
    aws: {
      ...aws,
      aliases: notingAliases(aws.aliases, note),
      functions: notingVersions(aws.functions, notedOf),
      journal: notingReleases(aws.journal, notedOf),
    },
    seen: () => seenOf(functions),
  }
}

function notingAliases(
  aliases: Aws['aliases'],
  note: (name: string, alias: AliasState | undefined) => void,
): Aws['aliases'] {
  const noting = async <Answer extends AliasState | undefined>(
    name: string,
    answer: Promise<Answer>,
  ): Promise<Answer> => {
    const alias = await answer
    note(name, alias)
    return alias
  }
  return {
    get: (name, ...of) => noting(name, aliases.get(name, ...of)),
    create: (name, ...of) => noting(name, aliases.create(name, ...of)),
    update: (name, ...of) => noting(name, aliases.update(name, ...of)),
    async list(name) {
      const all = await aliases.list(name)
      for (const alias of all) note(name, alias)
      return all
    },
  }
}

function notingVersions(functions: Aws['functions'], notedOf: (name: string) => Noted): Aws['functions'] {
  return {
    ...functions,
    async versions(name) {
      const all = await functions.versions(name)
      for (const { version } of all) if (isNumber(version)) notedOf(name).versions.add(version)
      return all
    },
    async publish(name, options) {
      const published = await functions.publish(name, options)
      notedOf(name).versions.add(published.version)
      return published
    },
  }
}

function notingReleases(journal: Aws['journal'], notedOf: (name: string) => Noted): Aws['journal'] {
  return {
    ...journal,
    async since(...of) {
      const entries = await journal.since(...of)
      for (const { release, lambdaName } of entries.toReversed()) {
        // A stream with a slash in its name has the operations on a function.
        if (typeof release === 'string' && !release.includes('/') && typeof lambdaName === 'string')
          notedOf(lambdaName).releases.add(release)
      }
      return entries
    },
  }
}

function isNumber(version: string | undefined): version is string {
  return version !== undefined && /^\d+$/.test(version)
}

function seenOf(functions: ReadonlyMap<string, Noted>): Seen {
  const time = Date.now()
  return Object.fromEntries(
    [...functions].map(([name, { versions, releases }]) => [
      name,
      { versions: [...versions], releases: [...releases], time },
    ]),
  )
}
