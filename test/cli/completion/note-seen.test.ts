import { expect, test } from 'vitest'
import { noteSeen } from '../../../src/cli/completion/note-seen.ts'
import type { Aws } from '../../../src/ports/aws.ts'

test('of a journal the releases are remembered, the newest first, and no operations', async () => {
  const lambdaName = 'shop-cart-prod'
  const entries = ['aaaa1111', `operations/${lambdaName}`, 'bbbb2222'].map((release, time) => {
    return { release, lambdaName, time }
  })
  const journal = { since: () => Promise.resolve(entries) }
  const { aws, seen } = noteSeen({ aliases: {}, functions: {}, journal } as unknown as Aws)
  await aws.journal.since(0)
  expect(seen()).toMatchObject({ [lambdaName]: { releases: ['bbbb2222', 'aaaa1111'] } })
})
