import { expect, test } from 'vitest'
import { LambdactlError } from '../../../src/errors/error.ts'
import { readZip } from '../../../src/packaging/unzip/ready-zip.ts'
import { archive } from '../../../src/packaging/zip/archive.ts'
import { zipOf } from '../../sandbox/lambda/zip.ts'

test('a stored file with another byte than its CRC-32 says is refused by its name', async () => {
  const zip = Buffer.from(
    zipOf([
      { name: 'index.py', content: '' },
      { name: 'lib/data.bin', content: 'hello' },
    ]),
  )
  zip.write('J', zip.indexOf('hello'))
  await expect(readZip(zip, 'ready.zip')).rejects.toMatchObject({
    code: 'PACKAGE_INVALID',
    message:
      'ready.zip is not a zip that can be read: of "lib/data.bin", the content does not match its CRC-32.',
  })
})

test('whichever one byte of a zip is another, it is refused or its contents are the same', async () => {
  const zip = await archive([
    { path: 'index.py', mode: 0o644, content: Buffer.from('def handler(): pass\n'.repeat(5)) },
    { path: 'lib/three.bin', mode: 0o755, content: Buffer.from([1, 2, 3]) },
  ])
  const contents = await contentsOf(zip)
  const outcomes = await Promise.all(Array.from(zip, (_, at) => contentsOf(flipped(zip, at))))
  expect(new Set(outcomes)).toEqual(new Set([contents, 'PACKAGE_INVALID']))
})

function flipped(zip: Buffer, at: number): Buffer {
  const damaged = Buffer.from(zip)
  damaged.writeUInt8((damaged[at] ?? 0) ^ (1 << (at % 8)), at)
  return damaged
}

/** Digests of the contents, or the code of the refusal. */
async function contentsOf(zip: Buffer): Promise<string> {
  try {
    const { files } = await readZip(zip, 'ready.zip')
    return files
      .map(({ sha256 }) => sha256)
      .toSorted()
      .join()
  } catch (error) {
    if (error instanceof LambdactlError) return error.code
    throw error
  }
}
