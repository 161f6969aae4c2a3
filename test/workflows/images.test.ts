import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ResolvedFunction } from '../../src/config/types.ts'
import { releaseFunction } from '../../src/workflows/release-function.ts'
import { rollBack } from '../../src/workflows/roll-back.ts'
import { aliasOf } from './canary.ts'
import { canary, deployed, type Service, service } from './service.ts'
import { failureOf, target, type World, world } from './world.ts'

let shop: Service
let made: World
beforeEach(async () => {
  shop = await service()
  made = world()
})
afterEach(() => shop[Symbol.asyncDispose]())

const uri = (digit: string) => `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${digit.repeat(64)}`

function withImage(digit: string, command: string[] = []): ResolvedFunction {
  const image = { uri: uri(digit), command, entryPoint: [], workingDirectory: '' }
  return { ...shop.fn, runtime: '', handler: '', image }
}

const release = (fn: ResolvedFunction) => releaseFunction(made.run, target, fn, canary)

test('an image goes through the same release as a zip, and is rolled back', async () => {
  made.alarms = { errors: [[0, 'OK']] }
  expect(await release(withImage('a'))).toMatchObject({ outcome: 'released', version: '1' })
  expect(await release(withImage('b'))).toMatchObject({ outcome: 'released', version: '2', previous: '1' })
  expect(made.functions.state.get(`${target.lambdaName}:2`)?.codeSha256).toBe('b'.repeat(64))
  await rollBack(made.run, target, { to: undefined, reason: undefined })
  expect(aliasOf(made)?.version).toBe('1')
})

test('the same image with the same start is nothing to deploy; another start is', async () => {
  made.alarms = { errors: [[0, 'OK']] }
  await release(withImage('a'))
  expect(await release(withImage('a'))).toMatchObject({ outcome: 'unchanged', version: '1' })
  made.calls.made.length = 0
  expect(await release(withImage('a', ['app.other']))).toMatchObject({ outcome: 'released', version: '2' })
  expect(made.changes().slice(0, 2)).toEqual(['functions.updateSettings', 'functions.publish'])
})

test.each([
  ['a zip', 'an image'],
  ['an image', 'a zip'],
])('%s never becomes %s: it is refused before anything is changed', async (is, wanted) => {
  const [first, second] = is === 'a zip' ? [shop.fn, withImage('a')] : [withImage('a'), shop.fn]
  await deployed(made, { ...shop, fn: first })
  const failure = await failureOf(release(second))
  expect(failure).toMatchObject({ code: 'PACKAGE_INVALID' })
  expect(failure.message).toBe(
    `The function ${target.lambdaName} was created with ${is}, and Lambda can't change that: expected ${is}, got ${wanted}.`,
  )
  expect(made.changes()).toEqual([])
})
