import type { AsyncInvocation, FunctionUrl, RuntimeUpdates } from '../../ports/attachments.ts'
import { formatDuration } from '../../release/values/duration.ts'

/** @param days null: for ever; undefined: there is no log group */
export function retentionWords(days: number | null | undefined): string {
  if (days === undefined) return 'no log group'
  return days === null ? 'never' : `${days}d`
}

export function tagWords(tags: Readonly<Record<string, string>>): string {
  const entries = Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([name, value]) => `${name}=${value}`).join(', ') || 'none'
}

/** @param amount null: nothing is reserved */
export function concurrencyWords(amount: number | null): string {
  return amount === null ? 'none' : String(amount)
}

export function runtimeWords({ on, version }: RuntimeUpdates): string {
  return version === '' ? on : `${on}, ${version}`
}

/** Undefined stands for Lambda's defaults. */
export function asyncWords(settings: AsyncInvocation | undefined): string {
  if (!settings) return "Lambda's defaults"
  const { retries, maximumAgeSeconds, onSuccess, onFailure } = settings
  return [
    `retries ${retries}`,
    `maximum age ${formatDuration(maximumAgeSeconds * 1000)}`,
    ...(onSuccess === '' ? [] : [`on success ${onSuccess}`]),
    ...(onFailure === '' ? [] : [`on failure ${onFailure}`]),
  ].join(', ')
}

/** @param isPublic whether everybody may invoke it; said only where that isn't what its auth says */
export function urlWords(url: FunctionUrl | undefined, isPublic: boolean): string {
  if (!url) return 'none'
  const { auth, invokeMode, cors } = url
  const asks = auth === 'none'
  const permission = asks === isPublic ? [] : [asks ? 'but not public' : 'but open to everybody']
  const shared = cors.origins.length === 0 ? [] : [`cors for ${cors.origins.join(' ')}`]
  return [`auth ${auth}`, ...permission, invokeMode, ...shared].join(', ')
}

/** Returns the words for a setting that differs from the file, as in `tags none → team=shop`. */
export function differenceWords({ field, from, to }: { field: string; from: string; to: string }): string {
  return `${field} ${from} → ${to}`
}
