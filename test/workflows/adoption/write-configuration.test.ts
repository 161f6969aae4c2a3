import { mkdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeConfigurationFile } from '../../../src/workflows/adoption/write-configuration.ts'
import { temporaryFolder } from '../../cli/service.ts'

test('a linked configuration is written at its target, and stays a link', async () => {
  const folder = await temporaryFolder()
  const target = join(folder, 'shared', 'shop.yaml')
  const link = join(folder, 'lambdactl.yaml')
  await mkdir(join(folder, 'shared'))
  await writeFile(target, 'service: shop\n')
  await symlink(join('shared', 'shop.yaml'), link)
  await writeConfigurationFile(link, { text: 'service: till\n', before: 'service: shop\n', hasValues: false })
  expect(await readlink(link)).toBe(join('shared', 'shop.yaml'))
  expect(await readFile(target, 'utf8')).toBe('service: till\n')
})
