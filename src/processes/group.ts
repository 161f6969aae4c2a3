/** Ends a process group, if anything of it is left. */
export function killGroup(leader: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  kill(-leader, signal)
}

/** Sends a signal to a process, or to a group by its negative number, that may be gone already. */
export function kill(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // ESRCH: it is gone already. EPERM: macOS says so of a group of zombies.
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
  }
}
