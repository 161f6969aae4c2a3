import { expect, test } from 'vitest'
import { alone, barrier, type Part } from '../../../src/workflows/run/barrier.ts'

const three = () => barrier(3) as [Part, Part, Part]

test('all begin together, once the last of them is ready or has left', async () => {
  const [one, two, last] = three()
  let hasBegun = false
  const waiting = one.ready().then((areReady) => {
    hasBegun = true
    return areReady
  })
  two.leave()
  await Promise.resolve()
  expect(hasBegun).toBe(false)
  expect(await last.ready()).toBe(true)
  expect(await waiting).toBe(true)
})

test('none begins where one failed before it was ready, whoever comes first', async () => {
  const [one, two, last] = three()
  const waiting = one.ready()
  two.fail()
  expect(await waiting).toBe(false)
  expect(await last.ready()).toBe(false)
})

test('one that fails once it was ready holds nobody up', async () => {
  const [one, two, last] = three()
  const waiting = one.ready()
  one.fail()
  two.leave()
  expect(await last.ready()).toBe(true)
  expect(await waiting).toBe(true)
})

test('one alone waits for nobody', async () => {
  expect(await alone.ready()).toBe(true)
  expect(alone.isAlone).toBe(true)
})
