import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readOutput } from '../../../src/iac/read-output.ts'
import { copyOf, fixtures } from '../fixtures.ts'

const project = join(fixtures, 'sam')
const built = join(project, '.aws-sam', 'build')

test('tells the folders that SAM built, the stack of samconfig.toml, and aliases of Globals', async () => {
  const { tool, functions, left } = await readOutput(built, '.aws-sam/build')
  const stack = { stack: 'shop', region: 'eu-west-1', isDefaultStack: true }
  const build = { run: ['sam', 'build'], in: project }
  const why = expect.any(String) as string
  const toAlias = expect.any(Array) as unknown[]
  expect({ tool, functions, left }).toEqual({
    tool: 'SAM',
    functions: [
      {
        ...stack,
        toAlias,
        build,
        logicalId: 'PayFunction',
        aliases: ['live'],
        source: { path: join(built, 'PayFunction') },
      },
      {
        ...stack,
        toAlias,
        build,
        logicalId: 'ReportFunction',
        lambdaName: 'nightly',
        aliases: ['nightly'],
        source: { path: join(built, 'ReportFunction') },
      },
      {
        ...stack,
        toAlias,
        logicalId: 'PhotoFunction',
        aliases: ['live'],
        left: [{ what: 'Code', file: '.aws-sam/build', why }],
      },
      {
        ...stack,
        toAlias,
        build,
        logicalId: 'RefundFunction',
        nested: ['Refunds'],
        aliases: ['refunds'],
        source: { path: join(built, 'Refunds', 'RefundFunction') },
      },
    ],
    left: [{ what: 'Shared', file: '.aws-sam/build', why }],
  })
})

test('takes the folder .aws-sam and the built template too, and does without a readable samconfig.toml', async () => {
  const copy = await copyOf('sam')
  await writeFile(join(copy, 'samconfig.toml'), 'no = toml = at all')
  for (const path of ['.aws-sam', '.aws-sam/build/template.yaml']) {
    const { functions } = await readOutput(join(copy, path), path)
    expect(functions).toHaveLength(4)
    expect(functions[0]).not.toHaveProperty('stack')
  }
  await rm(join(copy, 'samconfig.toml'))
  expect((await readOutput(join(copy, '.aws-sam'), '.aws-sam')).functions).toHaveLength(4)
})
