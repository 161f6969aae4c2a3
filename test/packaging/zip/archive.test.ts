import { expect, test } from 'vitest'
import type { Entry } from '../../../src/packaging/model/types.ts'
import { archive } from '../../../src/packaging/zip/archive.ts'

test('the order in which entries come does not count, however many and however large they are', async () => {
  const entries = Array.from(
    { length: 300 },
    (_, index): Entry => ({
      path: `folder-${index % 7}/file-${index}.txt`,
      mode: index % 2 ? 0o644 : 0o755,
      content: Buffer.from('text '.repeat((index % 13) * 1000)),
    }),
  )
  const zip = await archive(entries)
  expect((await archive(entries.toReversed())).equals(zip)).toBe(true)
})
