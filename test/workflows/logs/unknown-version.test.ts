import { beforeEach, expect, test } from 'vitest'
import { tellUnknownVersion } from '../../../src/workflows/logs/absent/tell-unknown-version.ts'
import type { Notice } from '../../../src/workflows/logs/notice.ts'
import { awsError } from '../calls.ts'
import { readyFunction } from '../fake-functions.ts'
import { target, type World, world } from '../world.ts'

const sources = [{ name: 'checkout', lambdaName: target.lambdaName }]

let made: World
let notices: Notice[]

beforeEach(() => {
  made = world()
  notices = []
  made.functions.state.set(target.lambdaName, readyFunction(target.lambdaName))
})

const look = (version: string) =>
  tellUnknownVersion(made.run, { version }, (notice) => void notices.push(notice))

test('a version that no function has is told once', async () => {
  const again = look('99')
  await again(sources)
  await again(sources)
  expect(notices).toMatchObject([
    {
      notice: 'unknown-version',
      version: '99',
      functions: ['checkout'],
      next: ['See the versions: lambdactl status'],
    },
  ])
})

test('a tail goes on where the versions may not be read', async () => {
  made.calls.faults.push(({ name }) =>
    name === 'functions.get' ? { error: awsError('NOT_PERMITTED') } : undefined,
  )
  await look('99')(sources)
  expect(notices).toEqual([])
})
