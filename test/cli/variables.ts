import { devNull } from 'node:os'

/** The variables of a spawned CLI: nothing of this machine's AWS settings, and only the credentials that a test gives. */
export function variables(home: string, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    // What a killed program leaves there goes with the folder.
    TMPDIR: home,
    NODE_DISABLE_COMPILE_CACHE: '1',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    ...extra,
  }
}
