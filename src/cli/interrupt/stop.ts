/** Ctrl-Z, which is a key like others while single keys are read. */
export const ctrlZ = '\u001A'

/** Stops this process and those that were started with it, as a terminal does; nothing where there is no such signal. */
export function stopGroup(): void {
  if (process.platform !== 'win32') process.kill(0, 'SIGTSTP')
}

/** The signal reaches this process within this time, milliseconds; without a shell it is not stopped at all. */
const stopsWithinMs = 200

/**
 * Gives the terminal back before this process is stopped (SIGTSTP), and takes it again when it goes on, until disposed.
 *
 * @param giveBack returns what takes the terminal again
 */
export function listenForStop(giveBack: () => () => void): Disposable {
  let takeAgain: (() => void) | undefined
  let timer: NodeJS.Timeout | undefined
  const goOn = () => {
    const take = takeAgain
    takeAgain = undefined
    if (!take) return
    process.on('SIGTSTP', stop)
    take()
  }
  const stop = () => {
    takeAgain ??= giveBack()
    // Without a listener the signal does what it does to any process.
    process.off('SIGTSTP', stop)
    process.kill(process.pid, 'SIGTSTP')
    timer = setTimeout(goOn, stopsWithinMs)
  }
  process.on('SIGTSTP', stop)
  process.on('SIGCONT', goOn)
  return {
    [Symbol.dispose]() {
      clearTimeout(timer)
      takeAgain = undefined
      process.off('SIGTSTP', stop)
      process.off('SIGCONT', goOn)
    },
  }
}
