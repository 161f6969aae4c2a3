/** Where `sandbox start` listens unless it is told otherwise. */
export const sandboxPort = 4510

/** Whether a host, as URLs or sockets write it, is this machine: 127.0.0.0/8, `::1` or `localhost`, in the plain spelling only. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/.test(host)
}
