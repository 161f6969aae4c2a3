import { formatDuration } from '../../release/values/duration.ts'
import type { AsyncInvocation, FunctionUrl, LogRetention, RuntimeUpdates } from './attachments.ts'

export function retentionWords({ days }: LogRetention): string {
  return days === null ? 'never' : `${days}d`
}

export function tagWords(tags: Readonly<Record<string, string>>): string {
  const entries = Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([name, value]) => `${name}=${value}`).join(', ') || 'none'
}

export function runtimeWords({ on, version }: RuntimeUpdates): string {
  return version === '' ? on : `${on}, ${version}`
}

export function asyncWords({ retries, maximumAgeSeconds, onSuccess, onFailure }: AsyncInvocation): string {
  return [
    `retries ${retries}`,
    `maximum age ${formatDuration(maximumAgeSeconds * 1000)}`,
    ...(onSuccess === '' ? [] : [`on success ${onSuccess}`]),
    ...(onFailure === '' ? [] : [`on failure ${onFailure}`]),
  ].join(', ')
}

/** @param isPublic whether everybody may invoke it; mentioned only if it differs from its auth */
export function urlWords(url: FunctionUrl | null, isPublic = url?.auth === 'none'): string {
  if (!url) return 'none'
  const { auth, invokeMode, cors } = url
  const asks = auth === 'none'
  const permission = asks === isPublic ? [] : [asks ? 'but not public' : 'but open to everybody']
  const shared = cors.origins.length === 0 ? [] : [`cors for ${cors.origins.join(' ')}`]
  return [`auth ${auth}`, ...permission, invokeMode, ...shared].join(', ')
}
