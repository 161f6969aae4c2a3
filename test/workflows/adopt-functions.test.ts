import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type AdoptOptions, adoptFunctions } from '../../src/workflows/adopt-functions.ts'
import type { Described } from '../../src/workflows/adoption/described.ts'
import { temporaryFolder } from '../cli/service.ts'
import { type ZipEntry, zipOf } from '../sandbox/lambda/zip.ts'
import { readyFunction } from './fake-functions.ts'
import { failureOf, type World, world } from './world.ts'

const name = 'legacy'
const plain: ZipEntry[] = [{ name: 'app.py', content: 'def handler(event, context):\n    return 1\n' }]

/** Puts a function there, its $LATEST made of these files. */
function existing(made: World, files = plain, change: Partial<ReturnType<typeof readyFunction>> = {}): void {
  made.functions.zips.set('sha', zipOf(files))
  made.functions.state.set(name, { ...readyFunction(name), codeSha256: 'sha', ...change })
}

async function adopt(made: World, change: Partial<AdoptOptions> = {}) {
  const directory = await temporaryFolder()
  const described: Described[] = []
  const describe = (found: readonly Described[]) => {
    described.push(...found)
    return { names: [{ name: 'checkout', isKnown: false }], text: 'service: shop\n' }
  }
  const alias = { asked: undefined, ofEnvironment: undefined }
  const schema = '{}\n'
  const functions = [{ lambdaName: name }]
  const options = { functions, alias, directory, before: undefined, schema, describe, ...change }
  const adopting = adoptFunctions(made.run, options).then(({ functions: [only] }) => only)
  return { directory, described, adopting }
}

test('a function is described with what its ARN says, and its code is where the file says', async () => {
  const made = world()
  const environment = { TABLE: 'orders', DB_PASSWORD: 'hush', apiKey: 'hush' }
  existing(made, plain, { settings: { ...readyFunction(name).settings, environment } })
  const { directory, described, adopting } = await adopt(made)
  expect(await adopting).toEqual({
    function: 'checkout',
    lambdaName: name,
    manages: 'function',
    alias: 'live',
    aliasExists: false,
    version: '$LATEST',
    source: 'functions/checkout',
    zipReason: undefined,
    files: 1,
    schema: 'lambdactl.schema.json',
    kept: [],
    secretFiles: [],
    variables: ['DB_PASSWORD', 'TABLE', 'apiKey'],
    secrets: ['DB_PASSWORD', 'apiKey'],
  })
  expect(described).toMatchObject([
    { region: 'eu-west-1', account: '123456789012', alias: 'live', role: 'role' },
  ])
  expect(await readFile(join(directory, 'lambdactl.yaml'), 'utf8')).toBe('service: shop\n')
  expect(await readdir(join(directory, 'functions'))).toEqual(['checkout'])
  expect(await readdir(join(directory, 'functions/checkout'))).toEqual(['app.py'])
  expect(made.changes()).toEqual([])
})

test('code with a link out of it stays the zip that it is', async () => {
  const made = world()
  const files = [...plain, { name: 'out', content: '../..', mode: 0o120777 }]
  existing(made, files)
  const { directory, described, adopting } = await adopt(made)
  expect(await adopting).toMatchObject({
    source: 'functions/checkout.zip',
    zipReason: 'its link out leaves the package',
    files: 2,
  })
  expect(described.map(({ isZip }) => isZip)).toEqual([false, true])
  expect(await readdir(join(directory, 'functions'))).toEqual(['checkout.zip'])
  expect(await readFile(join(directory, 'functions/checkout.zip'))).toEqual(zipOf(files))
})

test('code with a file out of it leaves nothing in the folder, and no file is described', async () => {
  const made = world()
  existing(made, [{ name: '../escaped.py', content: 'x' }])
  const { directory, adopting } = await adopt(made)
  expect(await failureOf(adopting)).toMatchObject({ code: 'PACKAGE_INVALID' })
  expect(await readdir(directory, { recursive: true })).not.toContain('lambdactl.yaml')
  expect((await readdir(directory, { recursive: true })).join()).not.toMatch(/checkout|adopting|escaped/)
})

