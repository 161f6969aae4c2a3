import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import type { LambdactlError } from '../../src/errors/error.ts'
import { stepsFor, usualConfig } from '../../src/errors/next-step.ts'
import type { LoadingSource } from '../../src/packaging/model/types.ts'
import { type Architecture, elf, other, own } from './elf.ts'
import { failureOf, load } from './loading.ts'

const folderOf = { x86_64: 'x64', arm64: 'arm64' } as const
const uses = "const addon = require('addon')\nexports.handler = () => addon"
const glibc = { libraries: ['libc.so.6'], versions: ['GLIBC_2.17'] }

/** A function with an add-on that is made for an architecture. */
const withAddOn = (architecture: Architecture, index = "module.exports = require('./build/addon.node')") => ({
  'index.js': uses,
  'node_modules/addon/index.js': index,
  'node_modules/addon/build/addon.node': elf(architecture, glibc),
})

/** As packages of Node-API do: one package a machine, and an error of its own where there is none. */
const chooses = `let binding
try {
  binding = require('@scope/addon-' + process.platform + '-' + require('node:os').arch() + '-gnu')
} catch {}
if (!binding) throw new Error('Failed to load native binding')
module.exports = binding`
const chosen = (architecture: Architecture) => {
  const name = `addon-linux-${folderOf[architecture]}-gnu`
  const index = `node_modules/@scope/${name}/index.js`
  return {
    'index.js': uses,
    'node_modules/addon/index.js': chooses,
    [index]: "module.exports = require('./addon.node')",
    [`node_modules/@scope/${name}/addon.node`]: elf(architecture, glibc),
  }
}

/** An add-on of this machine that the tools of this project come with; undefined where they have none. */
function realAddOn(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(`lightningcss-linux-${folderOf[own]}-gnu`)
  } catch {
    return undefined
  }
}
const real = realAddOn()

const loadFor = (
  architecture: Architecture,
  files: Record<string, string | Buffer>,
  more: Partial<LoadingSource> = {},
) => load(files, { architecture, ...more })

describe("a handler whose add-on Lambda can't load is refused, whatever this machine can", () => {
  test.each([
    ['for this machine, of a function of the other architecture', other, own],
    ['for the other architecture, of a function of this one', own, other],
  ])('%s', async (_, of, madeFor) => {
    const message = await failureOf(loadFor(of, withAddOn(madeFor)))
    expect(message).toContain("can't be loaded, so Lambda couldn't start it")
    expect(message).toContain(
      `node_modules/addon/build/addon.node is an ELF for ${madeFor}; the function is ${of}.`,
    )
    const failure = await loadFor(of, withAddOn(madeFor)).catch((error: LambdactlError) => error)
    const [next] = stepsFor(usualConfig, (failure as LambdactlError).next)
    expect(next).toContain(`npm install --cpu=${folderOf[of]} --os=linux --libc=glibc`)
  })

  test.skipIf(!real)('also one that this machine loads', async () => {
    const files = { ...withAddOn(own), 'node_modules/addon/build/addon.node': readFileSync(real ?? '') }
    expect(await loadFor(own, files)).toEqual([])
    expect(await failureOf(loadFor(other, files))).toContain(
      `is an ELF for ${own}; the function is ${other}.`,
    )
  })

  test('also where it says something else, or is chosen by the machine', async () => {
    expect(await failureOf(loadFor(other, chosen(own)))).toMatch(
      new RegExp(
        `Failed to load native binding[^]*addon\\.node is an ELF for ${own}; the function is ${other}`,
      ),
    )
  })

  test.each([
    ['for musl', elf(own, { libraries: ['libc.musl-x86_64.so.1'] }), 'an ELF for musl, and not for glibc'],
    [
      'for a newer C library',
      elf(own, { libraries: ['libc.so.6'], versions: ['GLIBC_2.99'] }),
      'an ELF for glibc 2.99 or newer',
    ],
    ['for macOS', Buffer.from('cffaedfe0c000001', 'hex'), 'a Mach-O binary for macOS'],
    ['for Windows', Buffer.from('MZ'), 'a PE binary for Windows'],
  ])('%s', async (_, content, problem) => {
    const files = { ...withAddOn(own), 'node_modules/addon/build/addon.node': content }
    expect(await failureOf(loadFor(own, files))).toContain(`addon.node is ${problem}`)
  })

  test('beside a bundle', async () => {
    const more = { bundle: { external: ['addon'] }, include: ['node_modules/addon/'] }
    expect(await failureOf(loadFor(other, withAddOn(own), more))).toContain(`addon.node is an ELF for ${own}`)
  })
})

