import { expect, test } from 'vitest'
import { codeDigest, packageDigest } from '../../../src/packaging/model/digest.ts'

const a = { path: 'a.js', mode: 0o644, sha256: '01' } as const
const b = { path: 'b.js', mode: 0o755, sha256: '02' } as const

test('the order of files and of keys does not count', () => {
  const one = packageDigest([a, b], { memoryMb: 128, environment: { A: '1', B: '2' } })
  const two = packageDigest([b, a], { environment: { B: '2', A: '1' }, memoryMb: 128 })
  expect(one).toBe(two)
  expect(one).toMatch(/^[0-9a-f]{64}$/)
})

test('a property that is undefined is as good as none', () => {
  expect(packageDigest([a], { memoryMb: 128, role: undefined })).toBe(packageDigest([a], { memoryMb: 128 }))
})

test.each([
  ['a path', packageDigest([{ ...a, path: 'c.js' }], { layers: ['x', 'y'] })],
  ['a mode', packageDigest([{ ...a, mode: 0o755 }], { layers: ['x', 'y'] })],
  ['a content', packageDigest([{ ...a, sha256: '03' }], { layers: ['x', 'y'] })],
  ['a file more', packageDigest([a, b], { layers: ['x', 'y'] })],
  ['a setting', packageDigest([a], { layers: ['x', 'z'] })],
  ['the order of a list', packageDigest([a], { layers: ['y', 'x'] })],
  ['the type of a value', packageDigest([a], { layers: ['x', 'y'], n: '1' })],
])('%s makes another digest', (_what, digest) => {
  expect(digest).not.toBe(packageDigest([a], { layers: ['x', 'y'] }))
  expect(digest).not.toBe(packageDigest([a], { layers: ['x', 'y'], n: 1 }))
})

test('the digest is the same in every release of lambdactl, or everything would be deployed again', () => {
  expect(codeDigest([b, a])).toBe('3c5fdaa60902511fede94c87c1365be7296546f1f52adf0503ce4b4a57f8bd3d')
  expect(packageDigest([b, a], { memoryMb: 128, handler: 'index.handler' })).toBe(
    '267da320ca7c345e526e35001fb80301bc1900f3da0cba472da62a9751e6b68a',
  )
})
