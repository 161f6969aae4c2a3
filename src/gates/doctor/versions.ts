import type { Diagnosis } from './diagnosis.ts'

/** A published version, and whether lambdactl published it. */
export interface OriginOfVersion {
  version: string
  isOurs: boolean
}

/** The most version numbers in a sentence. */
const most = 5

/**
 * Warns if something else publishes versions: those that are newer than lambdactl's first one.
 *
 * @param versions the newest first
 */
export function versionsDiagnosis(versions: readonly OriginOfVersion[]): Diagnosis {
  const title = 'versions'
  const first = versions.findLastIndex(({ isOurs }) => isOurs)
  if (first === -1) return { title, outcome: 'pass', detail: noneYet(versions.length) }
  const others = versions.slice(0, first).filter(({ isOurs }) => !isOurs)
  if (others.length === 0) return { title, outcome: 'pass', detail: 'nothing else publishes versions' }
  const shown = others.slice(0, most).map(({ version }) => version)
  const more = others.length > shown.length ? ` and ${others.length - shown.length} older` : ''
  return {
    title,
    outcome: 'warn',
    detail: `something else published version${others.length > 1 ? 's' : ''} ${shown.join(', ')}${more}`,
    why: 'A tool that publishes versions mixes its settings with whatever code $LATEST has, and usually moves the alias there without a gate.',
  }
}

function noneYet(count: number): string {
  return count === 0 ? 'none published yet' : `lambdactl has published none of ${count} yet`
}
