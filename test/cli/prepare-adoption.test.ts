import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareAdoption } from '../../src/cli/adopt/prepare-adoption.ts'
import { temporaryFolder } from './service.ts'

test('a folder in place of the configuration is named, and nothing is written', async () => {
  const directory = await temporaryFolder()
  await mkdir(join(directory, 'lambdactl.yaml'))
  const flags = { env: 'prod', alias: undefined, 'endpoint-url': undefined }
  await expect(prepareAdoption(directory, flags)).rejects.toMatchObject({
    code: 'PATH_TAKEN',
    message: expect.stringContaining('lambdactl.yaml is a folder') as string,
  })
})
