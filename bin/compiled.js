/**
 * Compiled code between runs. V8 compiles a function when it is first called, so what a run leaves at its end has all that
 * it used; Node's own compile cache has only the top level of each module.
 *
 * Compiled code is code: it is taken only from a file and a folder of this user that nobody else may write to, and only for
 * the very source of which it was made. A cache with anything wrong is as good as none.
 */
const fs = process.getBuiltinModule('node:fs')
const { dirname, join } = process.getBuiltinModule('node:path')
const { crc32 } = process.getBuiltinModule('node:zlib')

/** A file that no run has added to for so long is of an installation that is gone; milliseconds. */
const longestKept = 30 * 24 * 3600 * 1000

/** For a user who wants no cache. */
export const nothingCompiled = { of: () => undefined, keep: () => undefined }

/**
 * The compiled code of earlier runs of an installation; when the process ends, that of this run is added.
 *
 * @param folder for all installations of this user; it is made when it is needed
 * @param root of the installation
 */
export function compiledIn(folder, root) {
  const file = join(folder, `${nameFor(root)}.compiled`)
  const found = read(file)
  const ran = new Map()
  let isComplete = true
  process.once('exit', () => {
    if (!isComplete) leave(file, found, ran)
  })
  return {
    of(name, source) {
      const { data, sum } = found.get(name)?.() ?? {}
      if (data && sum === sumOf(source, data)) return data
      // What an earlier build has left is of no use.
      if (data) found.clear()
      return undefined
    },
    keep(name, source, script) {
      if (script.cachedDataRejected !== false) isComplete = false
      ran.set(name, { source, script })
    },
  }
}

/** V8 takes compiled code only where version and flags are the same. */
function nameFor(root) {
  const { version, arch, execArgv, env } = process
  return crc32(JSON.stringify([root, version, arch, execArgv, env.NODE_OPTIONS]))
    .toString(16)
    .padStart(8, '0')
}

/** Whether this user owns it, and nobody else may change it. Windows has each user's folders for that user only. */
function isOwn(stats) {
  if (process.getuid === undefined) return true
  return stats.uid === process.getuid() && (stats.mode & 0o022) === 0 && !stats.isSymbolicLink()
}

/** V8 itself would run what a broken disk has left. */
function sumOf(source, data) {
  return crc32(data, crc32(source))
}

/** Readers of the entries of a file, by module; none if it is not what `leave` has written. */
function read(file) {
  const none = new Map()
  try {
    if (!isOwn(fs.lstatSync(dirname(file)))) return none
    const descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0))
    if (!isOwn(fs.fstatSync(descriptor))) return none
    const at = (position, length) => {
      const bytes = Buffer.allocUnsafeSlow(length)
      return fs.readSync(descriptor, bytes, 0, length, position) === length ? bytes : undefined
    }
    const start = at(0, 8)
    const index = at(8, start.readUInt32LE(0))
    if (crc32(index) !== start.readUInt32LE(4)) return none
    const entries = JSON.parse(index.toString())
    return new Map(
      entries.map(([name, sum, position, length]) => [
        name,
        () => ({ sum, data: at(8 + index.length + position, length) }),
      ]),
    )
  } catch {
    return none
  }
}

/**
 * Writes a file in one step, so that no run sees half of one.
 *
 * @param found readers of entries to keep, by module
 * @param ran the scripts of modules, each with its source
 */
export function leave(file, found, ran) {
  const beside = `${file}.${process.pid}`
  try {
    make(dirname(file))
    if (!isOwn(fs.lstatSync(dirname(file)))) return
    fs.writeFileSync(beside, written(found, ran), { flag: 'wx', mode: 0o600 })
    fs.renameSync(beside, file)
    forget(dirname(file))
  } catch {
    remove(beside)
  }
}

function written(found, ran) {
  const entries = Array.from(ran, ([name, { source, script }]) => {
    const data = script.createCachedData()
    return { name, data, sum: sumOf(source, data) }
  })
  for (const [name, entry] of found) if (!ran.has(name)) entries.push({ name, ...entry() })
  let position = 0
  const rows = entries.map(({ name, data, sum }) => {
    position += data.length
    return [name, sum, position - data.length, data.length]
  })
  const index = Buffer.from(JSON.stringify(rows))
  const start = Buffer.alloc(8)
  start.writeUInt32LE(index.length, 0)
  start.writeUInt32LE(crc32(index), 4)
  return Buffer.concat([start, index, ...entries.map(({ data }) => data)])
}

function remove(path) {
  try {
    fs.unlinkSync(path)
  } catch {
    // It was never made, or a full disk has to live with it until `forget` comes.
  }
}

/** Makes a folder step by step: where the system makes none, as in /proc, Node's own recursion never ends. */
function make(folder) {
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  if (dirname(folder) !== folder) make(dirname(folder))
  fs.mkdirSync(folder, { mode: 0o700 })
}

/** Removes what installations that are gone, and runs that were killed, have left. */
function forget(folder) {
  for (const name of fs.readdirSync(folder)) {
    const path = join(folder, name)
    const isOld = fs.statSync(path).mtimeMs < Date.now() - longestKept
    if (isOld && /\.compiled(\.\d+)?$/.test(name)) remove(path)
  }
}
