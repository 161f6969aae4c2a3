import * as z from 'zod'
import { text } from '../values/fields.ts'
import { buildSchema } from './build.ts'
import { bundleSchema } from './bundle.ts'

const runtime = text(
  'a Lambda runtime, as in nodejs24.x or python3.13',
  /^(nodejs\d+\.x|python3\.\d+|ruby\d+\.\d+|java\d+(\.al2)?|dotnet\d+|provided\.al\d+)$/,
)

const imageSchema = z.strictObject({
  uri: text("an image's URI with its digest").describe('The URI in ECR with @sha256:…; a tag is refused.'),
  command: z.array(text('text in quotes')).optional().describe("Beats the image's CMD."),
  entryPoint: z.array(text('text in quotes')).optional().describe("Beats the image's ENTRYPOINT."),
  workingDirectory: text('a folder of the image').optional().describe("Beats the image's WORKDIR."),
})

/** The fields of a function's source, as they are written. */
export const sourceShape = {
  source: text('a folder or a .zip')
    .optional()
    .describe('A folder, or a ready .zip, relative to lambdactl.yaml.'),
  runtime: runtime.optional().describe('A Lambda runtime, as in nodejs24.x.'),
  handler: text("the handler's module and export, as in index.handler")
    .optional()
    .describe('Module and export, as in index.handler. Default for provided runtimes: bootstrap.'),
  image: z
    .union([z.string(), imageSchema], "an image's URI with its digest, or a map of uri, command, …")
    .optional()
    .describe('An image in ECR by its digest, in place of source, runtime and handler.'),
  bundle: z
    .union([z.boolean(), bundleSchema])
    .optional()
    .describe('Bundle with esbuild. Default: true for Node runtimes; false packs the folder as it is.'),
  build: buildSchema.optional().describe('Makes the source, or a part of it, before it is packaged.'),
  include: z
    .array(text('a path or a pattern of .gitignore, as in dist/'))
    .min(1, 'a path or a pattern at least')
    .optional()
    .describe('What goes in, relative to source; beside the bundle where there is one. Default: all.'),
  requirements: z
    .union(
      [z.literal(false, 'false, or a file as in requirements.txt'), text('a file, as in requirements.txt')],
      'false, or a file as in requirements.txt',
    )
    .optional()
    .describe(
      'Python dependencies, relative to source: requirements.txt, pyproject.toml or uv.lock. Default: what is there of them; false installs none.',
    ),
}

/** The fields that an image takes the place of. */
export const notWithImage = [
  'source',
  'runtime',
  'handler',
  'bundle',
  'build',
  'include',
  'requirements',
  'layers',
  'sourceKmsKey',
  'codeSigning',
  'runtimeUpdates',
] as const
