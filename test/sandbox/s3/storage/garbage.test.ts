import { expect, test } from 'vitest'
import { createGarbage } from '../../../../src/sandbox/s3/storage/garbage.ts'
import type { Content, S3Context, Version } from '../../../../src/sandbox/s3/storage/store.ts'
import { KeptMap } from '../../../../src/sandbox/state/kept-map.ts'

const content = (digest: string): Content => ({
  digest,
  size: 1,
  etag: '',
  checksum: undefined,
  modified: 0,
})

function start() {
  const dropped: string[] = []
  let uncommitted: (() => void)[] = []
  const context = {
    objects: new KeptMap<Version>('object'),
    earlier: new KeptMap<Version[]>('earlier-versions'),
    parts: new KeptMap<Content>('part'),
    blobs: { drop: async (digest: string) => void dropped.push(digest) } as S3Context['blobs'],
    // Another change has the turn first.
    alone: <Answer>(change: () => Promise<Answer>) => Promise.resolve().then(change),
  }
  const forget = createGarbage(context, (work) => void uncommitted.push(work))
  return {
    context,
    dropped,
    forget,
    commit: async () => {
      const works = uncommitted
      uncommitted = []
      for (const work of works) work()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

test('a content stays until the disk no longer names it', async () => {
  const { dropped, forget, commit } = start()
  forget([content('a')])
  await new Promise((resolve) => setImmediate(resolve))
  expect(dropped).toEqual([])
  await commit()
  expect(dropped).toEqual(['a'])
})

test('a content that something holds again stays, also where that is undone later', async () => {
  const { context, dropped, forget, commit } = start()
  forget([content('a')])
  context.objects.set('bucket/key', content('a'))
  await commit()
  expect(dropped).toEqual([])
})

test('a content that was held and forgotten again waits for the later commit', async () => {
  const { dropped, forget, commit } = start()
  const [first, second] = [content('a'), content('a')]
  forget([first])
  const earlier = commit()
  forget([second])
  await earlier
  expect(dropped).toEqual([])
  await commit()
  expect(dropped).toEqual(['a'])
})