describe('what Lambda would run is not refused', () => {
  const elsewhere =
    /^binaries for another machine were not loaded, so the handler was not tried: node_modules\//

  test('the right add-on that this machine can not load is only said', async () => {
    const notes = await loadFor(other, withAddOn(other))
    expect(notes).toEqual([expect.stringMatching(elsewhere)])
    const chosenByMachine = await loadFor(other, chosen(other))
    expect(chosenByMachine).toEqual([expect.stringMatching(elsewhere)])
  })

  test('so it is where that of this machine lies beside it', async () => {
    const notes = await loadFor(other, { ...chosen(own), ...chosen(other) })
    expect(notes).toEqual([expect.stringMatching(elsewhere)])
  })

  test('and beside a bundle', async () => {
    const more = { bundle: { external: ['addon'] }, include: ['node_modules/addon/'] }
    expect(await loadFor(other, withAddOn(other), more)).toEqual([expect.stringMatching(elsewhere)])
  })

  test('where a layer may have the right one, it is only said', async () => {
    const layers = ['arn:aws:lambda:eu-west-1:123456789012:layer:add-on:1']
    expect(await loadFor(other, chosen(own), { layers })).toEqual([
      expect.stringContaining(`is an ELF for ${own}`),
      `the handler was not loaded, since a layer may have the binaries for ${other}: Error: Failed to load native binding`,
    ])
  })

  test('a handler that does without its add-on is loaded, and the add-on is named', async () => {
    const optional = "try { require('./build/addon.node') } catch {}"
    expect(await loadFor(other, withAddOn(own, optional))).toEqual([
      `node_modules/addon/build/addon.node is an ELF for ${own}: the function is ${other} and can't use it`,
    ])
    expect(await loadFor(other, withAddOn(other, optional))).toEqual([])
  })

  test('one that is asked for later is named, and so it is without loading', async () => {
    const later = 'exports.later = () => require("./build/addon.node")'
    const named = [expect.stringContaining('addon.node is an ELF for') as string]
    expect(await loadFor(other, withAddOn(own, later))).toEqual(named)
    expect(await loadFor(other, withAddOn(own), { load: false })).toEqual(named)
    expect(await loadFor(other, withAddOn(other), { load: false })).toEqual([])
  })
})

describe('a Python extension', () => {
  const tag = { x86_64: 'x86_64', arm64: 'aarch64' } as const
  const python = { runtime: 'python3.14', handler: 'app.handler' }
  const files = (
    architecture: Architecture,
    name = `fast.cpython-314-${tag[architecture]}-linux-gnu.so`,
  ) => ({
    'app.py': 'import pkg.fast\ndef handler(event, context):\n    return 1\n',
    'pkg/__init__.py': '',
    [`pkg/${name}`]: elf(architecture, glibc),
  })

  test("that Lambda's Python does not find, or can't load, is an error", async () => {
    expect(await failureOf(loadFor(other, files(own), python))).toMatch(
      /No module named 'pkg\.fast'[^]*pkg\/fast\.cpython-314-\w+-linux-gnu\.so is an ELF for/,
    )
    expect(await failureOf(loadFor(other, files(own, 'fast.abi3.so'), python))).toContain(
      `pkg/fast.abi3.so is an ELF for ${own}; the function is ${other}.`,
    )
  })

  test('that only this machine can not load is said', async () => {
    expect(await loadFor(other, files(other), python)).toEqual([
      expect.stringMatching(/^binaries for another machine were not loaded, .*: pkg\/fast\./),
    ])
  })

  test('for another Python is named', async () => {
    const notes = await loadFor(own, files(own, `fast.cpython-311-${tag[own]}-linux-gnu.so`), {
      ...python,
      load: false,
    })
    expect(notes).toEqual([expect.stringContaining('is an extension for Python 3.11')])
  })
})
