import { describe, expect, test } from 'vitest'
import { binaryProblem } from '../../src/packaging/binaries/binary-problem.ts'
import { foreignBinaries, foreignNotes } from '../../src/packaging/binaries/foreign.ts'
import { isAfter, lambdaTarget } from '../../src/packaging/binaries/target.ts'
import { elf } from './elf.ts'

const glibc = ['libc.so.6']

describe('what Lambda can load of a binary is told by its header', () => {
  test.each([
    ['of the architecture', elf('arm64', { libraries: glibc, versions: ['GLIBC_2.17'] }), undefined],
    [
      'that asks for the C library of Lambda',
      elf('arm64', { libraries: glibc, versions: ['GLIBC_2.34'] }),
      undefined,
    ],
    ['of another architecture', elf('x86_64'), 'an ELF for x86_64'],
    ['that is linked to nothing', elf('arm64'), undefined],
    [
      'for musl',
      elf('arm64', { libraries: ['libc.musl-aarch64.so.1'] }),
      'an ELF for musl, and not for glibc',
    ],
    [
      'for musl, as Rust names it',
      elf('arm64', { libraries: ['libc.so'] }),
      'an ELF for musl, and not for glibc',
    ],
    [
      'for a newer C library',
      elf('arm64', {
        libraries: glibc,
        versions: ['GLIBC_2.4', 'GLIBC_2.38', 'GLIBC_ABI_DT_RELR', 'GLIBC_2.9'],
      }),
      'an ELF for glibc 2.38 or newer',
    ],
    ['that is no binary', Buffer.from('// a script'), undefined],
    ['for macOS', Buffer.from('cffaedfe', 'hex'), 'a Mach-O binary for macOS'],
    ['for Windows', Buffer.from('MZ'), 'a PE binary for Windows'],
    ['that is cut off', elf('arm64').subarray(0, 10), 'an incomplete ELF'],
  ])('one %s', (_, content, problem) => {
    expect(binaryProblem(content, lambdaTarget('nodejs24.x', 'arm64'))).toBe(problem)
  })

  test('a damaged one is judged by its machine alone, wherever it is cut off', () => {
    const whole = elf('arm64', { libraries: ['libc.musl-aarch64.so.1'], versions: ['GLIBC_2.99'] })
    for (let length = 20; length < whole.length; length += 1) {
      expect(() =>
        binaryProblem(whole.subarray(0, length), lambdaTarget('nodejs24.x', 'arm64')),
      ).not.toThrow()
    }
    for (let at = 32; at < whole.length; at += 1) {
      const damaged = Buffer.from(whole)
      damaged.fill(0xff, at, Math.min(at + 8, whole.length))
      expect(() => binaryProblem(damaged, lambdaTarget('nodejs24.x', 'arm64'))).not.toThrow()
    }
  })

  test.each([
    ['nodejs18.x', '2.26'],
    ['nodejs20.x', '2.34'],
    ['nodejs24.x', '2.34'],
    ['python3.9', '2.26'],
    ['python3.11', '2.26'],
    ['python3.12', '2.34'],
    ['python3.14', '2.34'],
    ['provided.al2', '2.26'],
    ['provided.al2023', '2.34'],
  ])('%s has glibc %s', (runtime, version) => {
    expect(lambdaTarget(runtime)).toEqual({ architecture: 'x86_64', glibc: version })
  })

  test('versions are compared number by number', () => {
    expect([
      isAfter('2.34', '2.4'),
      isAfter('2.4', '2.34'),
      isAfter('2.34', '2.34'),
      isAfter('2.34.1', '2.34'),
    ]).toEqual([true, false, false, true])
  })
})

describe('a dependency is for another machine alone', () => {
  const foreign = (paths: Record<string, string | undefined>) =>
    foreignBinaries(Object.entries(paths).map(([path, problem]) => ({ path, problem, runsHere: false }))).map(
      ({ path }) => path,
    )
  const wrong = 'an ELF for x86_64'

  test.each([
    [
      'where it has one binary',
      { 'node_modules/bcrypt/lib/b.node': wrong },
      ['node_modules/bcrypt/lib/b.node'],
    ],
    [
      'where all of its are',
      {
        'node_modules/a/prebuilds/linux-x64/a.node': wrong,
        'node_modules/a/prebuilds/darwin-x64/a.node': wrong,
      },
      ['node_modules/a/prebuilds/linux-x64/a.node'],
    ],
    [
      'and not where the right one is among them',
      {
        'node_modules/a/prebuilds/linux-x64/a.node': wrong,
        'node_modules/a/prebuilds/linux-arm64/a.node': undefined,
      },
      [],
    ],
    [
      'and not where each machine has a package of its own',
      {
        'node_modules/@img/sharp-linux-x64/lib/sharp.node': wrong,
        'node_modules/@img/sharp-linuxmusl-arm64/lib/sharp.node': wrong,
        'node_modules/@img/sharp-linux-arm64/lib/sharp.node': undefined,
        'node_modules/@esbuild/linux-x64/bin/esbuild': wrong,
        'node_modules/@esbuild/linux-arm64/bin/esbuild': undefined,
        'node_modules/@node-rs/crc32-linux-x64-gnu/crc32.linux-x64-gnu.node': wrong,
        'node_modules/@node-rs/crc32-linux-arm64-gnu/crc32.linux-arm64-gnu.node': undefined,
      },
      [],
    ],
    [
      'whatever another dependency has',
      {
        'node_modules/@img/sharp-linux-x64/lib/sharp.node': wrong,
        'node_modules/@img/color-linux-arm64/color.node': undefined,
        'node_modules/a/node_modules/b/b.node': wrong,
        'node_modules/a/a.node': undefined,
      },
      ['node_modules/@img/sharp-linux-x64/lib/sharp.node', 'node_modules/a/node_modules/b/b.node'],
    ],
    [
      'in Python, where its libraries lie beside it',
      {
        'numpy/core/_umath.cpython-312-x86_64-linux-gnu.so': wrong,
        'numpy.libs/libopenblas64_p-r0.3.23.so': wrong,
        '_cffi_backend.cpython-312-x86_64-linux-gnu.so': wrong,
        '_cffi_backend.cpython-312-aarch64-linux-gnu.so': undefined,
      },
      ['numpy/core/_umath.cpython-312-x86_64-linux-gnu.so'],
    ],
    [
      'where it is the own',
      { 'bin/linux-x64/ffmpeg': wrong, 'bin/linux-arm64/ffmpeg': undefined, 'bin/a': wrong },
      ['bin/a'],
    ],
  ])('%s', (_, paths, expected) => {
    expect(foreign(paths)).toEqual(expected)
  })

  test('three are named, and the others counted', () => {
    const many = Array.from({ length: 5 }, (_, index) => ({ path: `${index}.node`, problem: wrong }))
    const notes = foreignNotes(many, 'arm64')
    expect(notes[0]).toBe("0.node is an ELF for x86_64: the function is arm64 and can't use it")
    expect(notes.slice(3)).toEqual(['2 more dependencies have binaries only for other machines'])
  })
})
