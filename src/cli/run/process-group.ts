import { killGroup } from '../../processes/group.ts'
import { killStragglers, type Tracked } from '../../processes/stragglers.ts'

const groups = new Set<Tracked>()
/** Signals that end this process without an exit handler, and that do not reach another process group. */
const deadly = ['SIGHUP', 'SIGQUIT'] as const

/** Ends a process group when this process ends, except by SIGKILL, until the returned value is disposed. */
export function guardGroup(group: Tracked): Disposable {
  if (groups.size === 0) listen()
  groups.add(group)
  return {
    [Symbol.dispose]() {
      groups.delete(group)
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
  for (const { leader } of groups) killGroup(leader, 'SIGKILL')
  killStragglers([...groups])
}

/** Ends as if there were no listener. */
function dieBy(signal: NodeJS.Signals): void {
  killAll()
  unlisten()
  process.kill(process.pid, signal)
}
