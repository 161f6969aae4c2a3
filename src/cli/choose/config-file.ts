import { resolve } from 'node:path'
import { findConfig, shownName } from '../../config/load.ts'
import { nameConfigFile } from '../../errors/config-file.ts'
import { placeFlags } from '../flags/for-shell.ts'

/**
 * The configuration file of a command: the one that a person named, or else the nearest one. Later messages name it.
 *
 * @param named by `--config`
 * @throws LambdactlError CONFIG_NOT_FOUND, UNTRUSTED
 */
export async function chosenConfig(named: string | undefined): Promise<string> {
  const path = named ?? (await findConfig(process.cwd()))
  const flag = named === undefined ? undefined : placeFlags({ config: named }).join(' ')
  nameConfigFile({ path: resolve(path), shownAs: shownName(path), flag })
  return path
}
