import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import type { ImageStart } from '../../function/settings/settings.ts'
import { text } from '../values/fields.ts'
import type { Position } from '../values/position.ts'
import { unread } from '../values/references.ts'

const mapSchema = z.strictObject({
  uri: text("an image's URI with its digest").describe('The URI in ECR with @sha256:…; a tag is refused.'),
  command: z.array(text('text in quotes')).optional().describe("Replaces the image's CMD."),
  entryPoint: z.array(text('text in quotes')).optional().describe("Replaces the image's ENTRYPOINT."),
  workingDirectory: text('a folder of the image').optional().describe("Replaces the image's WORKDIR."),
})

/** `image` as the file writes it. */
export const imageSchema = z.union(
  [z.string(), mapSchema],
  "an image's URI with its digest, or a map of uri, command, …",
)

/** An image in ECR, and how it is started. */
export interface ImageSource extends ImageStart {
  /** With its digest. */
  readonly uri: string
}

/** Lambda accepts images from ECR only; a repository's name may have folders. */
const pinned =
  /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.[a-z0-9.]+\/[a-z0-9]+([._/-]+[a-z0-9]+)*@sha256:[0-9a-f]{64}$/
const tagged = /^[^/]+\/([^:@]+):([^@]+)$/

/**
 * The image of a function with `${…}` replaced.
 *
 * @throws LambdactlError CONFIG_INVALID for an image without a digest: a tag may be another image tomorrow
 */
export function resolveImage(image: z.output<typeof imageSchema>, at: Position): ImageSource {
  const isShort = typeof image === 'string'
  const { uri, command = [], entryPoint = [], workingDirectory = '' } = isShort ? { uri: image } : image
  const atUri = isShort ? at : at.below('uri')
  return {
    uri: requirePinned(atUri.fill(uri), atUri.place()),
    command: command.map((word, index) => at.fill(word, 'command', index)),
    entryPoint: entryPoint.map((word, index) => at.fill(word, 'entryPoint', index)),
    workingDirectory: at.fill(workingDirectory, 'workingDirectory'),
  }
}

function requirePinned(uri: string, place: string): string {
  if (pinned.test(uri) || uri.includes(unread)) return uri
  const [, repository, tag] = tagged.exec(uri) ?? []
  const expected = 'expected an image in ECR by its digest, as in …/shop@sha256: and 64 hex digits'
  throw new LambdactlError('CONFIG_INVALID', `${place}: ${expected}, got ${JSON.stringify(uri)}.`, {
    next: tag
      ? [
          'A tag may name another image tomorrow, and a rollback needs the same image. docker push prints the digest, and so does:',
          `aws ecr describe-images --repository-name ${repository} --image-ids imageTag=${tag} --query 'imageDetails[0].imageDigest'`,
        ]
      : ['docker push prints the digest.'],
  })
}
