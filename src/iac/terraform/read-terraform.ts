import { readdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { mapOf } from '../json.ts'
import type { OutputReader } from '../output-reader.ts'
import { functionsAmong } from './functions.ts'
import { providerRegions } from './provider-region.ts'
import { resourcesOf } from './resources.ts'

/** Reads the functions of a state, or of a plan, that `terraform show -json` printed. OpenTofu prints the same. */
export const terraform: OutputReader = {
  reads: 'the output of terraform show -json',
  async read(path, shownAs) {
    const text = await textAt(path, shownAs)
    const shown = text === undefined ? undefined : mapOf(parsed(text))
    if (!shown) return undefined
    if ('lineage' in shown && 'serial' in shown) throw notShown(shownAs, "Terraform's own state")
    const isShown = 'format_version' in shown && ('values' in shown || 'planned_values' in shown)
    if (!isShown) return undefined
    const regionOf = providerRegions(shown)
    const functions = functionsAmong(resourcesOf(shown), { folder: dirname(path), shownAs, regionOf })
    return { tool: 'Terraform', functions, left: [] }
  },
}

/** The text of a JSON file; undefined for others. @throws LambdactlError CONFIG_INVALID for a folder with Terraform's files */
async function textAt(path: string, shownAs: string): Promise<string | undefined> {
  if (path.endsWith('.json') || path.endsWith('.tfstate')) return readFile(path, 'utf8')
  if (path.endsWith('.tf')) throw notShown(shownAs, "Terraform's source")
  const names = await readdir(path).catch(() => [])
  if (names.some((name) => name.endsWith('.tf'))) throw notShown(shownAs, "a folder of Terraform's sources")
  return undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function notShown(shownAs: string, got: string): LambdactlError {
  return new LambdactlError(
    'CONFIG_INVALID',
    `${shownAs}: expected the output of terraform show -json, got ${got}.`,
    {
      next: ['Run there: terraform show -json > terraform.json; then: lambdactl init --from terraform.json'],
    },
  )
}
