/**
 * One way to make a zip of a folder, in a process of its own: `node bench/package-contender.ts WAY FOLDER`. Says how many
 * bytes the zip has.
 */
import { createWriteStream, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { crc32, deflateRawSync } from 'node:zlib'

const [way = '', folder = '', out = ''] = process.argv.slice(2)
const ways: Record<string, () => Promise<number>> = { floor, archiver }

if (isMainThread) console.log(await ways[way]?.())
else parentPort?.on('message', (paths: string[]) => parentPort?.postMessage(deflated(paths), []))

/** The work that is needed in any case: each file is read, summed and deflated, in two workers. */
async function floor(): Promise<number> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const batches = Array.from({ length: Math.ceil(paths.length / 255) }, (_, index) =>
    paths.slice(index * 255, (index + 1) * 255),
  )
  const totals = await Promise.all([0, 1].map(() => deflateIn(new Worker(import.meta.filename), batches)))
  return totals.reduce((sum, total) => sum + total, 0)
}

function deflateIn(worker: Worker, batches: string[][]): Promise<number> {
  return new Promise((resolve, reject) => {
    let total = 0
    const give = () => {
      const batch = batches.pop()
      if (batch) worker.postMessage(batch, [])
      else void worker.terminate().then(() => resolve(total))
    }
    worker.on('error', reject)
    worker.on('message', (bytes: number) => {
      total += bytes
      give()
    })
    give()
  })
}

function deflated(paths: readonly string[]): number {
  let bytes = 0
  for (const path of paths) {
    const content = readFileSync(path)
    crc32(content)
    bytes += deflateRawSync(content, { level: 6 }).length
  }
  return bytes
}

async function archiver(): Promise<number> {
  const { ZipArchive } = await import('archiver')
  const zip = new ZipArchive({ zlib: { level: 6 } })
  const file = createWriteStream(out)
  zip.pipe(file)
  zip.directory(folder, false)
  await Promise.all([zip.finalize(), finished(file)])
  return zip.pointer()
}
