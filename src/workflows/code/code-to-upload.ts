import { createHash } from 'node:crypto'
import type { ArtifactSettings } from '../../config/function/artifacts.ts'
import { limits } from '../../packaging/model/limits.ts'
import type { FunctionPackage } from '../../packaging/package-function.ts'
import type { Code } from '../../ports/functions.ts'
import { limitProgress } from '../run/limit-progress.ts'
import { begin, type Run, type Target } from '../run/run.ts'

/** The code for a new version. */
export interface CodeToUpload {
  /** The code's CodeSha256 in Lambda: SHA-256 of the zip in base64, or the digest of an image in hex. */
  sha256: string
  /** Returns the code for a call to Lambda: the zip itself, or its place in S3, uploaded by then. */
  upload(): Promise<Code>
}

/** Prepares a package for Lambda: through S3 if it is too large for a request, or if the configuration says so. */
export function codeToUpload(
  run: Run,
  target: Target,
  { zip }: Pick<FunctionPackage, 'zip'>,
  artifacts: ArtifactSettings | undefined,
): CodeToUpload {
  const digest = createHash('sha256').update(zip).digest()
  const isDirect = !artifacts || (zip.length <= limits.zipped && !artifacts.always)
  return {
    sha256: digest.toString('base64'),
    upload: async () =>
      isDirect
        ? { zip, onSent: tellSent(run, target, zip.length) }
        : { s3: await keep(run, target, artifacts, { zip, digest: digest.toString('hex') }) },
  }
}

/** The SHA-256 of a zip, as Lambda writes it: base64. */
export function sha256Of(zip: Uint8Array): string {
  return createHash('sha256').update(zip).digest('base64')
}

/** After everything is sent, Lambda takes a while to read it. */
function tellSent(run: Run, target: Target, total: number): (bytes: number) => void {
  const tell = tellUploading(run, target, total)
  return (bytes) => {
    tell(bytes)
    if (bytes === total) begin(run, target, 'updating')
  }
}

function tellUploading(run: Run, target: Target, total: number): (bytes: number) => void {
  const tell = (bytes: number) => run.emit({ function: target.function, event: 'uploading', bytes, total })
  return limitProgress(run.clock, tell, (bytes) => bytes === total)
}

async function keep(
  run: Run,
  target: Target,
  settings: ArtifactSettings,
  { zip, digest }: { zip: Uint8Array; digest: string },
) {
  const { bucket, keyPrefix, kmsKey, owner } = settings
  const place = { bucket, key: `${keyPrefix}${digest}.zip`, kmsKey, owner }
  const onProgress = tellUploading(run, target, zip.length)
  const { object, uploadedBytes } = await run.aws.artifacts.keep(place, zip, onProgress)
  const sizes = { bytes: uploadedBytes, total: zip.length }
  run.emit({ function: target.function, event: 'uploaded', bucket, key: place.key, ...sizes })
  return object
}
