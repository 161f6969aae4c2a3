import { expect, test } from 'vitest'
import { type Tracked, wantedBy } from '../../../src/sandbox/autoscaling/decide.ts'

const quiet: Tracked = { high: false, low: false, scalesIn: true, value: 0.7, target: 0.7 }
const busy = { ...quiet, high: true, value: 0.77 }
const idle = { ...quiet, low: true, value: 0.1 }

test.each<[string, readonly Tracked[], number]>([
  ['no alarm changes nothing', [quiet], 10],
  ['a busy target gets as many as bring it to its target', [busy], 11],
  ['an idle one keeps as many as bring it there', [idle], 2],
  ['one policy that is busy is enough', [busy, idle], 11],
  ['some go only if all policies agree', [quiet, idle], 10],
  ['the policy that wants more decides', [idle, { ...idle, value: 0.35 }], 5],
  ['a policy without scale-in has no say in it', [{ ...quiet, scalesIn: false }, idle], 2],
  ['without a value nothing changes', [{ ...busy, value: undefined }], 10],
])('%s', (_, policies, wanted) => {
  expect(wantedBy(policies, 10)).toBe(wanted)
})
