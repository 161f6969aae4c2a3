import { execFile } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { hiddenPlaces, isIn } from './hidden-places.ts'

/** A program to start, with all its variables. */
export interface Program {
  file: string
  args: readonly string[]
  directory: string
  variables: Readonly<Record<string, string>>
  /** Folders whose files the program sees at another place, before the files that are there. */
  overlays?: readonly Overlay[]
}

/** A folder at a place of the file system; all are absolute, and none has a colon, a comma or a backslash. */
export interface Overlay {
  folder: string
  place: string
  /** The folder whose files are seen after those of `folder`; default: the place itself. */
  beneath?: string
}

/** The same program, to be started apart from the user's other processes and without the user's credentials. */
export type Wall = (program: Program) => Program

/** The system's programs that a wall needs, by absolute paths. */
export interface WallTools {
  unshare: string
  sh: string
  mount: string
  env: string
}

/**
 * Lays the folders before the first `--` over the place after each. Hides each path before the second `--`, a folder
 * under an empty one and a file under nothing, then becomes the program after it, in a folder.
 */
const hide = `mount=$1; shift
while [ "$1" != -- ]; do
  "$mount" -t overlay -o "ro,lowerdir=$1" none "$2" || exit 126
  shift 2
done
shift
while [ "$1" != -- ]; do
  if [ -d "$1" ]; then "$mount" -t tmpfs -o ro,size=4k,mode=555 none "$1"; else "$mount" --bind /dev/null "$1"; fi ||
    [ ! -e "$1" ] || exit 126
  shift
done
cd "$2" || exit 126
shift 2
exec "$@"`

/**
 * Variables that the loader or the shells obey, change or refuse to set. Programs get them only behind the wall, so that
 * the tools which build it do not obey them.
 */
const meddling = new RegExp(
  [
    '^(?:LD_|GLIBC_|GCONV_|BASH|EPOCH|\\d)',
    '^(?:LOCPATH|NLSPATH|SHELLOPTS|ENV|PS4|IFS|UID|EUID|PPID|GROUPS|DIRSTACK|FUNCNAME|OPTIND|LINENO)$',
    '^(?:RANDOM|SRANDOM|SECONDS|HISTCMD|PIPESTATUS)$',
    '\\W',
  ].join('|'),
)
const setByShell = ['PWD', 'OLDPWD', 'SHLVL', '_']

let known: Promise<Wall | undefined> | undefined
const knownOverlays = new Map<string, Promise<boolean>>()

/**
 * Finds out, once in this process, whether programs can be started behind a wall here. A wall needs user namespaces.
 * Linux has them, but some distributions and most containers forbid them.
 */
export function findWall(): Promise<Wall | undefined> {
  return (known ??= probe())
}

/** Tells whether programs that work in a folder are started behind a wall. */
export async function hasWall(directory: string): Promise<boolean> {
  const program = { file: process.execPath, args: [], directory, variables: {} }
  const wall = await findWall()
  return wall !== undefined && wall(program) !== program
}

/**
 * Finds out, once for each place in this process, whether folders can be laid over it behind a wall. That needs Linux
 * 5.11, and the place has to exist.
 */
export function canOverlay({ folder, place }: Overlay): Promise<boolean> {
  if (/[:,\\]/.test(folder)) return Promise.resolve(false)
  const tried = knownOverlays.get(place) ?? tryOverlay({ folder, place })
  knownOverlays.set(place, tried)
  return tried
}

async function tryOverlay(overlay: Overlay): Promise<boolean> {
  const wall = await findWall()
  const tools = findTools()
  if (!wall || !tools) return false
  return runs(wall({ file: tools.env, args: [], directory: '/', variables: {}, overlays: [overlay] }))
}

async function runs({ file, args }: Program): Promise<boolean> {
  try {
    await promisify(execFile)(file, args, { cwd: '/', env: {}, timeout: 10_000 })
    return true
  } catch {
    return false
  }
}

async function probe(): Promise<Wall | undefined> {
  const tools = process.platform === 'linux' ? findTools() : undefined
  if (!tools) return undefined
  const wall = (program: Program, hidden = hiddenFrom(program)) =>
    hidden ? behindWall(tools, program, hidden) : program
  // A program that the trial itself does not hide, unlike a Node below the folder for temporary files.
  const trial = { file: tools.env, args: [], directory: '/', variables: {} }
  return (await runs(wall(trial, [tmpdir()]))) ? wall : undefined
}

