/** Ends a process group, if a part of it still runs. */
export function killGroup(leader: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  kill(-leader, signal)
}

/** Sends a signal to a process, or to a group by its negative number; it may have ended already. */
export function kill(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // ESRCH: it has ended. EPERM: macOS returns this for a group of zombies.
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
  }
}
