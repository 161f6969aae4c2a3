import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixtures } from '../../iac/fixtures.ts'
import { ForeignFunction } from '../adopted.ts'
import { runTo } from '../cli.ts'
import { useSandbox } from '../sandbox.ts'
import { answering, temporaryFolder } from '../service.ts'

const sandbox = useSandbox()

test('an output for several Regions and accounts is taken for one place, and the others are named', async () => {
  const Tags = { 'aws:cloudformation:stack-name': 'Shop', 'aws:cloudformation:logical-id': 'Pay6F77D406' }
  const made = new ForeignFunction(sandbox(), 'Shop-Pay6F77D406-7Yj3kQ9z')
  await made.create([{ name: 'index.mjs', content: answering('one') }], { Tags })
  const folder = await temporaryFolder()
  await cp(join(fixtures, 'cdk.out'), join(folder, 'cdk.out'), { recursive: true })
  const place = sandbox().place({ folder }, { AWS_REGION: 'us-east-1' })
  const init = ['init', '--from', 'cdk.out', '--env', 'prod']
  const several = await runTo(2, init, place)
  expect(several.stderr).toContain('cdk.out has some for each of eu-west-1, us-east-1')
  expect(several.stderr).toContain('--region eu-west-1, or --region us-east-1')
  const here = [...init, '--region', 'eu-west-1']
  const ofAnother = await runTo(4, here, place)
  expect(ofAnother.stderr).toContain('Pay6F77D406: for us-east-1, account 210987654321')
  const manifest = join(folder, 'cdk.out', 'manifest.json')
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replaceAll('123456789012', '000000000000'))
  const adopted = await runTo(0, [...here, '--function', 'Pay*'], place)
  expect(adopted.stdout).toContain('adopted Shop-Pay6F77D406-7Yj3kQ9z')
  expect(adopted.stderr).toContain('cdk.out Pay6F77D406: for us-east-1, account 210987654321')
})
