import { ServiceError } from '../protocol/service-error.ts'
import { sqliteCodeOf, sqliteCodes } from './sqlite.ts'

const systemReasons: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the limit of the size of files is reached',
  EROFS: 'the file system is read-only',
  EIO: 'the disk fails',
}

const sqliteReasons: Record<number, string> = {
  [sqliteCodes.full]: 'the disk is full',
  [sqliteCodes.readOnly]: 'the file system is read-only',
  [sqliteCodes.ioError]: 'the disk fails or is full',
  [sqliteCodes.cannotOpen]: 'its files cannot be opened',
  [sqliteCodes.corrupt]: 'its database is damaged',
}

/** The reason why the disk refuses a write, in words; undefined for another error. */
export function storageReason(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  const reason = typeof code === 'string' ? systemReasons[code] : undefined
  return reason ?? sqliteReasons[sqliteCodeOf(error) ?? 0] ?? storageReason(cause)
}

/** Returns the error for a client: 507, since SDKs would retry a 503. */
export function storageFailure(reason: string): ServiceError {
  return new ServiceError(
    'ServiceException',
    507,
    `The sandbox could not keep this, and has not changed anything: ${reason}.`,
  )
}

/** Tells the person at the terminal that writing fails. */
export function tellOfStorage(reason: string): void {
  console.error(
    `The sandbox cannot write to its disk: ${reason}. Requests that change something fail meanwhile.`,
  )
}
