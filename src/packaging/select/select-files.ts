import { isUtf8 } from 'node:buffer'
import {
  type Dirent,
  existsSync,
  lstatSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { basename, posix, sep } from 'node:path'
import { byPath } from '../model/order.ts'
import { naming, refused } from '../model/refused.ts'
import type { SourceFile } from '../model/types.ts'
import { type Excludes, excludesNothing, holdsPrivateKey, readExcludes } from './excludes.ts'
import type { ChosenPackages } from './node-modules/choose-packages.ts'
import type { Placed } from './node-modules/lay-out.ts'
import { sourceFile } from './source-file.ts'
import type { OwnModules } from './wanted-packages.ts'

export interface Selection {
  /** Sorted by path. */
  readonly files: readonly SourceFile[]
  /** Files left out by default because they look like secrets, sorted. */
  readonly excludedSecrets: readonly string[]
  /** Other files and folders left out by default that are more than clutter, sorted; folders end with a slash. */
  readonly leftOut: readonly string[]
  /** The start of the selection, milliseconds since the epoch: a later change may not be seen. */
  readonly startedMs: number
  /** As in `Excludes`. */
  readonly wants: Excludes['wants']
  /** The paths of packages that were chosen as dependencies of others: they go in without a pattern. */
  readonly needed: ReadonlySet<string>
  /** Whether packages have other places than in the folder. */
  readonly isLaidOut: boolean
  /** Notes on the packages, one sentence each. */
  readonly notes: readonly string[]
}

/** Chooses the packages of a Node function. @param own each node_modules in the folder, which lies in `root` */
export type ChoosePackages = (own: readonly OwnModules[], root: string, excludes: Excludes) => ChosenPackages

/** A node_modules that is read after the code. */
interface Aside extends OwnModules {
  walk: () => void
}

/** A zip counts the bytes of a name in 16 bits. */
const longestName = 65_535
/** No package has as many files. A few folders that link to each other ten times each would have no end. */
const mostThroughLinks = 200_000
/** The most nested folders; links can make endless paths. */
const deepest = 1000

interface Walk {
  root: string
  excludes: Excludes
  files: SourceFile[]
  secrets: string[]
  leftOut: string[]
  /** The outermost link on the path of the walk, and the number of files found through links so far. */
  link: string | undefined
  throughLinks: number
  /** Whether a node_modules is left to other code. @param walkIt walks it as it is */
  isAside: (path: string, found: string, isLink: boolean, walkIt: () => void) => boolean
}

/**
 * The files of a folder that belong in its package. Links are followed inside the folder. Only files and folders are
 * opened: a FIFO would block. The calls are synchronous, which takes a fifth of the time: some 50,000 files in a
 * quarter of a second.
 *
 * @param configPath of the configuration file, which goes into no package; absolute
 * @throws LambdactlError PACKAGE_INVALID for a link that leaves the folder, leads nowhere or back to a folder above it,
 * for links that multiply without bound, for anything that is neither file nor folder, for a file that can't be read,
 * and for a name that a zip can't hold
 */
export function selectFiles(
  sourceDirectory: string,
  choose?: ChoosePackages,
  configPath?: string,
): Selection {
  const startedMs = Date.now()
  const walk = openWalk(sourceDirectory, configPath)
  const aside: Aside[] = []
  if (choose) {
    walk.isAside = (path, folder, isLink, walkIt) => {
      aside.push({ base: path.slice(0, -'/node_modules'.length), folder, isLink, walk: walkIt })
      return true
    }
  }
  walkFolder(walk, '', [walk.root])
  walk.isAside = () => false
  const chosen = choose?.(aside, walk.root, walk.excludes)
  for (const each of aside) {
    if (chosen?.isAll) addLoose(walk, each)
    else each.walk()
  }
  return selectionOf(walk, chosen, startedMs)
}

/**
 * All files of a folder that another tool has built, so that its package is the same as that tool's.
 *
 * @throws LambdactlError PACKAGE_INVALID, as `selectFiles`
 */
export function selectAll(directory: string): Selection {
  const startedMs = Date.now()
  const walk = { ...emptyWalk(directory), excludes: excludesNothing }
  walkFolder(walk, '', [walk.root])
  return { ...selectionOf(walk, undefined, startedMs), isLaidOut: true }
}

/**
 * Adds files in a node_modules that belong to no package, and links to such files. If the node_modules is a link, they
 * are not the source's own.
 */
function addLoose(walk: Walk, { base, folder, isLink }: OwnModules): void {
  const modules = posix.join(base, 'node_modules')
  const entries = naming(modules, () => {
    if (isLink) targetOf(folder, modules)
    return entriesOf(folder, modules)
  })
  if (isLink) return
  for (const entry of entries) {
    const path = posix.join(modules, entry.name)
    const found = folder + sep + entry.name
    if (walk.excludes.excludes(path, entry.name)) continue
    if (entry.isSymbolicLink() && isLinkToFile(found)) addLinked(walk, path, found, [walk.root])
    else if (entry.isFile()) addFile(walk, path, found)
  }
}

/** A broken or circular link is not a link to a file. */
function isLinkToFile(link: string): boolean {
  return existsSync(link) && statSync(link).isFile()
}

/** The files of packages alone, to go beside a bundle. @throws LambdactlError PACKAGE_INVALID as `selectFiles` */
export function selectPackages(
  sourceDirectory: string,
  choose: ChoosePackages,
  configPath?: string,
): Selection {
  const startedMs = Date.now()
  const walk = openWalk(sourceDirectory, configPath)
  return selectionOf(walk, choose([], walk.root, walk.excludes), startedMs)
}

function openWalk(sourceDirectory: string, configPath: string | undefined): Walk {
  const walk = emptyWalk(sourceDirectory)
  return { ...walk, excludes: naming('.lambdactlignore', () => readExcludes(walk.root, configPath)) }
}

function emptyWalk(directory: string): Omit<Walk, 'excludes'> {
  const root = naming(directory, () => realpathSync(directory))
  const nothing = { files: [], secrets: [], leftOut: [], link: undefined, throughLinks: 0 }
  return { root, ...nothing, isAside: () => false }
}

function selectionOf(walk: Walk, chosen: ChosenPackages | undefined, startedMs: number): Selection {
  const { isAll = false, packages = [], notes = [] } = chosen ?? {}
  const paths = new Set(walk.files.map(({ path }) => path))
  const needed = new Set<string>()
  for (const each of packages) {
    const files = packageFiles(walk, each)
    if (each.isNeeded) for (const { path } of files) needed.add(path)
    walk.files.push(...files.filter(({ path }) => !paths.has(path)))
  }
  return {
    files: byPath(walk.files),
    excludedSecrets: [...new Set(walk.secrets)].toSorted(),
    leftOut: [...new Set(walk.leftOut)].toSorted(),
    startedMs,
    wants: walk.excludes.wants,
    needed,
    isLaidOut: isAll,
    notes,
  }
}

/** The files of a package without the packages in its node_modules, which have their own places. */
function packageFiles({ excludes, secrets, leftOut }: Walk, { path, folder }: Placed): SourceFile[] {
  const files: SourceFile[] = []
  if (excludes.excludes(`${path}/`, basename(path))) return files
  // A folder of the project is no published package. A published one may have a deeper node_modules as files of its
  // own.
  const isProjects = !folder.includes(`${sep}node_modules${sep}`)
  const isAside = (modules: string) => isProjects || modules === `${path}/node_modules`
  const nothing = { link: undefined, throughLinks: 0 }
  walkFolder({ root: folder, excludes, files, secrets, leftOut, ...nothing, isAside }, path, [folder])
  return files
}

/** `ancestors` are the real paths from the root down to this folder. */
function walkFolder(walk: Walk, folder: string, ancestors: readonly string[]): void {
  const here = ancestors.at(-1) ?? walk.root
  if (ancestors.length > deepest) throw refused(`${folder.slice(0, 100)}… is in more than ${deepest} folders`)
  for (const entry of naming(folder || here, () => entriesOf(here, folder))) {
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (walk.link !== undefined) countThrough(walk, walk.link)
    const isFolder = entry.isDirectory()
    const named = isFolder ? `${path}/` : path
    if (walk.excludes.excludes(named, entry.name)) {
      if (walk.excludes.looksSecret(path)) walk.secrets.push(path)
      else if (walk.excludes.isNamed(named, entry.name)) walk.leftOut.push(named)
      continue
    }
    const found = here + sep + entry.name
    const isLink = entry.isSymbolicLink()
    const add = () => {
      if (isFolder) walkFolder(walk, path, [...ancestors, found])
      else if (isLink) addLinked(walk, path, found, ancestors)
      else addFile(walk, path, found)
    }
    if (entry.name !== 'node_modules' || !walk.isAside(path, found, isLink, add)) add()
  }
}

/** Node replaces invalid UTF-8 in a name with U+FFFD, and another file may really have that name. */
function entriesOf(here: string, folder: string): Dirent[] {
  const entries = readdirSync(here, { withFileTypes: true })
  if (!entries.some(({ name }) => name.includes('\uFFFD'))) return entries
  const bad = readdirSync(here, { encoding: 'buffer' }).find((name) => !isUtf8(name))
  if (bad)
    throw refused(`the name ${JSON.stringify(`${folder && `${folder}/`}${bad.toString()}`)} is not UTF-8`)
  return entries
}

function addLinked(walk: Walk, path: string, link: string, ancestors: readonly string[]): void {
  const real = followLink(walk.root, link, path)
  if (!naming(path, () => lstatSync(real)).isDirectory()) return addFile(walk, path, real)
  // A rule for folders ends with a slash, and only now the link is known to lead to a folder.
  if (walk.excludes.excludes(`${path}/`, posix.basename(path))) return
  if (ancestors.includes(real)) throw refused(`the link ${path} leads back to a folder that holds it`)
  const { link: outer } = walk
  walk.link ??= path
  walkFolder(walk, path, [...ancestors, real])
  walk.link = outer
}

function countThrough(walk: Walk, link: string): void {
  walk.throughLinks += 1
  if (walk.throughLinks <= mostThroughLinks) return
  throw refused(
    `the link ${link}, together with others, leads to more than ${mostThroughLinks} files and folders`,
  )
}

function addFile(walk: Walk, path: string, real: string): void {
  const status = naming(path, () => lstatSync(real))
  if (!status.isFile()) throw refused(`${path} is neither a file nor a folder`)
  const mayHoldKey = path.endsWith('.pem') && !walk.excludes.wants(path)
  if (mayHoldKey && naming(path, () => holdsPrivateKey(real, status.size))) {
    walk.secrets.push(path)
    return
  }
  requireZipName(path)
  walk.files.push(sourceFile(path, real, status))
}

function requireZipName(path: string): void {
  // Programs that write zips turn a backslash into a slash, and drop a part that looks like a drive letter.
  if (path.includes('\\') || /^\w+:/.test(path)) {
    throw refused(`a zip can't hold the name ${JSON.stringify(path)}`)
  }
  if (Buffer.byteLength(path) > longestName) {
    throw refused(`a zip can't hold a name that is so long,  ${path.slice(0, 100)}…`)
  }
}

/** The bytes of the link: invalid UTF-8 in a string could name another file. */
function followLink(root: string, link: string, path: string): string {
  const bytes = naming(path, () => targetOf(link, path))
  if (!isUtf8(bytes)) throw refused(`the link ${path} leads to a name that is not UTF-8`)
  const real = bytes.toString('utf8')
  if (real === root || real.startsWith(root + sep)) return real
  throw refused(`the link ${path} leaves the folder (${readlinkSync(link)})`)
}

function targetOf(link: string, path: string): Buffer {
  try {
    return realpathSync.native(link, { encoding: 'buffer' })
  } catch (cause) {
    throw refused(`the link ${path} leads nowhere (${readlinkSync(link)})`, cause)
  }
}
