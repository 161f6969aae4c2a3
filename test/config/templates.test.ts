import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { packageFunction } from '../../src/packaging/package-function.ts'
import { wholeEnvironment } from './whole-environment.ts'

const templates = join(import.meta.dirname, '../../templates')

/** Pipelines are no services. */
const services = (await readdir(templates)).filter((name) => name !== 'ci')

test.each(services)(
  'the template %s is valid, starts with the sandbox, and can be packaged',
  async (name) => {
    const config = await loadConfig(join(templates, name, 'lambdactl.yaml'))
    expect(Object.keys(config.environments)).toEqual(['sandbox'])
    const { functions, endpoint } = wholeEnvironment(config, 'sandbox', {})
    expect(endpoint).toBe('http://127.0.0.1:4510')
    expect(functions).toMatchObject([
      {
        name: 'hello',
        lambdaName: 'hello-service-hello-sandbox',
        release: { alarms: [], smoke: [{ name: 'hello.json', payload: { name: 'Ada' } }] },
      },
    ])
    for (const fn of functions) expect((await packageFunction(fn)).files).toHaveLength(1)
  },
)
