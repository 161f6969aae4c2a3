import { cpSync, existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolderSync } from '../../../folders/make-folder.ts'
import { canOverlay, hasWall, type Overlay } from '../../../processes/wall.ts'
import type { FunctionFacts } from '../model/function-facts.ts'
import { bootstrapDirectory } from './runtime-command.ts'

/** Where a handler finds the files of its function and of its runtime. */
export interface TaskPlace {
  /** `/var/task`, or the folder of the code itself where nothing can be laid over /var. */
  root: string
  /** `/var/runtime`, or the folder of the bootstraps. */
  runtime: string
  overlays: readonly Overlay[]
}

/**
 * Lays a function's code over /var/task, in a mount namespace of its process.
 *
 * @param skeleton the folder with places for it, as /var itself has none; it is made if it is missing
 */
export async function placeTask(
  { codeDirectory }: Pick<FunctionFacts, 'codeDirectory'>,
  skeleton: string,
): Promise<TaskPlace> {
  makeSkeleton(skeleton)
  const isPlaced =
    !/[:,\\]/.test(codeDirectory) &&
    (await canOverlay({ folder: skeleton, place: '/var' })) &&
    isPlain('/var', skeleton) &&
    (await isBehindWall(dirname(codeDirectory)))
  if (!isPlaced) return { root: codeDirectory, runtime: bootstrapDirectory, overlays: [] }
  return {
    root: '/var/task',
    runtime: '/var/runtime',
    overlays: [
      { folder: skeleton, place: '/var' },
      { folder: codeDirectory, place: '/var/task', beneath: join(skeleton, 'task') },
    ],
  }
}

/** An empty `task`, and the bootstraps as `runtime`. A handler may have removed it. */
function makeSkeleton(folder: string): void {
  if (existsSync(join(folder, 'task'))) return
  cpSync(bootstrapDirectory, join(folder, 'runtime'), { recursive: true })
  makeFolderSync(join(folder, 'task'))
}

/** A folder over /var hides what is mounted below, and nobody can write there: neither may be needed. */
function isPlain(place: string, needed: string): boolean {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n')
  return ![needed, ...mounts.map((line) => line.split(' ')[4] ?? '')].some((path) =>
    path.startsWith(`${place}/`),
  )
}

const knownWalls = new Map<string, Promise<boolean>>()

/** Finds it out once for each folder. */
function isBehindWall(folder: string): Promise<boolean> {
  const known = knownWalls.get(folder) ?? hasWall(folder)
  knownWalls.set(folder, known)
  return known
}
