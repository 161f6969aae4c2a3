import type { Role } from '../../logs/model/shown-line.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'
import { type Roles, rolesOf } from '../../release/values/roles.ts'
import type { Notice } from './notice.ts'
import { isCurable, type Tailing } from './patient-pages.ts'
import type { Source } from './wanted-functions.ts'

/** The versions whose lines are wanted: one by its number, or by their parts in an alias's traffic. */
export type Versions = { version: string } | { alias: string; roles: readonly Role[] }

/** Decides which versions are wanted. */
export interface WantedVersions {
  /** Reads the aliases again. */
  look(functions: readonly Source[]): Promise<void>
  /** The functions that were looked at and do not have the alias. */
  absent: () => readonly string[]
  /** Lines up to this time can be judged: the aliases were read after it. Infinity if aliases do not matter. */
  judgedTo: () => number
  wants(writer: Writer): boolean
  /** The part of a version; undefined where versions are not wanted by their parts. */
  roleOf(writer: Writer): Role | undefined
}

/** The version that wrote a line at a time; milliseconds since the epoch. */
interface Writer {
  lambdaName: string
  version: string | undefined
  at: number
}

/** The roles of an alias from a time on, as far as they were seen; milliseconds since the epoch. */
interface Since {
  from: number
  /** Between `from` and this time, the former roles may have held as well. */
  surelyFrom: number
  roles: Roles
}

/** Lines are judged by the state that the alias had at their time, also if the tail saw a later one meanwhile. */
export function wantedVersions(
  run: Tailing,
  versions: Versions | undefined,
  tell: (notice: Notice) => void,
): WantedVersions {
  const seen = new Map<string, Since[]>()
  const isByRole = versions !== undefined && 'alias' in versions
  let judgedTo = Number.POSITIVE_INFINITY
  const roleOf = ({ lambdaName, version, at }: Writer): Role | undefined => {
    if (version === undefined) return undefined
    const states = seen.get(lambdaName) ?? []
    const found = Math.max(
      0,
      states.findLastIndex(({ from }) => from <= at),
    )
    const state = states[found]
    const isSure = !state || at >= state.surelyFrom
    return roleIn(state, version) ?? (isSure ? undefined : roleIn(states[found - 1], version))
  }
  const absent = new Set<string>()
  const lookAt = async ({ name, lambdaName }: Source, alias: string, isCandidateWanted: boolean) => {
    const state = await run.aws.aliases.get(lambdaName, alias)
    if (state) absent.delete(name)
    else if (!absent.has(name)) {
      absent.add(name)
      tell({ notice: 'no-alias', function: name, alias })
    }
    const roles = state ? rolesOf(state) : undefined
    const before = seen.get(lambdaName)?.at(-1)?.roles
    const had = before === undefined || before.candidate !== undefined
    const isGone = isCandidateWanted && state !== undefined && had && roles?.candidate === undefined
    if (isGone) tell({ notice: 'no-candidate', function: name, alias })
    const next = roles ?? noRoles
    if (before?.stable === next.stable && before.candidate === next.candidate) return
    const states = seen.get(lambdaName) ?? []
    seen.set(lambdaName, [...states, { ...changeOf(state, judgedTo, run.clock.now()), roles: next }])
  }
  return {
    async look(functions) {
      if (versions === undefined || 'version' in versions) return
      const { alias, roles } = versions
      const began = run.clock.now()
      try {
        for (const each of functions) await lookAt(each, alias, roles.includes('candidate'))
        judgedTo = began
      } catch (error) {
        if (seen.size === 0 || !isCurable(error)) throw error
      }
    },
    absent: () => [...absent],
    judgedTo: () => (isByRole ? judgedTo : Number.POSITIVE_INFINITY),
    wants(writer) {
      if (versions === undefined) return true
      if ('version' in versions) return writer.version === versions.version
      const role = roleOf(writer)
      return role !== undefined && versions.roles.includes(role)
    },
    roleOf,
  }
}

const noRoles: Roles = { stable: '', candidate: undefined }

function roleIn(state: Since | undefined, version: string): Role | undefined {
  if (!state) return undefined
  if (version === state.roles.candidate) return 'candidate'
  return version === state.roles.stable ? 'stable' : undefined
}

/** When an alias changed between two looks: the release's record tells it exactly, if its time is in between. */
function changeOf(state: AliasState | undefined, lastLook: number, now: number): Omit<Since, 'roles'> {
  const since = state && parseRecord(state.description)?.since
  const isExact = since !== undefined && since > lastLook && since <= now
  return isExact ? { from: since, surelyFrom: since } : { from: lastLook, surelyFrom: now }
}
