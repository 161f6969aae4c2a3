import { devNull } from 'node:os'
import { join } from 'node:path'

/** Compiled code of the built program: a start takes an eighth less with it, and tests make a thousand of them. */
const compiled = join(import.meta.dirname, '../../node_modules/.cache/lambdactl')

/** The variables of a spawned CLI: nothing of this machine's AWS settings, and only the credentials that a test gives. */
export function variables(home: string, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    // The files that a killed program leaves there go with the folder.
    TMPDIR: home,
    NODE_COMPILE_CACHE: compiled,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    ...extra,
  }
}
