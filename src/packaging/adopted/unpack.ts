import { chmod, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { makeFolder } from '../../folders/make-folder.ts'
import { looksSecret } from '../select/keep-rules.ts'
import { deployedInvalid } from '../unzip/deployed-invalid.ts'
import type { DeployedFile } from './deployed-code.ts'
import { isUnpackable } from './packs-alike.ts'

/**
 * Writes downloaded code into an empty folder. Only the user can read files that look like secrets.
 *
 * @param what a name for a person: `shop-checkout-prod:3`
 * @throws LambdactlError PACKAGE_INVALID for a file that can't be written, or is damaged
 */
export async function unpack(files: readonly DeployedFile[], folder: string, what: string): Promise<void> {
  await makeFolder(folder)
  for (const { path, mode, strayed, content } of files) {
    if (strayed !== undefined) throw deployedInvalid(what, `its link ${path} ${strayed}`)
    if (isUnpackable(path)) throw deployedInvalid(what, `a file can't have the name ${JSON.stringify(path)}`)
    const file = join(folder, path)
    try {
      await makeFolder(dirname(file))
      const bytes = await content()
      await writeFile(file, bytes, { flag: 'wx', mode: mode & 0o700 })
      if (!looksSecret(path, bytes)) await chmod(file, mode)
    } catch (cause) {
      if (cause instanceof LambdactlError) throw cause
      throw deployedInvalid(what, `${path} can't be written: ${(cause as Error).message}`, cause)
    }
  }
}
