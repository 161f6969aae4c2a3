import type { Check } from '../../release/values/check.ts'
import type { Origin } from '../../release/values/version-description.ts'

/** Somebody else's function, which a release would reset. */
export interface Foreign {
  lambdaName: string
  /** The version that it serves, as in `version 3, which live serves`. */
  serves: string
  /** The changes of its settings, in words; none where only its code and its alias would change. */
  changes: readonly string[]
}

/** A function that bears no mark of lambdactl is left alone until a person said otherwise. */
export function ownerCheck({ lambdaName, serves, changes }: Foreign): Check {
  const reset = changes.length > 0 ? changes.join('; ') : 'its code, and none of its settings'
  const detail = `${lambdaName} is somebody else's: ${serves} has no mark of lambdactl. This would change ${reset}`
  return { title: 'owner', outcome: 'fail', detail }
}

/** The version that serves, and the origin that it was published from. */
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

/** Whether another project's or another language's version would be replaced: mostly two services of one name. */
export function replacedChecks(before: Before, after: After): Check[] {
  const { version, alias, origin } = before
  const service = origin?.service
  const ofOther =
    service !== undefined && after.service !== undefined && service !== after.service
      ? `version ${version}, which ${alias} serves, is of the service ${service}, and this is of ${after.service}`
      : undefined
  const otherLanguage =
    family(before.runtime) === family(after.runtime)
      ? undefined
      : `version ${version}, which ${alias} serves, runs on ${before.runtime}, and this on ${after.runtime}`
  return [
    ...(ofOther ? [{ title: 'service', outcome: 'warn' as const, detail: ofOther }] : []),
    ...(otherLanguage ? [{ title: 'runtime', outcome: 'warn' as const, detail: otherLanguage }] : []),
  ]
}

/** `nodejs` of `nodejs24.x`; empty for an image. */
function family(runtime: string): string {
  return /^[a-z]*/.exec(runtime)?.[0].replace('dotnetcore', 'dotnet') ?? ''
}
