import type { ZipArchive, ZipEntryData } from 'archiver'
import { gather } from './gather.ts'
import { joinWrites, type Sink } from './join-writes.ts'

/** An entry whose data are deflated already; without `deflated` the data are stored. */
export interface RawEntryData extends ZipEntryData {
  crc: number
  /** Unzipped, bytes. */
  size: number
  deflated: boolean
}

/** A zip that archiver writes without deflating. */
export interface RawZip {
  add(data: Buffer, entry: RawEntryData): void
  /** Ends the zip and returns its bytes; nothing can be added any more. */
  finish(): Promise<Buffer>
}

/** Private names of archiver and of compress-commons below it. A test and a check at run time guard them. */
const within = {
  module: '_module',
  append: '_appendBuffer',
  writeHeader: '_writeLocalFileHeader',
  ended: '_afterAppend',
} as const

/** The writer of archiver's zips: zip-stream's class. */
interface Engine extends Sink {
  entry(source: Buffer, data: RawEntryData, callback: Callback): unknown
  [within.append](entry: EngineEntry, source: Buffer, callback: Callback): void
  [within.writeHeader](entry: EngineEntry): void
  [within.ended](entry: EngineEntry): void
}

interface EngineEntry {
  setMethod(method: 0 | 8): void
  setCrc(crc: number): void
  setSize(bytes: number): void
  setCompressedSize(bytes: number): void
  setVersionNeededToExtract(version: number): void
  getGeneralPurposeBit(): { useDataDescriptor(use: boolean): void }
}

type Callback = (error: Error | null) => void

/** @param expectedBytes the zip's largest size; a wrong value only costs memory */
export async function openRawZip(expectedBytes: number): Promise<RawZip> {
  const { ZipArchive } = await import('archiver')
  const zip = new ZipArchive()
  const engine = engineOf(zip)
  joinWrites(engine)
  const whole = gather(zip, expectedBytes)
  return {
    // Entries go directly to the engine: archiver's queue takes a turn of the event loop for each entry, half of the
    // time.
    add: (data, entry) => addEntry(engine, data, entry),
    async finish() {
      const [bytes] = await Promise.all([whole, zip.finalize()])
      return bytes
    },
  }
}

function engineOf(zip: ZipArchive): Engine {
  const engine = (zip as ZipArchive & { [within.module]?: { engine?: Engine } })[within.module]?.engine
  const methods = ['entry', within.append, within.writeHeader, within.ended] as const
  const missing = methods.find((name) => typeof engine?.[name] !== 'function')
  if (engine && !missing) return engine
  throw new Error(`This archiver is not the expected one: lambdactl needs archiver 8.0 with ${missing}.`)
}

function addEntry(engine: Engine, data: Buffer, entry: RawEntryData): void {
  engine[within.append] = (zipEntry, source, callback) => {
    describe(zipEntry, entry, source.length)
    engine[within.writeHeader](zipEntry)
    engine.write(source)
    engine[within.ended](zipEntry)
    callback(null)
  }
  engine.entry(data, entry, (error) => {
    if (error) throw error
  })
}

/** All facts are known before the data are written, so no descriptor has to follow the data. */
function describe(entry: EngineEntry, { crc, size, deflated }: RawEntryData, zippedSize: number): void {
  entry.getGeneralPurposeBit().useDataDescriptor(false)
  entry.setVersionNeededToExtract(deflated ? 20 : 10)
  entry.setMethod(deflated ? 8 : 0)
  entry.setCrc(crc)
  entry.setSize(size)
  entry.setCompressedSize(zippedSize)
}
