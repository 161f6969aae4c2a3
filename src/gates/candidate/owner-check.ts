import type { Check } from '../../release/values/check.ts'
import type { Origin } from '../../release/values/version-description.ts'

/** A function that lambdactl does not own, and that a release would reset. */
export interface Foreign {
  lambdaName: string
  /** The version in use, as in `version 3, which live serves`. */
  serves: string
  /** The changes of its settings in words; empty if only its code and its alias would change. */
  changes: readonly string[]
}

/** A function without lambdactl's mark is not changed until a person allows it. */
export function ownerCheck({ lambdaName, serves, changes }: Foreign): Check {
  const reset = changes.length > 0 ? changes.join('; ') : 'its code, but no settings'
  const detail = `${lambdaName} may belong to somebody else: ${serves} was not published by lambdactl. This release would change ${reset}`
  return { title: 'owner', outcome: 'fail', detail }
}

/** The version in use, and its origin. */
export interface Before {
  version: string
  alias: string
  runtime: string
  origin: Origin | undefined
}

/** The candidate that is to be released beside it. */
export interface After {
  runtime: string
  service: string | undefined
}

/**
 * Checks whether another project's or another language's version would be replaced: usually two services use one name.
 */
export function replacedChecks(before: Before, after: After): Check[] {
  const { version, alias, origin } = before
  const service = origin?.service
  const ofOther =
    service !== undefined && after.service !== undefined && service !== after.service
      ? `version ${version}, which ${alias} serves, belongs to the service ${service}, and this release is of ${after.service}`
      : undefined
  const otherLanguage =
    family(before.runtime) === family(after.runtime)
      ? undefined
      : `version ${version}, which ${alias} serves, runs on ${before.runtime}, and this release on ${after.runtime}`
  return [
    ...(ofOther ? [{ title: 'service', outcome: 'warn' as const, detail: ofOther }] : []),
    ...(otherLanguage ? [{ title: 'runtime', outcome: 'warn' as const, detail: otherLanguage }] : []),
  ]
}

/** `nodejs` for `nodejs24.x`; empty for an image. */
function family(runtime: string): string {
  return /^[a-z]*/.exec(runtime)?.[0].replace('dotnetcore', 'dotnet') ?? ''
}