/** The places that the wall hides from a program; undefined for a program that is started without a wall. */
export function hiddenFrom(program: Program): readonly string[] | undefined {
  const { file, directory, overlays = [] } = program
  const onHost = { ...program, file: hostPath(file, overlays), directory: hostPath(directory, overlays) }
  // A missing program fails as without a wall.
  if (!isFound(onHost) || !neededBy(onHost).every(isReachable)) return undefined
  return hiddenPlaces(process.env, neededBy(program))
}

export function findTools(): WallTools | undefined {
  const [unshare, sh, mount, env] = ['unshare', 'sh', 'mount', 'env'].map((name) =>
    ['/usr/bin', '/bin', '/usr/sbin', '/sbin'].map((folder) => join(folder, name)).find(isExecutable),
  )
  return unshare && sh && mount && env ? { unshare, sh, mount, env } : undefined
}

/**
 * The command line of a program behind a wall. A user namespace keeps its processes from the variables, the memory and
 * the open files of processes outside, although the user and all process ids are the same. A mount namespace covers the
 * hidden places. A second user namespace has no right to uncover them.
 *
 * @param hidden real paths of files and folders
 */
function behindWall(tools: WallTools, program: Program, hidden: readonly string[]): Program {
  const { file, args, directory, variables, overlays = [] } = program
  const isOuter = hidden.length > 0 || overlays.length > 0
  const { before, set } = divided(variables, isOuter)
  const own = [...ownUser(), ...(isOuter ? [] : ['-m']), '--']
  const inner = [...own, ...(set.length > 0 ? [tools.env, ...set] : []), file, ...args]
  const outer = [...outside(tools, { overlays, hidden, directory }), tools.unshare]
  return {
    file: tools.unshare,
    args: isOuter ? [...outer, ...inner] : inner,
    directory: hostPath(directory, overlays),
    variables: before,
  }
}

/**
 * A program's variables by the way to it: `before` through the environment of the tools, and `set` by the arguments of
 * `env`, which all users can read.
 *
 * @param isByShell whether a shell is among the tools, so that its own variables have to go
 */
export function divided(
  variables: Program['variables'],
  isByShell: boolean,
): { before: Record<string, string>; set: string[] } {
  const all = Object.entries(variables)
  const behind = all.filter(([name]) => isMeddling(name)).map((pair) => pair.join('='))
  const before = Object.fromEntries(all.filter(([name]) => !isMeddling(name)))
  return { before, set: [...setByShell.flatMap((name) => (isByShell ? ['-u', name] : [])), ...behind] }
}

/** Arguments of `unshare`, before the program that becomes another user. */
export function outside(
  tools: WallTools,
  {
    overlays,
    hidden,
    directory,
  }: { overlays: readonly Overlay[]; hidden: readonly string[]; directory: string },
): string[] {
  const laid = overlays.flatMap((overlay) => [layersOf(overlay), overlay.place])
  const namespaces = ['-U', '-r', '-m', '--']
  return [...namespaces, tools.sh, '-c', hide, 'sh', tools.mount, ...laid, '--', ...hidden, '--', directory]
}

/** The value of `lowerdir`. */
export function layersOf({ folder, place, beneath = place }: Overlay): string {
  return `${folder}:${beneath}`
}

/** Arguments of `unshare` for the user namespace without rights to uncover anything. */
export function ownUser(): string[] {
  return ['-U', `--map-user=${process.geteuid?.()}`, `--map-group=${process.getegid?.()}`]
}

/** The place of a file outside of the wall. */
function hostPath(path: string, overlays: readonly Overlay[]): string {
  const over = overlays.findLast(({ place }) => isIn(place, path))
  return over ? join(over.folder, relative(over.place, path)) : path
}

function isMeddling(name: string): boolean {
  return meddling.test(name) || setByShell.includes(name)
}

function isFound({ file, variables }: Program): boolean {
  if (file.includes('/')) return isExecutable(file)
  return (variables['PATH'] ?? '').split(delimiter).some((folder) => isExecutable(join(folder, file)))
}

function neededBy({ file, args, directory, variables }: Program): string[] {
  const paths = [
    process.execPath,
    file,
    directory,
    variables['TMPDIR'] ?? '',
    variables['HOME'] ?? '',
    ...args,
  ]
  return paths.filter((path) => path.startsWith('/'))
}

/** Behind the wall, root has no special rights to the folders of others. */
function isReachable(path: string): boolean {
  if (process.geteuid?.() !== 0) return true
  const above = dirname(path)
  const found = statSync(above, { throwIfNoEntry: false })
  const isOpen = !found || found.uid === 0 || (found.mode & 0o001) !== 0
  return isOpen && (above === path || isReachable(above))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
