import type { FileSystemConfig } from '@aws-sdk/client-lambda'
import type { FileSystem } from '../../function/settings/settings.ts'

/** Lambda accepts direct reads only for access points of S3 Files. */
export function toFileSystemConfig({ arn, path, directRead }: FileSystem): FileSystemConfig {
  const reads = { enabled: 'ENABLED', disabled: 'DISABLED', auto: 'AUTO' } as const
  const isOfS3 = arn.includes(':s3files:') || directRead !== undefined
  return {
    Arn: arn,
    LocalMountPath: path,
    ...(isOfS3 && { S3FilesConfig: { DirectS3Read: reads[directRead ?? 'auto'] } }),
  }
}

/** In GetFunction's form. */
export function toFileSystem({ Arn = '', LocalMountPath = '', S3FilesConfig }: FileSystemConfig): FileSystem {
  const { DirectS3Read } = S3FilesConfig ?? {}
  return {
    arn: Arn,
    path: LocalMountPath,
    ...(DirectS3Read === 'ENABLED' && { directRead: 'enabled' }),
    ...(DirectS3Read === 'DISABLED' && { directRead: 'disabled' }),
  }
}
