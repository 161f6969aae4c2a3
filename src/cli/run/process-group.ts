import { killGroup } from '../../processes/group.ts'
import { killStragglers, type Tracked } from '../../processes/stragglers.ts'

const groups = new Set<Tracked>()
/** Signals that end this process without an exit of its own, and that a group of its own does not get. */
const deadly = ['SIGHUP', 'SIGQUIT'] as const

/** A process group ends with this process, however that ends but by SIGKILL, until what is returned is disposed. */
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

/** As without a listener. */
function dieBy(signal: NodeJS.Signals): void {
  killAll()
  unlisten()
  process.kill(process.pid, signal)
}
