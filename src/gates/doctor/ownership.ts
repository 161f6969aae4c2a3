import { type Owner, ownerWords } from '../../release/values/owner.ts'
import type { Diagnosis } from './diagnosis.ts'

/** The part of a function that the file gives to lambdactl. */
export interface Declared {
  manages: 'function' | 'code'
  /** The fields that another tool sets and the file has, as in `memory`. */
  ownedFields: readonly string[]
  /** The lines of lambdactl.yaml that give lambdactl only the code. */
  codeLines: readonly string[]
  /** The configuration file, as messages show it. */
  configName: string
}

/** Tells whose function it is, by its tags. */
export function ownerDiagnosis(owner: Owner | undefined, { manages }: Declared): Diagnosis {
  const title = 'owner'
  if (owner) return { title, outcome: 'pass', detail: `made by ${ownerWords(owner)} (tag ${owner.tag})` }
  const unknown = 'no tag tells which tool makes it'
  if (manages === 'function') return { title, outcome: 'pass', detail: `${unknown}, so it is lambdactl's` }
  return {
    title,
    outcome: 'note',
    detail: `${unknown}; the file says manages: code`,
    next: [
      'See the lines for its tool: docs/beside-iac.md. With a tag ManagedBy = terraform, doctor prints them here.',
    ],
  }
}

/** Warns if the file claims a function that another tool makes. */
export function managesDiagnosis(
  owner: Owner | undefined,
  { manages, ownedFields, codeLines, configName }: Declared,
): Diagnosis {
  const title = 'manages'
  if (manages === 'code')
    return { title, outcome: 'pass', detail: 'lambdactl changes its code, its versions and the alias alone' }
  if (!owner) return { title, outcome: 'pass', detail: `${configName} has all its settings` }
  const who = ownerWords(owner)
  return {
    title,
    outcome: 'warn',
    detail: `${configName} manages the whole function, which ${who} makes`,
    why: `A release resets the settings that ${configName} does not have, and the next change by ${who} takes them back.`,
    mends: [{ where: `In ${configName}`, language: 'yaml', text: codeLines.join('\n') }],
    ...(ownedFields.length > 0 && {
      next: [
        `Then remove the fields that ${who} sets, or keep them for other environments: ${ownedFields.join(', ')}`,
      ],
    }),
  }
}
