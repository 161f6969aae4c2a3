import { cp, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixtures } from '../../iac/fixtures.ts'
import { ForeignFunction } from '../adopted.ts'
import { runTo } from '../cli.ts'
import { useSandbox } from '../sandbox.ts'
import { answering, temporaryFolder, writeFiles } from '../service.ts'

const sandbox = useSandbox()

/** Does what `cdk synth` does after a change: another asset, with another name, in the manifest and the template. */
const synth = `
import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
const [before] = readdirSync('cdk.out').filter((name) => /^asset\\.2118f5eb/.test(name))
const after = before + '0'
renameSync('cdk.out/' + before, 'cdk.out/' + after)
writeFileSync('cdk.out/' + after + '/index.mjs', readFileSync('handler.mjs'))
for (const file of ['cdk.out/Shop.assets.json', 'cdk.out/Shop.template.json'])
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(before.slice(6), after.slice(6)))
`

test("releases a function of the CDK's output, whose asset has another folder after each synth", async () => {
  const made = await new ForeignFunction(sandbox(), 'cdk-made').create([
    { name: 'index.mjs', content: answering('placeholder') },
  ])
  const folder = await temporaryFolder()
  await cp(join(fixtures, 'cdk.out'), join(folder, 'cdk.out'), { recursive: true })
  await writeFiles(folder, {
    'lambdactl.yaml': `service: shop
functions:
  pay:
    name: ${made.name}
    source: cdk.out#Shop/Pay6F77D406
    build: [node, synth.mjs]
environments:
  prod: {region: eu-west-1, manages: code}
`,
    'synth.mjs': synth,
    'handler.mjs': answering('one'),
  })
  const place = sandbox().place({ folder })
  await runTo(0, ['deploy', '--env', 'prod'], place)
  const again = await runTo(0, ['deploy', '--env', 'prod'], place)
  expect(again.stdout).toBe('pay: nothing to deploy, live is on version 1\n')
  await writeFiles(folder, { 'handler.mjs': answering('two') })
  const released = await runTo(0, ['deploy', '--env', 'prod'], place)
  expect(released.stdout).toBe('pay: version 2 has 100% of live (before: 1)\n')
  const invoked = await runTo(0, ['invoke', 'pay', '--env', 'prod'], place)
  expect(JSON.parse(invoked.stdout)).toMatchObject({ text: 'two' })
  expect(await readdir(join(folder, 'cdk.out'))).toContain('asset.2118f5eb000')
  await rename(join(folder, 'cdk.out'), join(folder, 'elsewhere'))
  await writeFiles(folder, { 'synth.mjs': '' })
  const missing = await runTo(2, ['deploy', '--env', 'prod'], place)
  expect(missing.stderr).toContain(`did not make ${join(folder, 'cdk.out')}`)
})
