/** The default port of `sandbox start`. */
export const sandboxPort = 4510

/**
 * Tells whether a host in a URL or a socket is this machine: 127.0.0.0/8, `::1` or `localhost`, in the plain spelling
 * only.
 */
export function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/.test(host)
}
