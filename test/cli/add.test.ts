import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runTo } from './cli.ts'
import { temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

test('functions are added to a service from templates, whole or not at all', async () => {
  const folder = await temporaryFolder()
  const env = variables(folder)
  await runTo(0, ['init', 'shop'], { cwd: folder, env })
  const place = { cwd: join(folder, 'shop'), env }
  const read = (file: string) => readFile(join(place.cwd, file), 'utf8')

  const { stdout, stderr } = await runTo(0, ['add', 'checkout'], place)
  expect(stdout).toBe(
    'wrote events/checkout.json\nwrote functions/checkout/index.ts\nadded checkout to lambdactl.yaml\n',
  )
  expect(stderr).toContain('Next: lambdactl deploy checkout --env sandbox')
  const added = await runTo(0, ['add', 'report', '--template', 'python', '--json'], place)
  expect(JSON.parse(added.stdout)).toMatchObject({
    files: ['events/report.json', 'functions/report/index.py'],
  })
  await runTo(0, ['package', 'checkout', 'report'], place)
  const named = await runTo(0, ['add', 'bill', '--config', 'shop/lambdactl.yaml'], { cwd: folder, env })
  expect(named.stderr).toContain('lambdactl deploy bill --env sandbox --config shop/lambdactl.yaml\n')

  const before = await read('lambdactl.yaml')
  await writeFile(join(place.cwd, 'events', 'pay.json'), '{}')
  const taken = await runTo(2, ['add', 'pay'], place)
  expect(taken.stderr).toContain('events/pay.json is in')
  await runTo(2, ['add', 'checkout'], place)
  await runTo(2, ['add', 'a b'], place)
  await runTo(2, ['add', 'pay', '--template', 'cobol'], place)
  expect(await read('lambdactl.yaml')).toBe(before)
  await expect(read('functions/pay/index.ts')).rejects.toThrow('ENOENT')
})
