import { isLoopbackHost } from '../../errors/loopback.ts'

/**
 * The reason why a text is no endpoint; undefined if it is one. User information is refused: it is a visible secret,
 * and it hides the host (`http://127.0.0.1@example.com`).
 */
export function endpointProblem(text: string): string | undefined {
  const url = URL.parse(text)
  if (!url || !/^https?:\/\//i.test(text)) return 'an http or https address'
  if (url.username || url.password || text.includes('@')) return 'an address without a user or password'
  return undefined
}

/**
 * Tells whether an endpoint is on this machine: 127.0.0.0/8, `::1` or `localhost`. Only the plain spelling counts: a
 * number in another base, or a longer name with this beginning, is another host.
 */
export function isLoopback(endpoint: string): boolean {
  const written = /^https?:\/\/(\[[^\]]*\]|[^/?#:@\\]+)(?::\d+)?(?:[/?#]|$)/i.exec(endpoint)?.[1]
  const host = URL.parse(endpoint)?.hostname
  return host !== undefined && written?.toLowerCase() === host && isLoopbackHost(host)
}
