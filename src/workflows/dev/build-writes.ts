/** Tells the files that build commands write from those that a person saves, so that no build calls for the next one. */
export interface BuildWrites {
  /** Does work that runs the build of a function. */
  during(name: string, work: () => Promise<void>): Promise<void>
  /** Takes a changed file. @returns whether a build wrote it, as far as can be known */
  note(path: string): boolean
}

/** Changes are told some milliseconds late; of this machine. */
const lateMs = 50
/** From this build on, without a save before it, all that is written during builds is taken as theirs. */
const lastBuild = 3

/**
 * A file may be saved while a build runs, so its first change there counts as a save. It is a build's if it changes during
 * builds again, and at no other time.
 */
export function buildWrites(): BuildWrites {
  const written = new Set<string>()
  /** The builds of each function since the last save. */
  const builds = new Map<string, number>()
  let underWay = 0
  return {
    async during(name, work) {
      underWay += 1
      builds.set(name, (builds.get(name) ?? 0) + 1)
      try {
        await work()
      } finally {
        setTimeout(() => (underWay -= 1), lateMs).unref()
      }
    },
    note(path) {
      if (underWay === 0) {
        written.delete(path)
        builds.clear()
        return false
      }
      const isAgain = written.has(path)
      written.add(path)
      return isAgain || Math.max(...builds.values()) >= lastBuild
    },
  }
}
