import { existsSync, realpathSync } from 'node:fs'
import { isAbsolute, relative, sep } from 'node:path'
import { asLambdactlError } from '../../errors/error.ts'
import { rebuilding } from '../../packaging/bundle/rebuilding.ts'
import type { Watched } from '../../packaging/watch/watch-files.ts'
import { packageCandidate } from '../candidate/package-candidate.ts'
import type { Run } from '../run/run.ts'
import type { BuildWrites } from './build-writes.ts'
import { coalesced } from './coalesced.ts'
import type { DevEvent, Developed } from './event.ts'
import { serveCode } from './serve-code.ts'

/** A function that follows its source. */
export interface DevelopedFunction {
  /** Deploys it as a whole, as `described` says. Tells a failure as an event; never rejects. */
  deploy(described: Developed): Promise<void>
  /** Takes a changed file; the function is built again in a moment if the file is one of its own. */
  note(path: string): void
  /** The paths that it depends on. */
  watched(): Watched
  /** Ends its work, and waits for what is under way. */
  end(): Promise<void>
}

/** The means of a developed function. */
export interface Means {
  run: Run
  /** The folder that files are told relative to. */
  folder: string
  tell: (event: DevEvent) => void
  /** Deploys a function with its settings. @returns the version that the alias serves */
  deployWhole: (run: Run, described: Developed) => Promise<string>
  builds: BuildWrites
}

/** Follows the source of a function; nothing is deployed before `deploy` is called. */
export function developedFunction(described: Developed, means: Means): DevelopedFunction {
  const { tell, folder, deployWhole, builds } = means
  const bundler = rebuilding()
  const { name } = described.fn
  let now = described
  let isServed = false
  // Of the package that was made last, and of the one that is served.
  let made: string | undefined
  let served: string | undefined
  const run: Run = {
    ...means.run,
    bundler: bundler.run,
    emit(event) {
      if (event.event === 'packaged') made = event.digest
      means.run.emit(event)
    },
  }

  const whole = async (began: number) => {
    const version = await deployWhole(run, now)
    tell({ event: 'deployed', function: name, version, ms: run.clock.elapsed() - began, isNew: !isServed })
    isServed = true
    served = made
  }
  const reload = async (files: readonly string[], began: number) => {
    if (!isServed) return whole(began)
    const packaged = await packageCandidate(run, now.target, now.fn)
    if (packaged.local.digest === served) return tell({ event: 'unchanged', function: name, files })
    const version = await serveCode(run, packaged)
    if (version === undefined) return whole(began)
    served = packaged.local.digest
    const zippedBytes = packaged.local.code.package?.zippedBytes ?? 0
    const ms = run.clock.elapsed() - began
    tell({ event: 'reloaded', function: name, version, files, ms, zippedBytes })
  }
  const told = (work: () => Promise<void>) =>
    (now.fn.build ? builds.during(name, work) : work()).catch((error: unknown) => {
      if (!run.signal.aborted) tell({ event: 'failed', function: name, error: asLambdactlError(error) })
    })
  const changes = coalesced(run, (paths, began) => {
    const files = named(paths).map((path) => relative(folder, path).split(sep).join('/'))
    return told(() => reload(files, began))
  })
  return {
    deploy(next) {
      now = next
      return changes.after(() => told(() => whole(run.clock.elapsed())))
    },
    note(path) {
      const { folders, files } = watchedBy(now, bundler.inputs())
      if (files.includes(path) || folders.some((each) => isIn(each, path))) changes.note(path)
    },
    watched: () => watchedBy(now, bundler.inputs()),
    async end() {
      await changes.end()
      await bundler.dispose()
    },
  }
}

/** Without the files that editors write for a moment: a removed file is named only if nothing else has changed. */
function named(paths: readonly string[]): readonly string[] {
  const present = paths.filter((path) => existsSync(path))
  return present.length > 0 ? present : paths
}

/** With a build command its folder is watched in place of the source, which the command writes. */
function watchedBy({ fn }: Developed, inputs: ReadonlySet<string>): Watched {
  if (fn.build) return { folders: [realOf(fn.build.directory)], files: [] }
  if (fn.source.endsWith('.zip')) return { folders: [], files: [fn.source] }
  const source = realOf(fn.source)
  const outside = [...inputs].filter(
    (path) => !isIn(source, path) && !path.includes(`${sep}node_modules${sep}`),
  )
  return { folders: [source], files: outside }
}

function isIn(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

/** The path itself where nothing is there yet. */
function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
