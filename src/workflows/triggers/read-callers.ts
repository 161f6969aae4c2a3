import type { Callers } from '../../operation/triggers/listed.ts'
import type { Run, Target } from '../run/run.ts'

/** The callers of a function with its aliases, and the number of versions whose policies were not read. */
interface ReadCallers extends Callers {
  aliases: string[]
  unread: number
}

/** The number of newest versions whose policies are read: Lambda answers 15 such questions a second. */
const newestVersions = 10

/** Reads everything that invokes a function: by its policy, those of its aliases and of its newest or all versions. */
export async function readCallers(
  { aws }: Run,
  { lambdaName }: Target,
  { allVersions }: { allVersions: boolean },
): Promise<ReadCallers> {
  const [mappings, urls, aliases, versions] = await Promise.all([
    aws.triggers.mappings(lambdaName),
    aws.triggers.urls(lambdaName),
    aws.aliases.list(lambdaName),
    aws.functions.versions(lambdaName),
  ])
  const read = versions.slice(0, allVersions ? undefined : newestVersions).map(({ version }) => version)
  const names = aliases.map(({ name }) => name)
  const qualifiers = [undefined, ...names, ...read]
  const grants = await Promise.all(qualifiers.map((qualifier) => aws.triggers.grants(lambdaName, qualifier)))
  return {
    mappings,
    urls,
    grants: grants.flat(),
    aliases: names,
    unread: versions.length - read.length,
  }
}
