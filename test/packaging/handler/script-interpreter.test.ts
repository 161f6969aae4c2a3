import { expect, test } from 'vitest'
import { interpreterNote } from '../../../src/packaging/handler/script-interpreter.ts'
import { elf, other, own } from '../elf.ts'
import { load } from '../loading.ts'

const noteOf = (line: string, layers: readonly string[] = []) =>
  interpreterNote(Buffer.from(`${line}\necho 1\n`), {
    runtime: 'provided.al2023',
    layers,
    paths: ['bin/run'],
  })

test.each([
  '#!/bin/sh',
  '#!/usr/bin/bash -eu',
  '#!/usr/bin/env bash',
  '#! /usr/bin/env -S LANG=C bash -e',
  '#!/var/task/bin/run',
  '\x7fELF',
])('%s is known to start', (line) => {
  expect(noteOf(line)).toBeUndefined()
})

test.each([
  ['#!/usr/bin/env node', 'node'],
  ['#!/usr/bin/python3', '/usr/bin/python3'],
  ['#!/var/task/bin/other', '/var/task/bin/other'],
  ['#!/opt/bin/php', '/opt/bin/php'],
])('%s is named', (line, program) => {
  expect(noteOf(line)).toBe(
    `bootstrap is started by ${program}, and neither the package nor provided.al2023 is known to have that program: each start may fail`,
  )
})

test('a layer may have it', () => {
  const layers = ['arn:aws:lambda:eu-west-1:123456789012:layer:php:1']
  expect(noteOf('#!/opt/bin/php', layers)).toBeUndefined()
  expect(noteOf('#!/usr/bin/env php', layers)).toBeUndefined()
  expect(noteOf('#!/usr/bin/php', layers)).toContain('/usr/bin/php')
})

test('of a provided function, its interpreter and its programs for another machine are named', async () => {
  const files = { bootstrap: '#!/usr/bin/env ruby\n', 'lib/a.so': elf(other), 'lib/b.so': elf(own) }
  expect(await load(files, { runtime: 'provided.al2023', architecture: own })).toEqual([
    expect.stringMatching(/^bootstrap is started by ruby, /),
    `lib/a.so is an ELF for ${other}: the function is ${own} and can't use it`,
  ])
})
