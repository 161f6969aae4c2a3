import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withFunction } from '../../src/config/add.ts'
import { loadConfig } from '../../src/config/load.ts'
import { initService } from '../../src/workflows/init-service.ts'
import { addFunction } from '../../src/workflows/templates/add-function.ts'
import { temporaryFolder } from '../cli/service.ts'
import { templateChoices, templatesDirectory } from './choices.ts'

/** Makes a service with the functions of all templates of a runtime. @returns its folder */
export async function serviceWithAll(runtime: string, service = 'shop'): Promise<string> {
  const directory = join(await temporaryFolder(), service)
  const [first, ...others] = templateChoices.filter((each) => each.runtime === runtime)
  const shared = { templatesDirectory, directory, service }
  await initService({ ...shared, schema: '{}', template: first?.template, runtime })
  const path = join(directory, 'lambdactl.yaml')
  for (const choice of others) {
    const config = await loadConfig(path)
    const before = await readFile(path, 'utf8')
    const name = `${choice.template}-2`
    const extend = (template: string) => withFunction({ config, text: before, name, template })
    await addFunction({ ...shared, ...choice, path, before, name, extend })
  }
  return directory
}
