import type { Route } from '../apis/records.ts'

/** A route with the values of its variables. */
export interface MatchedRoute {
  route: Route
  parameters: Readonly<Record<string, string>>
}

/**
 * The route of a request. The more specific path wins: a word outweighs a variable, and a variable a greedy one. Of one
 * path the method itself outweighs `ANY`. Without a path that fits, it is `$default`.
 *
 * @param path still percent-encoded, without the stage
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): MatchedRoute | undefined {
  const segments = path.split('/').slice(1)
  const found = routes
    .map((route) => ({ route, ...partsOf(route) }))
    .filter((each) => each.method === 'ANY' || each.method === method)
    .filter(({ parts }) => fits(parts, segments))
    .toSorted((left, right) => compare(left, right))[0]
  if (found) return { route: found.route, parameters: parametersOf(found.parts, segments) }
  const fallback = routes.find(({ key }) => key === '$default')
  return fallback && { route: fallback, parameters: {} }
}

interface Parts {
  method: string
  parts: readonly string[]
}

function partsOf({ key }: Route): Parts {
  const [method = '', path = ''] = key.split(' ')
  return { method, parts: path.split('/').slice(1) }
}

/** How unspecific a part of a path is. */
function rankOf(part: string | undefined): number {
  if (part === undefined) return 3
  return part.endsWith('+}') ? 2 : part.startsWith('{') ? 1 : 0
}

function fits(parts: readonly string[], segments: readonly string[]): boolean {
  if (parts.length === 0) return false
  const isGreedy = rankOf(parts.at(-1)) === 2
  if (isGreedy ? segments.length < parts.length : segments.length !== parts.length) return false
  return parts.every((part, index) => {
    const segment = segments[index] ?? ''
    return rankOf(part) > 0 ? segment !== '' : decoded(segment) === part
  })
}

function compare(left: Parts, right: Parts): number {
  for (let index = 0; index < Math.max(left.parts.length, right.parts.length); index += 1) {
    const difference = rankOf(left.parts[index]) - rankOf(right.parts[index])
    if (difference !== 0) return difference
  }
  return Number(left.method === 'ANY') - Number(right.method === 'ANY')
}

function parametersOf(parts: readonly string[], segments: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    parts.flatMap((part, index) => {
      const rank = rankOf(part)
      if (rank === 0) return []
      const value = rank === 2 ? segments.slice(index).join('/') : (segments[index] ?? '')
      return [[part.replaceAll(/[{}+]/g, ''), decoded(value)]]
    }),
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
