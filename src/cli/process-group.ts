/** Ends a process group, if anything of it is left. */
export function killGroup(leader: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-leader, signal)
  } catch (error) {
    // ESRCH: the whole group is gone already. EPERM: macOS says so of a group of zombies.
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
  }
}

const groups = new Set<number>()
/** Signals that end this process without an exit of its own, and that a group of its own does not get. */
const deadly = ['SIGHUP', 'SIGQUIT'] as const

/** A process group that ends with this process, however that ends but by SIGKILL, until it is disposed. */
export interface GuardedGroup extends Disposable {
  leader: number
}

export function guardGroup(leader: number): GuardedGroup {
  if (groups.size === 0) listen()
  groups.add(leader)
  return {
    leader,
    [Symbol.dispose]() {
      groups.delete(leader)
      if (groups.size === 0) unlisten()
    },
  }
}

function listen(): void {
  process.on('exit', killAll)
  for (const signal of deadly) process.on(signal, dieBy)
}

function unlisten(): void {
  process.off('exit', killAll)
  for (const signal of deadly) process.off(signal, dieBy)
}

function killAll(): void {
  for (const leader of groups) killGroup(leader, 'SIGKILL')
}

/** As without a listener. */
function dieBy(signal: NodeJS.Signals): void {
  killAll()
  unlisten()
  process.kill(process.pid, signal)
}
