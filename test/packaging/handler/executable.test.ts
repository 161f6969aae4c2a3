import { expect, test } from 'vitest'
import { lambdaTarget } from '../../../src/packaging/binaries/target.ts'
import { executableProblem } from '../../../src/packaging/handler/executable.ts'
import { elf as linked } from '../elf.ts'

const elf = (machine: number, { big = false } = {}) => {
  const head = Buffer.from(`\x7fELF\x02${big ? '\x02' : '\x01'}\x01`.padEnd(20, '\0'), 'latin1')
  if (big) head.writeUInt16BE(machine, 18)
  else head.writeUInt16LE(machine, 18)
  return head
}

test.each([
  [elf(62), 'x86_64', undefined],
  [elf(183), 'arm64', undefined],
  [Buffer.from('#!/bin/sh\n'), 'arm64', undefined],
  [
    Buffer.from('#!/usr/bin/env bash\r\n'),
    'arm64',
    'a script with Windows line ends, so its interpreter is not found',
  ],
  [elf(183), 'x86_64', 'an ELF for arm64'],
  [elf(62), 'arm64', 'an ELF for x86_64'],
  [elf(3), 'x86_64', 'an ELF for 32-bit x86'],
  [elf(21, { big: true }), 'x86_64', 'an ELF for machine 21, big-endian'],
  [elf(62).subarray(0, 19), 'x86_64', 'an incomplete ELF'],
  [Buffer.from('cffaedfe07000001', 'hex'), 'x86_64', 'a Mach-O binary for macOS'],
  [Buffer.from('cafebabe00000002', 'hex'), 'x86_64', 'a Mach-O binary for macOS'],
  [Buffer.from('MZ\x90\0'), 'x86_64', 'a PE binary for Windows'],
  [Buffer.from('console.log(1)'), 'x86_64', 'neither an ELF nor a script that begins with #!'],
  [Buffer.alloc(0), 'x86_64', 'an empty file'],
  [linked('arm64', { interpreter: '/lib/ld-linux-aarch64.so.1' }), 'arm64', undefined],
  [
    linked('x86_64', { interpreter: '/lib/ld-musl-x86_64.so.1' }),
    'x86_64',
    'an ELF for musl, and not for glibc',
  ],
] as const)('%s on %s is %s', (content, architecture, problem) => {
  expect(executableProblem(content, lambdaTarget('provided.al2023', architecture))).toBe(problem)
})
