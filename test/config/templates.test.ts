import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { packageFunction } from '../../src/packaging/package-function.ts'
import { initService } from '../../src/workflows/init-service.ts'
import { templateChoices, templatesDirectory } from '../templates/choices.ts'
import { wholeEnvironment } from './whole-environment.ts'

/** Makes the service of a template in a folder of its own. */
async function made(template: string, runtime: string | undefined) {
  const directory = await mkdtemp(join(tmpdir(), 'lambdactl-template-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  await initService({ templatesDirectory, template, runtime, directory, service: 'shop', schema: '{}' })
  const config = await loadConfig(join(directory, 'lambdactl.yaml'))
  expect(Object.keys(config.environments)).toEqual(['sandbox'])
  return wholeEnvironment(config, 'sandbox', {})
}

test.each(['node', 'python'])(
  'the template %s is valid, starts with the sandbox, and can be packaged',
  async (name) => {
    const { functions, endpoint } = await made(name, undefined)
    expect(endpoint).toBe('http://127.0.0.1:4510')
    expect(functions).toMatchObject([
      {
        name: 'hello',
        lambdaName: 'shop-hello-sandbox',
        release: { alarms: [], smoke: [{ name: 'hello.json', payload: { name: 'Ada' } }] },
      },
    ])
    for (const fn of functions) expect((await packageFunction(fn)).files).toHaveLength(1)
  },
)

test.each(templateChoices)(
  'the template $template for $runtime has gates, a role of its own, and one file to package',
  async ({ template, runtime }) => {
    const { functions, endpoint } = await made(template, runtime)
    expect(endpoint).toBe('http://127.0.0.1:4510')
    for (const fn of functions) {
      expect(fn.role).toBe(`arn:aws:iam::000000000000:role/${fn.lambdaName}`)
      expect(fn.logFormat).toBe('json')
      expect(fn.release.alarms).toContain(`${fn.lambdaName}-live-errors`)
      expect(fn.release.smoke).toHaveLength(1)
      expect((await packageFunction(fn)).files).toHaveLength(1)
    }
    expect(functions).toHaveLength(1)
  },
)