test('variables that can not be decrypted are not taken for none', async () => {
  const made = world()
  existing(made, plain, { hiddenVariables: 'Access to KMS is denied.' })
  expect(await failureOf((await adopt(made)).adopting)).toMatchObject({
    code: 'NOT_PERMITTED',
    message: `The environment variables of ${name} can't be read: Access to KMS is denied.`,
  })
})

test('an image stays where it is: nothing is downloaded, and its URI is a field of the file', async () => {
  const made = world()
  const uri = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${'a'.repeat(64)}`
  const image = { command: ['app.main'], entryPoint: [], workingDirectory: '' }
  const settings = { ...readyFunction(name).settings, runtime: '', handler: '', image }
  existing(made, plain, { settings, image: uri })
  const { directory, described, adopting } = await adopt(made)
  expect(await adopting).toMatchObject({ source: undefined, files: 0 })
  expect(described[0]?.fields).toMatchObject({ image: { uri, command: ['app.main'] } })
  expect(described[0]?.fields).not.toHaveProperty('runtime')
  expect((await readdir(directory)).toSorted()).toEqual(['lambdactl.schema.json', 'lambdactl.yaml'])
})

test('where the file can not be written the code goes again', async () => {
  const made = world()
  existing(made)
  const { directory, adopting } = await adopt(made)
  await adopting
  const describe = () => ({ names: [{ name: 'other', isKnown: false }], text: 'x' })
  const again = await adopt(made, { directory, describe })
  expect(await failureOf(again.adopting)).toMatchObject({ code: 'PATH_TAKEN' })
  expect(await readdir(join(directory, 'functions'))).toEqual(['checkout'])
})

test('a file with values of variables only its user can read, also one that others could read before', async () => {
  const made = world()
  const modeAfter = async (environment: Record<string, string>, isNew: boolean) => {
    existing(made, plain, { settings: { ...readyFunction(name).settings, environment } })
    const directory = await temporaryFolder()
    const file = join(directory, 'lambdactl.yaml')
    if (!isNew) await writeFile(file, 'before')
    if (!isNew) await chmod(file, 0o644)
    await (await adopt(made, { directory, before: isNew ? undefined : 'before' })).adopting
    expect(await readFile(file, 'utf8')).toBe('service: shop\n')
    expect((await readdir(directory)).filter((each) => !each.endsWith('.json')).toSorted()).toEqual([
      'functions',
      'lambdactl.yaml',
    ])
    return (await stat(file)).mode & 0o777
  }
  expect([await modeAfter({ TABLE: 'a' }, true), await modeAfter({ TABLE: 'a' }, false)]).toEqual([
    0o600, 0o600,
  ])
  expect(await modeAfter({}, false)).toBe(0o644)
})

test.each(['lambdactl.yaml', 'functions'])('nothing is written through a link, %s', async (path) => {
  const made = world()
  existing(made)
  const [directory, other] = [await temporaryFolder(), await temporaryFolder()]
  const target = join(other, path)
  await (path === 'functions' ? mkdir(target) : writeFile(target, 'service: other\n'))
  await symlink(target, join(directory, path))
  const { adopting } = await adopt(made, { directory, before: path === 'functions' ? undefined : '' })
  expect(await failureOf(adopting)).toMatchObject({
    code: 'PATH_TAKEN',
    message: `${path} in ${directory} is a link; nothing was written.`,
  })
  expect(await readdir(directory)).toEqual([path])
  expect(await readdir(other, { recursive: true })).toEqual([path])
})

test('a file that somebody saved meanwhile is not overwritten', async () => {
  const made = world()
  existing(made)
  const directory = await temporaryFolder()
  await writeFile(join(directory, 'lambdactl.yaml'), 'service: theirs\n')
  const { adopting } = await adopt(made, { directory, before: 'service: shop\n' })
  expect(await failureOf(adopting)).toMatchObject({ code: 'CONFLICT' })
  expect(await readFile(join(directory, 'lambdactl.yaml'), 'utf8')).toBe('service: theirs\n')
  const files = await readdir(directory, { recursive: true })
  expect(files.filter((each) => each !== 'functions')).toEqual(['lambdactl.yaml'])
})
