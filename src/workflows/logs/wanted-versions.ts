import type { Role } from '../../logs/model/shown-line.ts'
import { type Roles, rolesOf } from '../../release/values/roles.ts'
import type { Notice } from './notice.ts'
import { isCurable, type Tailing } from './patient-pages.ts'
import type { Source } from './wanted-functions.ts'

/** The versions whose lines are wanted: one by its number, or by their parts in an alias's traffic. */
export type Versions = { version: string } | { alias: string; roles: readonly Role[] }

/** Decides which versions are wanted now. */
export interface WantedVersions {
  /** Reads the aliases again. */
  look(functions: readonly Source[]): Promise<void>
  wants(lambdaName: string, version: string | undefined): boolean
  /** The part of a version; undefined where versions are not wanted by their parts. */
  roleOf(lambdaName: string, version: string | undefined): Role | undefined
}

export function wantedVersions(
  run: Tailing,
  versions: Versions | undefined,
  tell: (notice: Notice) => void,
): WantedVersions {
  const found = new Map<string, Roles>()
  const roleOf = (lambdaName: string, version: string | undefined): Role | undefined => {
    const roles = found.get(lambdaName)
    if (!roles || version === undefined) return undefined
    if (version === roles.candidate) return 'candidate'
    return version === roles.stable ? 'stable' : undefined
  }
  const lookAt = async ({ name, lambdaName }: Source, alias: string, isCandidateWanted: boolean) => {
    const state = await run.aws.aliases.get(lambdaName, alias)
    const roles = state && rolesOf(state)
    const before = found.get(lambdaName)
    const had = before === undefined || before.candidate !== undefined
    if (roles) found.set(lambdaName, roles)
    if (isCandidateWanted && had && roles?.candidate === undefined) {
      tell({ notice: 'no-candidate', function: name, alias })
      found.set(lambdaName, roles ?? { stable: '', candidate: undefined })
    }
  }
  return {
    async look(functions) {
      if (versions === undefined || 'version' in versions) return
      const { alias, roles } = versions
      try {
        for (const each of functions) await lookAt(each, alias, roles.includes('candidate'))
      } catch (error) {
        if (found.size === 0 || !isCurable(error)) throw error
      }
    },
    wants(lambdaName, version) {
      if (versions === undefined) return true
      if ('version' in versions) return version === versions.version
      const role = roleOf(lambdaName, version)
      return role !== undefined && versions.roles.includes(role)
    },
    roleOf,
  }
}
