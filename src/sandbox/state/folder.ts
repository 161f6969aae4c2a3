import { chmod, open, readdir, stat } from 'node:fs/promises'
import { LambdactlError } from '../../errors/error.ts'
import { makeFolder } from '../../folders/make-folder.ts'
import { storageReason } from './storage.ts'

/** The names of the sandbox's own files in its folder, and of files that a new file system or git puts there. */
const ownNames = /^(?:state\.db|lock|code$|objects$|lost\+found$|\.git(?:ignore|keep)$)/

/** The files of older sandboxes, which had one for each service. */
const olderNames = ['cloudwatch', 'lambda', 'logs', 's3', 'secretsmanager', 'ssm'].map(
  (name) => `${name}.json`,
)

/**
 * Makes the folder if it is missing, and closes it to other users.
 *
 * @throws LambdactlError CONFIG_INVALID for the state of an older sandbox, and for a folder with other content that
 * others can read
 */
export async function prepareFolder(directory: string): Promise<void> {
  await makeFolder(directory, 0o700)
  const names = await readdir(directory)
  const older = names.filter((name) => olderNames.includes(name))
  if (older.length > 0) throw olderState(directory, older)
  if (process.platform === 'win32') return
  const mode = (await stat(directory)).mode & 0o777
  if (mode === 0o700) return
  const others = names.filter((name) => !ownNames.test(name))
  if (others.length > 0 && (mode & 0o077) !== 0) throw openFolder(directory, others[0] ?? '')
  await chmod(directory, 0o700)
}

/** Makes an empty file that only its user can read, for any umask. An existing file stays as it is. */
export async function createPrivately(file: string): Promise<void> {
  // An existing file is never opened: closing it would release this process's locks on it.
  const handle = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return undefined
    throw error
  })
  await handle?.close()
  await chmod(file, 0o600)
}

/** The error for a folder that the sandbox cannot use, with the system's reason. */
export function unusable(directory: string, cause: unknown): LambdactlError {
  const reason = storageReason(cause) ?? (cause instanceof Error ? cause.message : String(cause))
  return new LambdactlError(
    'CONFIG_INVALID',
    `The sandbox cannot keep its state in ${directory}: ${reason}.`,
    { next: ['Make it a folder that can be written to, or give another --state folder.'], cause },
  )
}

/** The error for state of an older sandbox. */
export function olderState(directory: string, files: readonly string[]): LambdactlError {
  return new LambdactlError(
    'CONFIG_INVALID',
    `${directory} holds the state of an older sandbox (${files.join(', ')}), which this one cannot read.`,
    {
      next: [
        'Give another --state folder, and deploy into it again.',
        'Or go on with the lambdactl that wrote it. Nothing was changed.',
      ],
    },
  )
}

function openFolder(directory: string, name: string): LambdactlError {
  return new LambdactlError(
    'CONFIG_INVALID',
    `Other users can look into ${directory}, where the sandbox would keep its state, and it holds other things too (${name}).`,
    {
      next: [
        'Give --state a folder of its own, which is then closed to others.',
        `Or close this one: chmod 700 ${directory}`,
      ],
    },
  )
}
