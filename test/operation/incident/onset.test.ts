import { expect, test } from 'vitest'
import { type LastRelease, onsetOf, speaksAgainst } from '../../../src/operation/incident/onset.ts'

const at = (clock: string) => Date.parse(`2026-11-27T${clock}Z`)
const release: LastRelease = { id: 'k3f9q2ab', version: '2', wentLive: at('03:40:34') }
const back = { ...release, wentBack: at('03:45:00') }

test.each([
  ['soon after it', '03:40:41', release, 'after', 'version 2 went live 7 s before', true],
  ['as it began', '03:40:34', release, 'after', 'version 2 went live 0 ms before', true],
  ['long after it', '05:00:00', release, 'after', 'version 2 went live 1 h 19 min before', false],
  ['before it', '03:40:00', release, 'before', '34 s before version 2 went live', false],
  ['before it, and it was rolled back', '03:40:00', back, 'before', '34 s before version 2 went live', false],
  [
    'by a version that is rolled back by now',
    '03:40:41',
    back,
    'after',
    'version 2 went live 7 s before and was rolled back 4 min 19 s after it',
    false,
  ],
  ['after its rollback', '03:47:00', back, 'after-rollback', '2 min after version 2 was rolled back', false],
] as const)('an alarm that began %s', (_, clock, last, when, words, isAgainst) => {
  const onset = onsetOf(at(clock), last)
  expect(onset).toMatchObject({ when, afterMs: at(clock) - last.wentLive, release: 'k3f9q2ab' })
  expect(onset.summary).toBe(`since 2026-11-27T${clock}.000Z, ${words}`)
  expect(speaksAgainst(onset, last)).toBe(isAgainst)
})
