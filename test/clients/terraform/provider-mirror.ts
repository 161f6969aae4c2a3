import { existsSync, globSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Folders where machines without a network keep Terraform's providers, each below `registry.terraform.io/`. */
const usual = [
  join(homedir(), '.terraform.d/plugins'),
  '/usr/local/share/terraform/plugins',
  '/usr/share/terraform/plugins',
  '/opt/*',
]

/**
 * Returns Terraform's settings for finding its AWS provider on this machine: the content of a CLI configuration file.
 *
 * @returns undefined where no folder has the provider
 */
export function mirrorSettings(): string | undefined {
  const configured = process.env['TF_PLUGIN_CACHE_DIR']
  const folders = configured && existsSync(configured) ? [configured, ...usual] : usual
  const [found] = folders.flatMap((folder) => globSync(join(folder, 'registry.terraform.io/hashicorp/aws')))
  if (found === undefined) return undefined
  const mirror = join(found, '../../..')
  return `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`
}
