import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { initService } from '../../src/workflows/init-service.ts'

let root: string
let templatesDirectory: string
let directory: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lambdactl-init-'))
  templatesDirectory = join(root, 'templates')
  directory = join(root, 'service')
  await mkdir(join(templatesDirectory, 'node/src'), { recursive: true })
  await mkdir(join(templatesDirectory, 'broken'))
  await writeFile(join(templatesDirectory, 'node/lambdactl.yaml'), 'service: x\n')
  await writeFile(join(templatesDirectory, 'node/gitignore'), 'node_modules\n')
  await writeFile(join(templatesDirectory, 'node/src/index.ts'), 'export {}\n')
  await writeFile(join(templatesDirectory, 'broken/index.ts'), '')
})
afterEach(() => rm(root, { recursive: true }))

function init(template = 'node') {
  return initService({
    templatesDirectory,
    template,
    runtime: undefined,
    directory,
    service: 'shop',
    schema: '{}\n',
  })
}

const schemaFile = 'lambdactl.schema.json'

test('a template is copied, and gets its .gitignore and the schema', async () => {
  expect(await init()).toEqual({ files: ['.gitignore', schemaFile, 'lambdactl.yaml', 'src/index.ts'] })
  expect((await readdir(directory)).toSorted()).toEqual(['.gitignore', schemaFile, 'lambdactl.yaml', 'src'])
  expect(await readFile(join(directory, schemaFile), 'utf8')).toBe('{}\n')
  expect(await readFile(join(directory, '.gitignore'), 'utf8')).toBe('node_modules\n')
  expect(await readFile(join(directory, 'src/index.ts'), 'utf8')).toBe('export {}\n')
})

test.each([
  ['shop', 'service: shop\n', 'shop'],
  ['My_Shop', 'service: My_Shop\n', 'my_shop'],
  ['2024', 'service: "2024"\n', '2024'],
  ['true', 'service: "true"\n', 'true'],
])('the service is called %s wherever the template names it', async (service, yaml, npmName) => {
  const template = join(templatesDirectory, 'node')
  await writeFile(join(template, 'lambdactl.yaml'), 'service: hello-service\n')
  await writeFile(join(template, 'package.json'), '{"name": "hello-service"}')
  await initService({
    templatesDirectory,
    template: 'node',
    runtime: undefined,
    directory,
    service,
    schema: '{}\n',
  })
  expect(await readFile(join(directory, 'lambdactl.yaml'), 'utf8')).toBe(yaml)
  expect(await readFile(join(directory, 'package.json'), 'utf8')).toBe(`{"name": "${npmName}"}`)
})

test('other files of the folder stay as they are', async () => {
  await mkdir(join(directory, 'src'), { recursive: true })
  await writeFile(join(directory, 'src/other.ts'), 'mine')
  await init()
  expect(await readFile(join(directory, 'src/other.ts'), 'utf8')).toBe('mine')
})

test('nothing is written where one of the files is there already', async () => {
  await mkdir(directory)
  await writeFile(join(directory, 'lambdactl.yaml'), 'mine')
  await symlink('nowhere', join(directory, '.gitignore'))
  await expect(init()).rejects.toMatchObject({
    code: 'PATH_TAKEN',
    message: `.gitignore, lambdactl.yaml are in ${directory} already; nothing was written.`,
  })
  expect((await readdir(directory)).toSorted()).toEqual(['.gitignore', 'lambdactl.yaml'])
  expect(await readFile(join(directory, 'lambdactl.yaml'), 'utf8')).toBe('mine')
})

test('a file in place of a folder is in the way too', async () => {
  await mkdir(directory)
  await writeFile(join(directory, 'src'), 'mine')
  await expect(init()).rejects.toMatchObject({
    code: 'PATH_TAKEN',
    message: `src is in ${directory} already; nothing was written.`,
  })
  expect(await readdir(directory)).toEqual(['src'])
})

test.each(['nodejs', '../templates/node', ''])(
  'an unknown template, %j, is refused with those that there are',
  async (name) => {
    await expect(init(name)).rejects.toMatchObject({
      code: 'TEMPLATE_INVALID',
      message: `There is no template ${JSON.stringify(name)}: expected one of broken, node.`,
    })
  },
)

test('a template without lambdactl.yaml is refused', async () => {
  await expect(init('broken')).rejects.toMatchObject({
    code: 'TEMPLATE_INVALID',
    message: 'The template broken has no lambdactl.yaml.',
  })
})
