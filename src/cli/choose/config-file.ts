import { resolve } from 'node:path'
import { findConfig } from '../../config/file/find-config.ts'
import { shownName } from '../../config/load.ts'
import { type NamedConfig, namedConfig } from '../../errors/next-step.ts'
import { placeFlags } from '../flags/for-shell.ts'

/** The configuration file of a command. */
export interface ChosenConfig {
  /** Absolute. */
  path: string
  named: NamedConfig
}

/**
 * Chooses the configuration file of a command: the one that a person named, else the nearest one.
 *
 * @param flag the value of `--config`
 * @throws LambdactlError CONFIG_NOT_FOUND, UNTRUSTED
 */
export async function chosenConfig(flag: string | undefined): Promise<ChosenConfig> {
  const path = resolve(flag ?? (await findConfig(process.cwd())))
  const asFlag = flag === undefined ? undefined : placeFlags({ config: flag }).join(' ')
  return { path, named: namedConfig(shownName(path), asFlag) }
}
